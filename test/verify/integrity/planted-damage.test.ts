/** Each kind of damage, planted past the automation into an org that is whole, is found, with its records, and nothing else is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deployedOrg } from '../deployed-org.ts';
import type { DeployedOrg } from '../deployed-org.ts';
import { loadCompany } from '../../../bench/load/company-load.ts';
import { hirePeople } from '../../../bench/load/people.ts';
import { FIELD, HANDSHAKE, HANDSHAKE_FIELD, LEAD_FIELD, MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import { checkIntegrity } from '../../../scripts/verify/integrity/check-integrity.ts';
import { renderIntegrity } from '../../../scripts/verify/integrity/render-integrity.ts';
import { defaultModel } from '../../compile/models.ts';

type Values = Readonly<Record<string, string | number | null>>;

interface Planted {
  readonly what: string;
  /** Answers the id of the record that has to be named. */
  readonly plant: (dig: Spade) => string;
  /** Check -> what it says. */
  readonly found: Readonly<Record<string, RegExp>>;
}

interface Spade {
  /** The id of a record by a condition in SQL. */
  one(object: string, where: string): string;
  value(object: string, id: string, field: string): string;
  set(object: string, id: string, values: Values): void;
  /** A copy of a record under another id; answers that id. */
  copy(object: string, id: string, values: Values): string;
  remove(object: string, id: string): void;
}

const COUNTS = 'Counts of buying groups';
const won = `"StageName" = 'Closed Won'`;
const renewal = `"${FIELD.key}" LIKE 'renewal:%'`;
const crossSell = `"${FIELD.key}" LIKE 'crossSell:%'`;
const pending = `"${HANDSHAKE_FIELD.outcome}" = 'Pending'`;

const PLANTED: readonly Planted[] = [
  {
    what: 'two renewals of one win',
    plant: (dig) => dig.copy('Opportunity', dig.one('Opportunity', renewal), { [FIELD.groupSize]: null }),
    found: { 'One key, one record': /2 opportunities have the key renewal:/i, 'Follow-ups once': /2 times Renewal of/ },
  },
  {
    what: 'a second renewal without a key',
    plant: (dig) =>
      dig.copy('Opportunity', dig.one('Opportunity', renewal), { [FIELD.key]: null, [FIELD.groupSize]: null }),
    found: { 'Follow-ups once': /2 times Renewal of/ },
  },
  {
    what: 'a win without its renewal',
    plant(dig) {
      const id = dig.one('Opportunity', renewal);
      const source = dig.value('Opportunity', id, FIELD.sourceOpportunity);
      dig.remove('Opportunity', id);
      return source;
    },
    found: {
      'Wins and their follow-ups': /won without its Renewal, and nobody was told/,
      'Members of buying groups': /without an opportunity/,
    },
  },
  {
    what: 'a follow-up of a win that is gone',
    plant(dig) {
      const id = dig.one('Opportunity', crossSell);
      dig.set('Opportunity', id, { [FIELD.key]: 'crossSell:006000000000000AAA:Automation' });
      return id;
    },
    found: {
      'Follow-ups and their win': /crossSell of 006000000000000AAA, which is not there/,
    },
  },
  {
    what: 'a follow-up that names another source than its key',
    plant(dig) {
      const id = dig.one('Opportunity', renewal);
      dig.set('Opportunity', id, { [FIELD.sourceOpportunity]: null });
      return id;
    },
    found: { 'Follow-ups and their win': /of none by its source/ },
  },
  {
    what: 'a stage without its date',
    plant(dig) {
      const id = dig.one('Opportunity', `"StageName" = 'Engaged'`);
      dig.set('Opportunity', id, { Engaged_Date__c: null });
      return id;
    },
    found: { 'Dates of stages': /in Engaged without its date/ },
  },
  {
    what: 'the same person twice in a buying group',
    plant: (dig) =>
      dig.copy('OpportunityContactRole', dig.one('OpportunityContactRole', '1'), { [MEMBER_FIELD.key]: null }),
    found: {
      'Members once': /2 contact roles of one contact and opportunity/,
      [COUNTS]: /Buying_Group_Size__c says 2/,
    },
  },
  {
    what: 'two members with one key',
    plant(dig) {
      const id = dig.one('OpportunityContactRole', '1');
      const other = dig.one(
        'OpportunityContactRole',
        `"OpportunityId" <> '${dig.value('OpportunityContactRole', id, 'OpportunityId')}'`,
      );
      dig.set('OpportunityContactRole', id, {
        [MEMBER_FIELD.key]: dig.value('OpportunityContactRole', other, MEMBER_FIELD.key),
      });
      return id;
    },
    found: {
      'One key, one record': /2 contact roles have the key/,
      'Members of buying groups': /names another contact or opportunity/,
    },
  },
  {
    what: 'a member without a contact',
    plant(dig) {
      const id = dig.one('OpportunityContactRole', '1');
      dig.set('OpportunityContactRole', id, { ContactId: '003000000000000AAA' });
      return id;
    },
    found: { 'Members of buying groups': /without a contact/ },
  },
  {
    what: 'a count that is not that of the members',
    plant(dig) {
      const id = dig.one('Opportunity', `"StageName" = 'Engaged'`);
      dig.set('Opportunity', id, { [FIELD.groupSize]: 7, [FIELD.totalScore]: 1 });
      return id;
    },
    found: { [COUNTS]: /Buying_Group_Size__c says 7, its members 2; Total_Lead_Score__c says 1, its members \d+/ },
  },
  {
    what: 'a group that was never counted',
    plant(dig) {
      const id = dig.one('Opportunity', renewal);
      dig.set('Opportunity', id, { [FIELD.groupSize]: null });
      return id;
    },
    found: { [COUNTS]: /has a group that was never counted, as one from before the deployment/ },
  },
  {
    what: 'a closed opportunity that holds the place of an open one',
    plant(dig) {
      const id = dig.one('Opportunity', won);
      dig.set('Opportunity', id, { [FIELD.openKey]: `${dig.value('Opportunity', id, 'AccountId')}:Core Platform` });
      return id;
    },
    found: { 'Keys of open opportunities': /closed, yet it holds/ },
  },
  {
    what: 'two opportunities opened for one account and solution',
    plant: (dig) =>
      dig.copy(
        'Opportunity',
        dig.one('Opportunity', `"${FIELD.openKey}" IS NOT NULL AND "${FIELD.groupSize}" IS NULL`),
        {
          [FIELD.key]: null,
          [FIELD.sourceOpportunity]: null,
        },
      ),
    found: {
      'One key, one record': /2 opportunities have the key/,
      'One open opportunity for account and solution': /2 opportunities that automation opened are open/,
    },
  },
  {
    what: 'two pending handshakes',
    plant: (dig) => dig.copy(HANDSHAKE, dig.one(HANDSHAKE, pending), { [HANDSHAKE_FIELD.key]: null }),
    found: { 'Pending handshakes': /2 handshakes are pending/ },
  },
  {
    what: 'a pending handshake of a stage that was left',
    plant(dig) {
      const id = dig.one(HANDSHAKE, pending);
      dig.set('Opportunity', dig.value(HANDSHAKE, id, HANDSHAKE_FIELD.opportunity), {
        StageName: 'Qualified',
        Qualified_Date__c: '2026-01-01',
      });
      return id;
    },
    found: { 'Pending handshakes': /pending for Prioritized, and the opportunity is in Qualified/ },
  },
  {
    what: 'an opportunity that shows a handshake it does not have',
    plant(dig) {
      const id = dig.one('Opportunity', renewal);
      dig.set('Opportunity', id, { [FIELD.handshakeStatus]: 'Pending' });
      return id;
    },
    found: { 'Handshakes on opportunities': /shows a pending handshake and has none/ },
  },
  {
    what: 'a lead whose match was broken off',
    plant(dig) {
      return dig.copy('Lead', dig.one('Lead', '"IsConverted" = 1'), {
        ConvertedContactId: null,
        ConvertedAccountId: null,
        IsConverted: 0,
        [LEAD_FIELD.matchStatus]: 'To Be Matched',
      });
    },
    found: { 'Leads to be matched': /still to be matched/ },
  },
  {
    what: 'a lead whose conversion was broken off',
    plant(dig) {
      return dig.copy('Lead', dig.one('Lead', '"IsConverted" = 1'), {
        ConvertedContactId: null,
        ConvertedAccountId: null,
        IsConverted: 0,
        [LEAD_FIELD.matchedAccount]: dig.one('Account', '"Name" IS NOT NULL'),
        [LEAD_FIELD.matchStatus]: 'Matched',
      });
    },
    found: { 'Leads to be converted': /matched and still to be converted/ },
  },
  {
    what: 'a lead that was converted into two contacts',
    plant(dig) {
      const lead = dig.one('Lead', '"IsConverted" = 1');
      const other = dig.one('Contact', `"Id" <> '${dig.value('Lead', lead, 'ConvertedContactId')}'`);
      dig.set('Lead', lead, { Email: 'twice@company.example' });
      dig.copy('Lead', lead, { ConvertedContactId: other });
      return lead;
    },
    found: { 'Conversions of leads': /twice@company.example at \w{18} became 2 contacts/ },
  },
  {
    what: 'a converted lead without its contact',
    plant(dig) {
      const lead = dig.one('Lead', '"IsConverted" = 1');
      dig.set('Lead', lead, { ConvertedContactId: null });
      return lead;
    },
    found: { 'Conversions of leads': /converted without ConvertedContactId/ },
  },
];

describe('damage that is planted', () => {
  let deployed: DeployedOrg;
  let spade: Spade;

  before(async () => {
    deployed = await deployedOrg(defaultModel);
    const { running } = deployed;
    hirePeople(running.org, defaultModel);
    await loadCompany(running, defaultModel, 40);
    const { database } = running.org;
    const quote = (name: string): string => `"${name}"`;
    let copies = 0;
    spade = {
      one: (object, where) => {
        const alive = database
          .prepare(`PRAGMA table_info(${quote(object)})`)
          .all()
          .some(({ name }) => name === 'IsDeleted');
        const row = database
          .prepare(`SELECT "Id" FROM ${quote(object)} WHERE ${alive ? '"IsDeleted" = 0 AND ' : ''}${where} LIMIT 1`)
          .get();
        assert.ok(row, `${object} where ${where}`);
        return String(row['Id']);
      },
      value: (object, id, field) =>
        String(database.prepare(`SELECT ${quote(field)} v FROM ${quote(object)} WHERE "Id" = ?`).get(id)!['v']),
      set(object, id, values) {
        const columns = Object.keys(values).map((name) => `${quote(name)} = ?`);
        const { changes } = database
          .prepare(`UPDATE ${quote(object)} SET ${columns.join(', ')} WHERE "Id" = ?`)
          .run(...Object.values(values), id);
        assert.equal(changes, 1);
      },
      copy(object, id, values) {
        const row = { ...database.prepare(`SELECT * FROM ${quote(object)} WHERE "Id" = ?`).get(id)!, ...values };
        const copy = `${id.slice(0, 3)}9${String((copies += 1)).padStart(11, '0')}AAA`;
        const names = Object.keys(row);
        database
          .prepare(
            `INSERT INTO ${quote(object)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
          )
          .run(...Object.values({ ...row, Id: copy }));
        return copy;
      },
      remove: (object, id) => void database.prepare(`DELETE FROM ${quote(object)} WHERE "Id" = ?`).run(id),
    };
  });
  after(() => deployed.close());

  it('is not there before', async () => {
    const report = await checkIntegrity(deployed.org, defaultModel);
    assert.equal(report.ok, true, renderIntegrity(report));
    assert.match(renderIntegrity(report), /nothing is wrong, in .* Nothing was written\.$/);
  });

  it('is none where RevOps was told why a win has no follow-up', async () => {
    const { database } = deployed.running.org;
    database.exec('SAVEPOINT told');
    try {
      const cross = spade.one('Opportunity', `${crossSell} AND "${FIELD.groupSize}" IS NULL`);
      const source = spade.value('Opportunity', cross, FIELD.sourceOpportunity);
      spade.remove('Opportunity', cross);
      const untold = await checkIntegrity(deployed.org, defaultModel);
      assert.deepEqual(
        untold.results.flatMap(({ damages }) => damages),
        [{ problem: 'won without its Cross Sell for Automation, and nobody was told', ids: [source] }],
      );
      const [outcome] = await deployed.org.create('Task', [
        {
          Subject: 'Cross Sell not created: Company 1 (Automation)',
          Description: `Cross Sell not created\n\nReason: Row ${source} is locked\n\nWhat to do: Wait.\n\nRecord: ${source}`,
          WhatId: source,
        },
      ]);
      const told = await checkIntegrity(deployed.org, defaultModel);
      assert.equal(told.ok, true, renderIntegrity(told));
      assert.deepEqual(told.told, [
        { what: 'Cross Sell not created', reason: 'Row … is locked', count: 1, open: 1, ids: [outcome!.id] },
      ]);
      assert.match(renderIntegrity(told), /\n {2}1 of 1 {2}Cross Sell not created: Row … is locked\n/);
    } finally {
      database.exec('ROLLBACK TO told; RELEASE told');
    }
  });

  for (const { what, plant, found } of PLANTED) {
    it(`is found: ${what}`, async () => {
      const { database } = deployed.running.org;
      database.exec('SAVEPOINT planted');
      try {
        const id = plant(spade);
        const report = await checkIntegrity(deployed.org, defaultModel);
        const damaged = report.results.filter(({ damages }) => damages.length > 0);
        assert.deepEqual(
          damaged.map(({ check }) => check).toSorted(),
          Object.keys(found).toSorted(),
          renderIntegrity(report),
        );
        assert.equal(report.ok, false);
        for (const { check, damages } of damaged) assert.match(damages[0]!.problem, found[check]!);
        assert.ok(
          damaged.some(({ damages }) => damages.some(({ ids }) => ids.includes(id))),
          `${id} is not named:\n${renderIntegrity(report)}`,
        );
      } finally {
        database.exec('ROLLBACK TO planted; RELEASE planted');
      }
    });
  }
});
