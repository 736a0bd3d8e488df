import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLocalOrg } from '../../../local-org/open-org.ts';
import { fillSampleOrg } from '../../../local-org/sample/fill-sample-org.ts';
import type { LocalOrg } from '../../../local-org/types.ts';
import type { Row } from '../../../local-org/data/types.ts';

const TODAY = new Date('2026-06-15T12:00:00Z');

const filled = (): LocalOrg => {
  const org = openLocalOrg({ file: ':memory:', now: () => TODAY });
  fillSampleOrg(org, () => undefined);
  return org;
};
const rowsOf = (org: LocalOrg, object: string): readonly Row[] =>
  org.transact(org.user('admin@waterfall.local'), (tx) =>
    tx.select({ object, filter: null, orderBy: [{ field: 'Id', descending: false }] }),
  );
const share = (part: number, whole: number): number => part / whole;

test('the sample org looks like one that a company has used for eighteen months', () => {
  const org = filled();
  const count = (object: string): number => rowsOf(org, object).length;
  assert.equal(count('Account'), 200);
  assert.equal(count('Contact'), 600);
  assert.equal(count('Opportunity'), 1500);
  assert.ok(count('Lead') > 200 && count('Campaign') === 8 && count('CampaignMember') > 400);

  const opportunities = rowsOf(org, 'Opportunity');
  const created = opportunities.map((row) => String(row.CreatedDate)).sort();
  assert.ok(created[0]! < '2025-01' && created.at(-1)! > '2026-05', `${created[0]} to ${created.at(-1)}`);
  assert.ok(created.at(-1)! <= TODAY.toISOString());
  assert.ok(new Set(opportunities.map((row) => row.StageName)).size === 12, "all of the org's stages are in use");
  assert.ok(share(opportunities.filter((row) => row.Type !== null).length, 1500) > 0.75);
  assert.ok(share(opportunities.filter((row) => row.RecordTypeId !== null).length, 1500) > 0.3);
  const withLines = new Set(rowsOf(org, 'OpportunityLineItem').map((row) => row.OpportunityId)).size;
  const withRoles = new Set(rowsOf(org, 'OpportunityContactRole').map((row) => row.OpportunityId)).size;
  assert.ok(share(withLines, 1500) > 0.42 && share(withLines, 1500) < 0.58, `${withLines} with products`);
  assert.ok(share(withRoles, 1500) > 0.27 && share(withRoles, 1500) < 0.4, `${withRoles} with contact roles`);

  const path = [
    'Prospecting',
    'Qualification',
    'Needs Analysis',
    'Value Proposition',
    'Id. Decision Makers',
    'Technical Validation',
  ];
  path.push(
    'Perception Analysis',
    'Proposal/Price Quote',
    'Legal Review',
    'Negotiation/Review',
    'Closed Won',
    'Closed Lost',
  );
  const lives = Map.groupBy(
    rowsOf(org, 'OpportunityHistory').toSorted((a, b) => String(a.CreatedDate).localeCompare(String(b.CreatedDate))),
    (row) => row.OpportunityId,
  );
  assert.equal(lives.size, 1500, 'every opportunity has history');
  let [regressions, skips, reopened, amounts, pushes] = [0, 0, 0, 0, 0];
  for (const life of lives.values()) {
    life.slice(1).forEach((row, index) => {
      const before = life[index]!;
      const [from, to] = [path.indexOf(String(before.StageName)), path.indexOf(String(row.StageName))];
      if (from >= 10 && to < 10) reopened++;
      else if (to < from && to < 10) regressions++;
      else if (to > from + 1 && to < 10) skips++;
      if (row.Amount !== before.Amount) amounts++;
      if (String(row.CloseDate) > String(before.CloseDate)) pushes++;
    });
  }
  assert.ok(
    regressions > 50 && skips > 300 && reopened > 20 && amounts > 300 && pushes > 300,
    JSON.stringify({ regressions, skips, reopened, amounts, pushes }),
  );
  const legal = opportunities.filter((row) => row.StageName === 'Legal Review');
  assert.ok(
    legal.length > 0 && legal.every((row) => row.NextStep === 'Send the order form to Legal'),
    "the org's own flow has run",
  );
  org.close();
});

test('the same date gives the same org', () => {
  const [first, second] = [filled(), filled()];
  for (const object of ['Account', 'Contact', 'Opportunity', 'OpportunityHistory', 'CampaignMember']) {
    assert.deepEqual(rowsOf(second, object), rowsOf(first, object), object);
  }
  first.close();
  second.close();
});
