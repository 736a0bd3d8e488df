/** The whole chain of a win within one transaction: renewal, upsell and cross-sells, groups and products, 200 at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELD, PRODUCT_FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab, within } from './org-lab.ts';
import type { Lab, Used } from './org-lab.ts';

const atOnce = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({ ...rule, delayDays: 0 })),
});

/** Half of what a transaction may use (Apex Developer Guide, "Execution Governors and Limits"). */
const HALF: Used = { queries: 50, queryRows: 25_000, dmlStatements: 75, dmlRows: 5_000, cpuMs: 5_000 };

const ROLES = ['Decision Maker', 'Signer', 'Champion', 'Influencer'];
const PRODUCTS = 3;

describe('the chain of a win', () => {
  let lab: Lab;
  let acquisition: string;
  let entries: readonly string[];

  /** Open opportunities at an account each, with a group of four and three products. */
  const wonToBe = (count: number): readonly string[] => {
    const accounts = lab.create(
      'Account',
      Array.from({ length: count }, (_, index) => ({ Name: `Chain ${String(count)}/${String(index)}` })),
    );
    const contacts = lab.create(
      'Contact',
      accounts.flatMap((AccountId) => ROLES.map((role) => ({ LastName: role, AccountId }))),
    );
    const ids = lab.create(
      'Opportunity',
      accounts.map((AccountId) => ({
        Name: 'Chain',
        AccountId,
        StageName: 'Negotiation',
        CloseDate: '2026-01-31',
        Amount: 1000,
        RecordTypeId: acquisition,
        [FIELD.solution]: 'Core Platform',
        [FIELD.contractTermMonths]: 12,
      })),
    );
    // Groups grow as people make them, a few at a time.
    const members = ids.flatMap((OpportunityId, index) =>
      ROLES.map((Role, place) => ({
        OpportunityId,
        ContactId: contacts[index * ROLES.length + place]!,
        Role,
        IsPrimary: place === 0,
      })),
    );
    for (let from = 0; from < members.length; from += 200)
      lab.create('OpportunityContactRole', members.slice(from, from + 200));
    lab.create(
      'OpportunityLineItem',
      ids.flatMap((OpportunityId) =>
        entries.map((PricebookEntryId) => ({ OpportunityId, PricebookEntryId, Quantity: 2, UnitPrice: 100 })),
      ),
    );
    return ids;
  };

  const win = (ids: readonly string[]): Used =>
    lab.used((tx) => {
      const results = tx.save({
        operation: 'update',
        object: 'Opportunity',
        records: ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
        allOrNone: true,
      });
      assert.deepEqual(
        results.flatMap(({ errors }) => errors),
        [],
      );
    });

  const count = async (soql: string): Promise<number> =>
    ((await lab.query(`SELECT COUNT(Id) n FROM ${soql}`)) as [{ n: number }])[0].n;

  before(async () => {
    lab = await openLab(atOnce(await defaultModel()));
    acquisition = await lab.recordType('Acquisition');
    const standard = String((await lab.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true'))[0]!.Id);
    lab.update('Pricebook2', [{ Id: standard, IsActive: true }]);
    const products = lab.create(
      'Product2',
      Array.from({ length: PRODUCTS }, (_, index) => ({
        Name: `Product ${String(index)}`,
        IsActive: true,
        [PRODUCT_FIELD.renewable]: true,
      })),
    );
    entries = lab.create(
      'PricebookEntry',
      products.map((Product2Id) => ({ Pricebook2Id: standard, Product2Id, UnitPrice: 100, IsActive: true })),
    );
  });
  after(() => lab.close());

  for (const size of [1, 200])
    it(`leaves half of every limit to spare for ${String(size)}`, async (t) => {
      const ids = wonToBe(size);
      const used = win(ids);
      const created = `Opportunity WHERE ${FIELD.sourceOpportunity} != null AND Account.Name LIKE 'Chain ${String(size)}/%'`;
      const ofCreated = `Opportunity.${FIELD.sourceOpportunity} != null AND Opportunity.Account.Name LIKE 'Chain ${String(size)}/%'`;
      t.diagnostic(
        `${String(size)} won: ${Object.entries(used)
          .map(([name, value]) => `${name} ${String(value)} of ${String(HALF[name as keyof Used] * 2)}`)
          .join(', ')}`,
      );
      assert.equal(await count(created), size * 4, 'renewal, upsell, two cross-sells');
      assert.equal(await count(`OpportunityContactRole WHERE ${ofCreated}`), size * 2 * ROLES.length);
      assert.equal(await count(`OpportunityLineItem WHERE ${ofCreated}`), size * PRODUCTS);
      assert.equal(await count("Task WHERE Subject LIKE '%not c%'"), 0);
      const [renewal] = await lab.query(
        `SELECT Amount, ${FIELD.groupSize} FROM Opportunity WHERE ${FIELD.key} = 'renewal:${ids[0]!}'`,
      );
      assert.deepEqual(renewal, { Amount: 600, [FIELD.groupSize]: ROLES.length });
      within(used, HALF);
    });
});
