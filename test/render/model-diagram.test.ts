import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import { loadModel } from '../../scripts/model/load-model.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { modelToMermaid, typeToMermaid } from '../../scripts/render/model-mermaid.ts';
import { modelToSvg } from '../../scripts/render/model-svg.ts';

const { waterfall } = await loadModel('config/waterfall.yaml');
assert.ok(waterfall);

/** Throws at the first thing that is not well formed; gives the attributes of the root. */
const rootAttributes = (xml: string): Readonly<Record<string, string>> => {
  let root: Record<string, string> | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => (root ??= tag.attributes));
  parser.write(xml).close();
  assert.ok(root);
  return root;
};

test('Mermaid: a flowchart per type, a lane per owner, every stage once, the handshakes on the lines', () => {
  const page = modelToMermaid(waterfall);
  assert.equal(page.match(/```mermaid/g)?.length, waterfall.opportunityTypes.length);
  const [acquisition] = waterfall.opportunityTypes;
  assert.ok(acquisition);
  const chart = typeToMermaid(waterfall, acquisition);
  assert.deepEqual(
    [...chart.matchAll(/subgraph \w+\["(.*)"\]/g)].map(([, label]) => label),
    ['Marketing', 'Sales Development', 'Sales'],
  );
  for (const stage of acquisition.stages) {
    assert.equal(chart.split(`["${stage.name}<br/>`).length, 2, `${stage.name} once`);
  }
  assert.match(chart, /acquisition_Engaged -->\|"handshake, 8 hours"\| acquisition_Prioritized/);
  assert.match(chart, /acquisition_Negotiation --> acquisition_Closed_Won/);
});

test('SVG: well formed, every stage of every type and both sides of a handshake in it', () => {
  const svg = modelToSvg(waterfall);
  assert.ok(rootAttributes(svg).viewBox);
  const titles = [...svg.matchAll(/<title>/g)].length;
  assert.equal(
    titles,
    waterfall.opportunityTypes.reduce((sum, type) => sum + type.stages.length, 0),
  );
  assert.match(svg, />handshake, 8 hours</);
});

test('labels with markup in them do not break either', () => {
  const odd: Waterfall = {
    ...waterfall,
    name: 'A "B" <C> & D',
    revenueFunctions: waterfall.revenueFunctions.map((owner) => ({ ...owner, label: 'R&D "<x>"' })),
  };
  const svg = modelToSvg(odd);
  assert.ok(rootAttributes(svg).viewBox);
  assert.equal(rootAttributes(svg)['aria-label'], 'A "B" <C> & D');
  assert.match(modelToMermaid(odd), /subgraph sales\["R&amp;D &quot;&lt;x>&quot;"\]/);
});

test("the README's picture is that of the model (npx waterfall model diagram --format svg --out docs/waterfall.svg)", () => {
  assert.equal(readFileSync('docs/waterfall.svg', 'utf8'), modelToSvg(waterfall));
});
