import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeSnapshot } from '../../scripts/org/take-snapshot.ts';
import { OrgError } from '../../scripts/org/types.ts';
import { component, fakeOrg } from '../apply/fake-org.ts';

const KEYS = [{ type: 'CustomField', fullName: 'Opportunity.A__c' }];

test('a feature that the org lacks is listed as not read', async () => {
  const org = {
    ...fakeOrg(),
    limits: () => Promise.reject(new OrgError('ORG_FEATURE_MISSING', 'No such thing. More of it', 'none')),
  };
  const { unread, limits } = await takeSnapshot(org, KEYS);
  assert.deepEqual(unread, [{ what: 'limits', reason: 'No such thing.' }]);
  assert.deepEqual(limits, {});
});

test('an org that cannot be reached ends the snapshot', async () => {
  const org = { ...fakeOrg(), limits: () => Promise.reject(new OrgError('ORG_UNREACHABLE', 'gone', 'none')) };
  await assert.rejects(takeSnapshot(org, KEYS), { code: 'ORG_UNREACHABLE' });
});

test('the hash follows components and flow states, and nothing that changes by the minute', async () => {
  const field = component('CustomField', 'Opportunity.A__c', { type: 'Date' });
  const hash = async (org: Parameters<typeof takeSnapshot>[0], at = new Date()): Promise<string> =>
    (await takeSnapshot(org, KEYS, { now: at })).hash;
  const first = await hash(fakeOrg([field]));
  assert.equal(
    await hash(
      { ...fakeOrg([field]), limits: () => Promise.resolve({ DailyApiRequests: { Max: 1, Remaining: 0 } }) },
      new Date(0),
    ),
    first,
  );
  assert.notEqual(await hash(fakeOrg([component('CustomField', 'Opportunity.A__c', { type: 'Text' })])), first);
});
