import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileFlows } from '../../../scripts/compile/flows/index.ts';
import { FLOW_BUDGET, flowCost, loopBody, stepsOf } from '../../../scripts/compile/flows/flow-cost.ts';
import type { FlowMetadata } from '../../../scripts/compile/flows/flow-shell.ts';
import { FLOW } from '../../../scripts/compile/names.ts';
import { loadModel } from '../../../scripts/model/load-model.ts';
import { variants } from './default-model.ts';
import { nodesOf } from './flow-graph.ts';

const MODELS = fileURLToPath(new URL('../../../config/models', import.meta.url));

const readyMade = await Promise.all(
  readdirSync(MODELS).map(async (file) => [file, (await loadModel(`${MODELS}/${file}`)).waterfall!] as const),
);

const to = (targetReference: string) => ({ targetReference });

/** Just what tells the cost. */
const flow = (elements: object): FlowMetadata => elements as unknown as FlowMetadata;

describe('the cost of a flow', () => {
  const called = flow({
    start: { connector: to('Find') },
    recordLookups: [{ name: 'Find', connector: to('Save') }],
    recordCreates: [{ name: 'Save' }],
  });

  it('is that of its costliest way, with what it calls', () => {
    const cost = flowCost(
      flow({
        start: { connector: to('Ask') },
        decisions: [{ name: 'Ask', defaultConnector: to('Save'), rules: [{ connector: to('Call') }] }],
        subflows: [{ name: 'Call', flowName: 'Called', connector: to('Update') }],
        recordUpdates: [{ name: 'Update', filters: [] }],
        recordCreates: [{ name: 'Save' }],
      }),
      new Map([['Called', called]]),
    );
    assert.deepEqual(cost, { queries: 2, dml: 2 });
  });

  it('counts the body of a loop and what follows it', () => {
    const cost = flowCost(
      flow({
        start: { connector: to('Each') },
        loops: [{ name: 'Each', nextValueConnector: to('Find'), noMoreValuesConnector: to('Save') }],
        recordLookups: [{ name: 'Find', connector: to('Each') }],
        recordCreates: [{ name: 'Save' }],
      }),
      new Map(),
    );
    assert.deepEqual(cost, { queries: 1, dml: 1 });
  });

  it('takes paths that run later for transactions of their own, and leaves out what happens after a refusal', () => {
    const cost = flowCost(
      flow({
        start: { connector: to('Find'), scheduledPaths: [{ connector: to('Save') }] },
        recordLookups: [{ name: 'Find', faultConnector: to('Save') }],
        recordCreates: [{ name: 'Save' }],
      }),
      new Map(),
    );
    assert.deepEqual(cost, { queries: 1, dml: 1 });
  });
});

describe('budgets for 200 records', async () => {
  for (const [name, waterfall] of [...(await variants()), ...readyMade]) {
    const flows = compileFlows(waterfall);
    const byName = new Map(flows.map(({ fullName, metadata }) => [fullName, metadata]));

    it(`hold for every flow: ${name}`, () => {
      for (const { fullName, metadata } of flows) {
        const cost = flowCost(metadata, byName);
        const budget = fullName === FLOW.stamping ? { queries: 0, dml: 0 } : FLOW_BUDGET;
        assert.ok(
          cost.queries <= budget.queries && cost.dml <= budget.dml,
          `${fullName}: ${String(cost.queries)} queries, ${String(cost.dml)} DML`,
        );
      }
    });

    it(`are not spent in loops: ${name}`, () => {
      for (const { fullName, metadata } of flows) {
        const nodes = new Map(nodesOf(metadata).map((node) => [node.name, node]));
        for (const loop of metadata.loops ?? []) {
          const body = loopBody(stepsOf(metadata), loop.name ?? '');
          assert.ok(body.size > 0, `${fullName}, loop ${loop.name ?? ''}`);
          const costly = [...body].filter((each) => /^record|^subflows|^actionCalls/.test(nodes.get(each)?.kind ?? ''));
          assert.deepEqual(costly, [], `${fullName}, loop ${loop.name ?? ''}`);
        }
      }
    });
  }
});
