import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileFlows } from '../../scripts/compile/flows/index.ts';
import { calledBy, calledFirst } from '../../scripts/metadata/flow-calls.ts';
import { variants } from '../compile/flows/default-model.ts';

interface Flow {
  readonly name: string;
  readonly calls: readonly string[];
}

const ordered = (...flows: readonly Flow[]): readonly string[] =>
  calledFirst(
    flows,
    ({ name }) => name,
    ({ calls }) => calls,
  ).map(({ name }) => name);

const flow = (name: string, ...calls: readonly string[]): Flow => ({ name, calls });

describe('flows that call others', () => {
  it('come after those, however deep, and otherwise stay where they are', () => {
    assert.deepEqual(ordered(flow('A'), flow('B', 'D'), flow('C', 'B', 'Elsewhere'), flow('D', 'E'), flow('E')), [
      'A',
      'E',
      'D',
      'B',
      'C',
    ]);
  });

  it('end in some order when they call each other', () => {
    assert.deepEqual([...ordered(flow('A', 'B'), flow('B', 'A'))].sort(), ['A', 'B']);
  });

  it('are compiled in such an order', async () => {
    for (const [variant, waterfall] of await variants()) {
      const names = compileFlows(waterfall).map(({ fullName }) => fullName);
      for (const { fullName, metadata } of compileFlows(waterfall))
        for (const called of calledBy(metadata))
          assert.ok(
            names.indexOf(called) < names.indexOf(fullName) && names.includes(called),
            `${variant}: ${fullName}`,
          );
    }
  });
});
