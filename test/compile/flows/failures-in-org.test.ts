/**
 * What goes wrong, flow by flow: the save stands or is refused as a whole, nothing is lost, nothing is doubled when it is tried again,
 * and RevOps is told what and why.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkIntegrity } from '../../../scripts/verify/integrity/check-integrity.ts';
import { renderIntegrity } from '../../../scripts/verify/integrity/render-integrity.ts';
import { defaultModel } from './default-model.ts';
import { LOST_COPIES } from './failures/of-copies.ts';
import { LOST_GROUPS } from './failures/of-groups.ts';
import { LOST_HAND_OVERS } from './failures/of-hand-overs.ts';
import { LOST_LEADS } from './failures/of-leads.ts';
import { LOST_SIGNALS } from './failures/of-signals.ts';
import { LOST_WINS } from './failures/of-wins.ts';
import { openFailureWorld } from './failures/world.ts';
import type { FailureWorld } from './failures/world.ts';

const LOSSES = [...LOST_WINS, ...LOST_COPIES, ...LOST_GROUPS, ...LOST_SIGNALS, ...LOST_LEADS, ...LOST_HAND_OVERS];

describe('what goes wrong in a flow', () => {
  let world: FailureWorld;
  before(async () => (world = await openFailureWorld(await defaultModel())));
  after(() => world.close());

  for (const loss of LOSSES)
    it(`${loss.failure}: ${loss.flow}`, async () => {
      const { counts, told } = loss;
      const ids = await loss.given(world);
      const before = new Set((await world.tasks()).map(({ id }) => id));
      const found = async (): Promise<readonly number[]> =>
        Promise.all(Object.values(counts).map(({ of }) => world.count(of(ids))));
      const expected = (moment: 0 | 1 | 2) => Object.values(counts).map(({ are }) => are[moment]);
      const named = (values: readonly number[]) =>
        Object.fromEntries(Object.keys(counts).map((name, index) => [name, values[index]]));
      const newTasks = async () => (await world.tasks()).filter(({ id }) => !before.has(id));

      assert.deepEqual(named(await found()), named(expected(0)), 'before');
      const end = await loss.fail(world, ids);
      try {
        await loss.act(world, ids);
        world.settle();
        assert.deepEqual(named(await found()), named(expected(1)), 'while it fails');
      } finally {
        await end();
      }
      const tasks = await newTasks();
      assert.equal(tasks.length, told.length, `told: ${JSON.stringify(tasks)}`);
      for (const [subject, reason] of told)
        assert.ok(
          tasks.some((task) => task.subject.startsWith(subject) && task.reason.includes(reason)),
          `${subject} | ${reason} is not among ${JSON.stringify(tasks)}`,
        );
      for (const task of tasks) assert.equal(task.ownerId, world.lab.userId, 'RevOps');

      for (let time = 1; time <= 2; time += 1) {
        await loss.again(world, ids);
        world.settle();
        assert.deepEqual(named(await found()), named(expected(2)), `after trying again, time ${String(time)}`);
      }
      assert.equal((await newTasks()).length, tasks.length, 'no further task');
    });

  it('leaves nothing damaged behind', async () => {
    const report = await checkIntegrity(world.lab.deployed.org, world.model);
    assert.equal(report.ok, true, renderIntegrity(report));
    assert.ok(report.told.length > 0);
  });
});
