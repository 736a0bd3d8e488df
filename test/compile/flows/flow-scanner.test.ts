/** The public scanner of flow best practices finds nothing that matters in our flows. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import scanner from 'lightning-flow-scanner-core';
import { compileFlows } from '../../../scripts/compile/flows/index.ts';
import { FLOW } from '../../../scripts/compile/names.ts';
import { printMetadata } from '../../../scripts/metadata/print-xml.ts';
import type { Component } from '../../../scripts/metadata/component.ts';
import { defaultModel, variants } from './default-model.ts';

const violations = async (flows: readonly Component[]): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'waterfall-flows-'));
  try {
    const files = await Promise.all(
      flows.map(async ({ fullName, metadata }) => {
        const file = join(folder, `${fullName}.flow-meta.xml`);
        await writeFile(file, printMetadata('Flow', metadata));
        return file;
      }),
    );
    return scanner
      .scan(await scanner.parse(files))
      .flatMap(({ flow, ruleResults }) =>
        ruleResults
          .filter(({ occurs, errorMessage }) => occurs || errorMessage)
          .map(
            ({ ruleName, severity, details, errorMessage }) =>
              `${flow.label}: ${severity} ${ruleName} ${errorMessage || details.map(({ name }) => name).join(', ')}`,
          ),
      );
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('lightning-flow-scanner-core', async () => {
  for (const [variant, waterfall] of await variants()) {
    it(`finds nothing, ${variant}`, async () => {
      assert.deepEqual(await violations(compileFlows(waterfall)), []);
    });
  }

  it('would find an update without a fault path', async () => {
    const renewal = compileFlows(await defaultModel()).find(({ fullName }) => fullName === FLOW.renewal);
    const recordCreates = renewal!.metadata.recordCreates!.map(({ faultConnector: _, ...create }) => create);
    const found = await violations([{ ...renewal!, metadata: { ...renewal!.metadata, recordCreates } }]);
    assert.match(found.join('\n'), /MissingFaultPath Create_the_Renewal/);
  });
});
