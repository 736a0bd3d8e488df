import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeAlready, reactivateFlow } from '../../scripts/apply/activate-flows.ts';
import { component, fakeOrg } from './fake-org.ts';

const NAME = 'Waterfall_Promotion';

/** An org with a flow of three versions, of which `there` can still be found by id. */
const orgWith = (there: readonly { readonly VersionNumber: number }[]) => {
  const activated: number[] = [];
  const org = {
    ...fakeOrg([component('Flow', NAME, { status: 'Draft' })]),
    toolingQuery: <Row>() => Promise.resolve(there as readonly unknown[] as Row[]),
    flowVersions: () => Promise.resolve([1, 2, 3]),
    activateFlow: (_definitionId: string, version: number) => {
      activated.push(version);
      return Promise.resolve();
    },
  };
  return { org, activated };
};

test('the version that ran before runs again, not a newer one that somebody has drafted since', async () => {
  const { org, activated } = orgWith([{ VersionNumber: 2 }]);
  assert.equal(await reactivateFlow(org, NAME, '301000000000002AAA'), 'activated');
  assert.deepEqual(activated, [2]);
});

test('where that version has been deleted, the newest one runs; where the flow has been, nothing', async () => {
  const { org, activated } = orgWith([]);
  assert.equal(await reactivateFlow(org, NAME, '301000000000002AAA'), 'activated');
  assert.deepEqual(activated, [3]);
  assert.equal(await reactivateFlow(fakeOrg(), NAME, '301000000000002AAA'), 'is no longer there');
});

test('a flow is active already only in its newest version', async () => {
  const state = { definitionId: '300', activeVersionId: '301', latestVersionId: '301' };
  const org = {
    ...fakeOrg(),
    flows: () =>
      Promise.resolve([
        { ...state, name: 'Newest' },
        { ...state, name: 'Only_Version', latestVersionId: null },
        { ...state, name: 'Newer_Draft', latestVersionId: '302' },
        { ...state, name: 'Inactive', activeVersionId: null },
      ]),
  };
  assert.deepEqual([...(await activeAlready(org, []))], ['Newest', 'Only_Version']);
});
