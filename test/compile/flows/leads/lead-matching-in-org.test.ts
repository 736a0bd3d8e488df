/** Which account the matching flow finds for a lead, what it says about it, and what 200 leads cost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FLOW, LEAD_FIELD, PERMISSION_SET } from '../../../../scripts/compile/names.ts';
import type { Leads, Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { budgetOf, openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

/** Leads alone: nothing that a won, targeted or promoted opportunity does. */
const withLeads = (standard: Waterfall, change: Partial<Leads>): Waterfall => ({
  ...standard,
  opportunityTypes: standard.opportunityTypes.slice(0, 1).map((type) => ({
    ...type,
    creation: { ...type.creation, by: ['person'] },
  })),
  promotions: [],
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
  leads: { ...standard.leads!, convert: { when: 'never' }, ...change },
});

const MATCH = `${LEAD_FIELD.matchedAccount}, ${LEAD_FIELD.matchStatus}, ${LEAD_FIELD.matchReason}`;
const BUDGET = { queries: 6, dml: 4 };

const matchOf = async (leads: LeadOrg, id: string): Promise<readonly unknown[]> => {
  const row = await leads.one(`SELECT ${MATCH} FROM Lead WHERE Id = '${id}'`);
  return [row[LEAD_FIELD.matchedAccount], row[LEAD_FIELD.matchStatus], row[LEAD_FIELD.matchReason]];
};

const assertWithinBudget = (leads: LeadOrg, transactions: number): void => {
  const run = leads.pathsOf(FLOW.leadMatching, transactions);
  assert.equal(run.length, transactions);
  for (const transaction of run) {
    const { queries, dml } = budgetOf(transaction);
    assert.ok(queries <= BUDGET.queries && dml <= BUDGET.dml, `${String(queries)} queries, ${String(dml)} DML`);
  }
};

describe('lead matching in a local org, RevOps told of leads without an account', () => {
  let leads: LeadOrg;
  let number = 0;
  before(async () => (leads = await openLeadOrg(withLeads(await defaultModel(), {}))));
  after(() => leads.close());

  const account = (record: OrgRecord) => leads.create('Account', record);
  const lead = async (record: OrgRecord): Promise<string> => {
    const id = await leads.create('Lead', { LastName: 'Doe', Company: `Unknown ${String(++number)}`, ...record });
    leads.settle();
    return id;
  };

  it('finds the account by each rule of the model, the first that fits deciding', async () => {
    const byContact = await account({ Name: 'By contact' });
    await leads.create('Contact', { LastName: 'Known', Email: 'known@somewhere.example', AccountId: byContact });
    const byDomain = await account({ Name: 'By domain', Website: 'https://www.domain.example/en' });
    const byName = await account({ Name: 'Foo & Bar GmbH', BillingCountry: 'Germany' });
    await account({ Name: 'Baz GmbH', BillingCountry: 'Germany', NumberOfEmployees: 5000 });
    const byCountry = await account({ Name: 'Baz Inc.', BillingCountry: 'Canada' });
    const cases = [
      [
        { Company: 'BAZ', Country: 'canada' },
        byCountry,
        /^Same company name but for its spelling or legal form and country BAZ, canada$/,
      ],
      [{ Email: 'KNOWN@somewhere.example' }, byContact, /^A contact with the same e-mail known@somewhere.example$/i],
      [{ Email: 'new@domain.example' }, byDomain, /^Same e-mail domain domain.example$/],
      [{ Website: 'http://domain.example:80', Email: 'x@gmail.com' }, byDomain, /^Same website domain.example$/],
      [
        { Company: 'FOO and Bar, Inc.' },
        byName,
        /^Same company name but for its spelling or legal form FOO and Bar, Inc\.$/,
      ],
      [{ Email: 'known@somewhere.example', Company: 'Foo & Bar' }, byContact, /^A contact/],
    ] as const;
    for (const [record, expected, words] of cases) {
      const [found, status, reason] = await matchOf(leads, await lead(record));
      assert.deepEqual([found, status], [expected, 'Matched'], JSON.stringify(record));
      assert.match(String(reason), words);
    }
  });

  it('takes the account of exactly the name before one of a like name, however big', async () => {
    await account({ Name: 'Exact Inc.', NumberOfEmployees: 5000 });
    const exact = await account({ Name: 'Exact GmbH' });
    assert.deepEqual(await matchOf(leads, await lead({ Company: ' exact gmbh' })), [
      exact,
      'Matched',
      'Same company name exact gmbh',
    ]);
    // Neither to the letter: the tie-breakers choose.
    assert.match(
      String((await matchOf(leads, await lead({ Company: 'Exact Ltd' })))[2]),
      /^Same company name but for its spelling or legal form Exact Ltd; of 2 accounts the one with the most employees$/,
    );
  });

  it('of several accounts takes the one that the tie-breakers choose, in their order, and says why', async () => {
    const [admin] = await leads.query(`SELECT ProfileId FROM User WHERE Id = '${leads.org.identity.userId}'`);
    const inactive = await leads.create('User', {
      Username: 'gone@tie.example',
      LastName: 'Gone',
      Alias: 'gone',
      Email: 'gone@tie.example',
      ProfileId: String(admin!.ProfileId),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      DigestFrequency: 'N',
      DefaultGroupNotificationFrequency: 'N',
      IsActive: true,
    });
    const tie = (name: string, more: readonly OrgRecord[]) =>
      leads.createAll(
        'Account',
        more.map((record) => ({ Name: name, ...record })),
      );

    const owned = await tie('Owned', [{ OwnerId: inactive, NumberOfEmployees: 999 }, {}]);
    await leads.update('User', { Id: inactive, IsActive: false });
    assert.deepEqual(await matchOf(leads, await lead({ Company: 'Owned' })), [
      owned[1],
      'Matched',
      'Same company name Owned; of 2 accounts the one whose owner is active',
    ]);

    const open = await tie('Open', [{ NumberOfEmployees: 999 }, {}, {}]);
    await leads.create('Opportunity', {
      Name: 'Open',
      AccountId: open[2]!,
      StageName: 'Engaged',
      CloseDate: '2030-01-01',
    });
    assert.deepEqual(await matchOf(leads, await lead({ Company: 'open ltd' })), [
      open[2],
      'Matched',
      'Same company name but for its spelling or legal form open ltd; of 3 accounts the one with an open opportunity',
    ]);

    const active = await tie('Active', [{ NumberOfEmployees: 999 }, {}]);
    await leads.create('Task', {
      Subject: 'Call',
      WhatId: active[1]!,
      Status: 'Completed',
      ActivityDate: '2026-01-01',
    });
    assert.match(
      String((await matchOf(leads, await lead({ Company: 'Active' })))[2]),
      /the one with the most recent activity$/,
    );

    const big = await tie('Big', [{ NumberOfEmployees: 10 }, { NumberOfEmployees: 2000 }, {}]);
    assert.deepEqual((await matchOf(leads, await lead({ Company: 'Big' }))).slice(0, 1), [big[1]]);

    const same = await tie('Same', [{}, {}]);
    assert.deepEqual(await matchOf(leads, await lead({ Company: 'Same' })), [
      same[0],
      'Matched',
      'Same company name Same; of 2 accounts the one that was created first',
    ]);
  });

  it('tells RevOps once of a lead without an account, and matches it when it is corrected', async () => {
    const target = await account({ Name: 'Later', Website: 'later.example' });
    const id = await lead({ Company: 'Nobody knows' });
    assert.deepEqual(await matchOf(leads, id), [null, 'No Match', 'No account fits']);
    const [task, ...more] = await leads.tasksOf(id);
    assert.equal(more.length, 0);
    assert.equal(task!.Subject, 'Lead without an account: Doe, Nobody knows');
    const holder = await leads.one(
      `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = '${PERMISSION_SET.revOps}'`,
    );
    assert.equal(task!.OwnerId, holder.AssigneeId);

    await leads.update('Lead', { Id: id, Company: 'Nobody knows this either' });
    leads.settle();
    assert.equal((await leads.tasksOf(id)).length, 1);
    await leads.update('Lead', { Id: id, Email: 'a@later.example' });
    leads.settle();
    assert.deepEqual(await matchOf(leads, id), [target, 'Matched', 'Same e-mail domain later.example']);
  });

  it('leaves alone what a person chose, and says so', async () => {
    const chosen = await account({ Name: 'Chosen' });
    const id = await lead({ Company: 'Somebody', [LEAD_FIELD.matchedAccount]: chosen });
    assert.deepEqual(await matchOf(leads, id), [chosen, 'Matched', 'Chosen by a person']);
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: null });
    assert.deepEqual(await matchOf(leads, id), [null, null, null]);
  });

  it('says what its own rules refuse instead of the match, tells RevOps, and matches it when it is corrected', async () => {
    await leads.deployRule('Lead', `NOT(ISBLANK(${LEAD_FIELD.matchedAccount}))`, true, 'No account, please.');
    const target = await account({ Name: 'Refused' });
    const id = await lead({ Company: 'Refused' });
    await leads.deployRule('Lead', 'FALSE', false, 'No account, please.');
    const [found, status, reason] = await matchOf(leads, id);
    assert.deepEqual([found, status], [null, 'No Match']);
    assert.match(String(reason), /No account, please\./);
    const [task, ...more] = await leads.tasksOf(id);
    assert.match(String(task!.Description), /No account, please\./);
    assert.match(String(task!.Description), /Where its match status is No Match, it is also matched again/);
    assert.equal(more.length, 0);
    await leads.update('Lead', { Id: id, Country: 'Germany' });
    leads.settle();
    assert.deepEqual(await matchOf(leads, id), [target, 'Matched', 'Same company name Refused']);
  });

  it('says that a lead waits to be matched, and takes what it is when it is matched', async () => {
    const target = await account({ Name: 'Waiting', Website: 'waiting.example' });
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'Waits for nobody' });
    assert.deepEqual(await matchOf(leads, id), [null, 'To Be Matched', null]);
    // The match has begun: neither another save nor a correction is lost, and the lead is matched once.
    await leads.update('Lead', { Id: id, Title: 'CEO' });
    await leads.update('Lead', { Id: id, Email: 'a@waiting.example' });
    leads.settle();
    assert.deepEqual(await matchOf(leads, id), [target, 'Matched', 'Same e-mail domain waiting.example']);
    assert.deepEqual(await leads.tasksOf(id), []);
  });

  it('leaves a lead that somebody has decided about meanwhile', async () => {
    const chosen = await account({ Name: 'Meanwhile' });
    await account({ Name: 'Found otherwise', Website: 'meanwhile.example' });
    const [chosenFor, takenAway] = await leads.createAll(
      'Lead',
      ['A', 'B'].map((LastName) => ({ LastName, Company: 'x', Email: `${LastName}@meanwhile.example` })),
    );
    await leads.update('Lead', { Id: chosenFor!, [LEAD_FIELD.matchedAccount]: chosen });
    await leads.update('Lead', { Id: takenAway!, [LEAD_FIELD.matchedAccount]: chosen });
    await leads.update('Lead', { Id: takenAway!, [LEAD_FIELD.matchedAccount]: null });
    leads.settle();
    assert.deepEqual(await matchOf(leads, chosenFor!), [chosen, 'Matched', 'Chosen by a person']);
    assert.deepEqual(await matchOf(leads, takenAway!), [null, null, null]);
    // Until what it is found by changes.
    await leads.update('Lead', { Id: takenAway!, Website: 'meanwhile.example' });
    leads.settle();
    assert.equal((await matchOf(leads, takenAway!))[1], 'Matched');
  });

  it('does not match anew what is changed of a lead besides, and leaves a converted one alone', async () => {
    const id = await lead({ Company: 'Nobody again' });
    await leads.update('Lead', { Id: id, Title: 'CEO', Phone: '+49 30 1' });
    assert.equal((await matchOf(leads, id))[1], 'No Match');
    await leads.update('Lead', { Id: id, Country: 'Canada' });
    assert.equal((await matchOf(leads, id))[1], 'To Be Matched');
    leads.settle();
    assert.equal((await matchOf(leads, id))[1], 'No Match');
    leads.convertByHand(await account({ Name: 'By hand' }), [id]);
    leads.settle();
    assert.equal((await matchOf(leads, id))[1], 'Converted');
  });

  it('is off for whoever holds the bypass permission', async () => {
    const [bypass] = await leads.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = await leads.create('PermissionSetAssignment', {
      AssigneeId: leads.org.identity.userId,
      PermissionSetId: String(bypass!.Id),
    });
    const id = await lead({ Company: 'Bypassed' });
    assert.deepEqual(await matchOf(leads, id), [null, null, null]);
    await leads.org.remove([assigned]);
  });

  it('matches 200 leads at once, of all kinds, within 6 queries and 4 DML statements', async () => {
    await leads.createAll(
      'Account',
      Array.from({ length: 50 }, (_, n) => ({ Name: `Bulk ${String(n)}`, Website: `bulk${String(n)}.example` })),
    );
    await leads.createAll(
      'Account',
      Array.from({ length: 50 }, (_, n) => ({ Name: `Twin ${String(n % 25)}`, NumberOfEmployees: n })),
    );
    const records = Array.from({ length: 200 }, (_, n): OrgRecord => {
      const LastName = `Bulk${String(n)}`;
      if (n % 4 === 0) return { LastName, Company: 'x', Email: `a${String(n)}@bulk${String(n / 4)}.example` };
      if (n % 4 === 1) return { LastName, Company: 'y', Website: `www.bulk${String((n - 1) / 4)}.example` };
      if (n % 4 === 2) return { LastName, Company: `Twin ${String(((n - 2) / 4) % 25)} GmbH` };
      return { LastName, Company: `Nowhere ${String(n)}` };
    });
    const ids = await leads.createAll('Lead', records);
    leads.settle();
    const rows = await leads.query(`SELECT Id, ${MATCH} FROM Lead WHERE LastName LIKE 'Bulk%'`);
    const byId = new Map(rows.map((row) => [row.Id, row]));
    const statuses = ids.map((id) => byId.get(id)![LEAD_FIELD.matchStatus]);
    assert.deepEqual(
      statuses,
      records.map((_, n) => (n % 4 === 3 ? 'No Match' : 'Matched')),
    );
    assert.match(String(byId.get(ids[2])![LEAD_FIELD.matchReason]), /of 2 accounts the one with the most employees$/);
    const tasks = await leads.query("SELECT Id FROM Task WHERE Subject LIKE 'Lead without an account: Bulk%'");
    assert.equal(tasks.length, 50);
    assertWithinBudget(leads, 1);
  });
});

describe('lead matching in a local org that creates accounts', () => {
  let leads: LeadOrg;
  before(async () => {
    leads = await openLeadOrg(withLeads(await defaultModel(), { noMatch: 'createAccount', tieBreakers: [] }));
  });
  after(() => leads.close());

  it('creates one account for the leads of a company, however many arrive together', async () => {
    const ids = await leads.createAll(
      'Lead',
      Array.from({ length: 200 }, (_, n) => ({
        LastName: `New${String(n)}`,
        Company: `New Company ${String(n % 10)}${n % 3 === 0 ? ' Inc.' : ''}`,
        Country: 'Germany',
      })),
    );
    leads.settle();
    const accounts = await leads.query("SELECT Id, BillingCountry FROM Account WHERE Name LIKE 'New Company%'");
    assert.equal(accounts.length, 10);
    const rows = await leads.query(`SELECT Id, ${MATCH} FROM Lead WHERE LastName LIKE 'New%'`);
    assert.equal(rows.length, ids.length);
    assert.ok(rows.every((row) => row[LEAD_FIELD.matchReason] === 'No account fitted: this one was created'));
    assert.ok(accounts.every(({ BillingCountry }) => BillingCountry === 'Germany'));
    assertWithinBudget(leads, 1);
  });

  it('tells RevOps when the org refuses the account', async () => {
    await leads.deployRule('Account', 'CONTAINS(Name, "Refused")', true, 'No such account.');
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'Refused Ltd' });
    leads.settle();
    const [found, status, reason] = await matchOf(leads, id);
    assert.deepEqual([found, status], [null, 'No Match']);
    assert.match(String(reason), /No such account\./);
    assert.match(String((await leads.tasksOf(id))[0]!.Description), /No such account\./);
  });

  it('leaves no lead of a company waiting whose account the org refuses, tells RevOps of one, and creates it later', async () => {
    await leads.deployRule('Account', 'CONTAINS(Name, "Withheld")', true, 'No such account.');
    const ids = await leads.createAll(
      'Lead',
      Array.from({ length: 20 }, (_, n) => ({ LastName: `Withheld${String(n)}`, Company: 'Withheld Ltd' })),
    );
    leads.settle();
    await leads.deployRule('Account', 'FALSE', false, 'No such account.');
    const statuses = `SELECT Id, ${MATCH} FROM Lead WHERE LastName LIKE 'Withheld%'`;
    const waiting = await leads.query(statuses);
    assert.equal(waiting.length, ids.length);
    assert.ok(waiting.every((row) => row[LEAD_FIELD.matchStatus] === 'No Match'));
    assert.equal((await leads.query("SELECT Id FROM Task WHERE Subject LIKE '%Withheld%'")).length, 1);
    await leads.update('Lead', { Id: ids[3]!, Country: 'Germany' });
    leads.settle();
    assert.ok((await leads.query(statuses)).every((row) => row[LEAD_FIELD.matchStatus] === 'Matched'));
    assert.equal((await leads.query("SELECT Id FROM Account WHERE Name = 'Withheld Ltd'")).length, 1);
  });
});
