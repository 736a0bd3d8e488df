import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SaveResult } from '../../../local-org/data/types.ts';
import { DEAL, openTestOrg, type TestOrg, type Values } from './open-test-org.ts';

const STAGES: Readonly<Record<string, readonly [closed: boolean, won: boolean]>> = {
  Prospecting: [false, false],
  'Value Proposition': [false, false],
  'Closed Won': [true, true],
  'Closed Lost': [true, false],
};

/** One call on opportunities, their lines or their contact roles; `bad` spoils one of its rows. */
type Action =
  | {
      readonly do: 'insert';
      readonly stage: string;
      readonly key: number;
      readonly bad: boolean;
      readonly allOrNone: boolean;
    }
  | {
      readonly do: 'update';
      readonly which: number;
      readonly values: Values;
      readonly bad: boolean;
      readonly allOrNone: boolean;
    }
  | { readonly do: 'delete' | 'undelete'; readonly which: number }
  | { readonly do: 'line'; readonly which: number; readonly quantity: number; readonly price: number }
  | { readonly do: 'removeLine'; readonly which: number }
  | { readonly do: 'role'; readonly which: number; readonly contact: number; readonly primary: boolean };

const which = fc.nat(4);
const stage = fc.constantFrom(...Object.keys(STAGES));
const flag = fc.boolean();
const changes = fc.record(
  {
    StageName: stage,
    Amount: fc.constantFrom(null, 10, 99.5),
    CloseDate: fc.constantFrom('2026-12-31', '2027-02-01'),
    NextStep: fc.constantFrom('a', 'b'),
    Key__c: fc.constantFrom('k0', 'k1', null),
  },
  { requiredKeys: [] },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), stage, key: fc.nat(4), bad: flag, allOrNone: flag }),
  fc.record({ do: fc.constant('update' as const), which, values: changes, bad: flag, allOrNone: flag }),
  fc.record({ do: fc.constantFrom('delete' as const, 'undelete' as const), which }),
  fc.record({
    do: fc.constant('line' as const),
    which,
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.constantFrom(1, 2.5, 40),
  }),
  fc.record({ do: fc.constant('removeLine' as const), which }),
  fc.record({ do: fc.constant('role' as const), which, contact: fc.nat(2), primary: flag }),
);

interface Scene {
  readonly org: TestOrg;
  readonly entry: string;
  readonly contacts: readonly string[];
}

function scene(): Scene {
  const org = openTestOrg();
  org.put('CustomField', 'Opportunity.Key__c', {
    label: 'Key',
    type: 'Text',
    length: 20,
    unique: true,
    externalId: true,
  });
  org.org.reload();
  const book = org.query('SELECT Id FROM Pricebook2').records[0]!.id!;
  const product = org.insert('Product2', { Name: 'Licence', IsActive: true });
  const entry = org.insert('PricebookEntry', {
    Pricebook2Id: book,
    Product2Id: product,
    UnitPrice: 50,
    IsActive: true,
  });
  const contacts = ['a', 'b', 'c'].map((LastName) => org.insert('Contact', { LastName }));
  for (const StageName of ['Prospecting', 'Prospecting', 'Closed Won'])
    org.insert('Opportunity', { ...DEAL, StageName });
  return { org, entry, contacts };
}

const rows = (org: TestOrg, soql: string): readonly Values[] =>
  org.query(soql).records.map(({ values }) => values as Values);

/** What any table of the scene holds: a failed call must not change it. */
const everything = (org: TestOrg): unknown =>
  ['Opportunity', 'OpportunityHistory', 'OpportunityLineItem', 'OpportunityContactRole'].map(
    (object) => org.query(`SELECT FIELDS(STANDARD) FROM ${object} ORDER BY Id LIMIT 2000`, { allRows: true }).records,
  );

/** Ids of opportunities by number; deleted ones too, so that actions also meet records that are gone. */
const pick = (org: TestOrg, object: string, number: number): string | null => {
  const ids = org.query(`SELECT Id FROM ${object} ORDER BY Id`, { allRows: true }).records;
  return ids.length === 0 ? null : ids[number % ids.length]!.id;
};

const BAD = { Name: 'x'.repeat(121) };

function perform({ org, entry, contacts }: Scene, one: Action): readonly SaveResult[] {
  if (one.do === 'insert') {
    const good = { ...DEAL, Name: 'd', StageName: one.stage, Key__c: one.key > 2 ? null : `k${one.key}` };
    return org.save('insert', 'Opportunity', [good, ...(one.bad ? [{ ...good, ...BAD, Key__c: null }] : [])], one);
  }
  const id = pick(org, one.do === 'removeLine' ? 'OpportunityLineItem' : 'Opportunity', one.which);
  if (id === null) return [];
  switch (one.do) {
    case 'update': {
      const other = pick(org, 'Opportunity', one.which + 1)!;
      const spoilt = one.bad && other !== id ? [{ Id: other, ...BAD }] : [];
      return org.save('update', 'Opportunity', [{ Id: id, ...one.values }, ...spoilt], one);
    }
    case 'delete':
    case 'undelete':
      return org.save(one.do, 'Opportunity', [{ Id: id }]);
    case 'removeLine':
      return org.save('delete', 'OpportunityLineItem', [{ Id: id }]);
    case 'line':
      return org.save('insert', 'OpportunityLineItem', [
        { OpportunityId: id, PricebookEntryId: entry, Quantity: one.quantity, UnitPrice: one.price },
      ]);
    case 'role':
      return org.save('insert', 'OpportunityContactRole', [
        { OpportunityId: id, ContactId: contacts[one.contact]!, IsPrimary: one.primary },
      ]);
  }
}

/** What must hold after any call. */
function check({ org }: Scene): void {
  const deals = rows(
    org,
    'SELECT Id, StageName, IsClosed, IsWon, Amount, HasOpportunityLineItem, ContactId, CloseDate, Key__c FROM Opportunity',
  );
  const lines = rows(org, 'SELECT OpportunityId, TotalPrice FROM OpportunityLineItem');
  const primaries = rows(org, 'SELECT OpportunityId, ContactId FROM OpportunityContactRole WHERE IsPrimary = true');
  const keys = deals.map((row) => row['Key__c']).filter((key) => key !== null);
  assert.equal(new Set(keys).size, keys.length, 'a unique key is never doubled');
  for (const deal of deals) {
    assert.deepEqual(
      [deal['IsClosed'], deal['IsWon']],
      STAGES[String(deal['StageName'])],
      'the stage says closed and won',
    );
    const own = lines.filter((line) => line['OpportunityId'] === deal['Id']);
    assert.equal(deal['HasOpportunityLineItem'], own.length > 0);
    if (own.length > 0) {
      const sum = own.reduce((total, line) => total + Number(line['TotalPrice']), 0);
      assert.ok(
        Math.abs(Number(deal['Amount']) - sum) < 1e-6,
        `Amount ${deal['Amount']} is the sum of the lines, ${sum}`,
      );
    }
    const primary = primaries.filter((role) => role['OpportunityId'] === deal['Id']);
    assert.ok(primary.length <= 1, 'one contact role is primary');
    assert.equal(
      deal['ContactId'] ?? null,
      primary[0]?.['ContactId'] ?? null,
      'the contact is that of the primary role',
    );
    const history = rows(
      org,
      `SELECT StageName, Amount, CloseDate, Probability FROM OpportunityHistory WHERE OpportunityId = '${String(deal['Id'])}' ORDER BY Id`,
    );
    const last = history.at(-1);
    assert.deepEqual(
      [last?.['StageName'], last?.['Amount'], last?.['CloseDate']],
      [deal['StageName'], deal['Amount'], deal['CloseDate']],
      'the last history row is the record',
    );
    for (let i = 1; i < history.length; i++)
      assert.notDeepEqual(history[i], history[i - 1], 'a history row is a change');
  }
}

test('whatever is inserted, changed, deleted and brought back, records stay consistent and failed rows leave no trace', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 14 }), (actions) => {
      const given = scene();
      try {
        for (const one of actions) {
          const before = everything(given.org);
          const results = perform(given, one);
          if (results.length > 0 && results.every(({ success }) => !success))
            assert.deepEqual(everything(given.org), before, 'a failed call changes nothing');
          check(given);
        }
      } finally {
        given.org.org.close();
      }
    }),
    { seed: 20_260_331, numRuns: 40, interruptAfterTimeLimit: 15_000 },
  );
});
