import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeadMatch } from '../../scripts/matching/types.ts';
import { accountOf } from '../../scripts/people/find-account.ts';
import { opportunityThatTells } from '../../scripts/people/find-opportunity.ts';
import { memberKey, planPeople } from '../../scripts/people/plan-people.ts';
import type { PeopleFacts } from '../../scripts/people/plan-people.ts';
import { readPeople } from '../../scripts/people/read-people.ts';
import type { Person } from '../../scripts/people/read-people.ts';
import { readTable } from '../../scripts/people/read-table.ts';

const id = (prefix: string, number: number): string => `${prefix}${String(number).padStart(12, '0')}AAA`;
const ACME = { id: id('001', 1), name: 'Acme' };
const DEAL = { id: id('006', 1), name: 'Acme Platform', accountId: ACME.id, solution: 'Platform', closed: false };
const JANE = { id: id('003', 1), accountId: ACME.id, firstName: 'Jane', lastName: 'Doe', email: 'jane@acme.com' };

const person = (line: number, more: Partial<Person>): Person => ({
  line,
  firstName: '',
  lastName: '',
  email: '',
  title: '',
  phone: '',
  mobile: '',
  company: 'Acme',
  website: '',
  country: '',
  accountId: '',
  opportunity: '',
  solution: '',
  role: '',
  ...more,
});
const facts = (people: readonly Person[], more: Partial<PeopleFacts> = {}): PeopleFacts => ({
  accounts: new Map(people.map(({ line }) => [line, { kind: 'known', account: ACME, because: '' }])),
  contactsByEmail: new Map([[JANE.email, [JANE]]]),
  contactsByAccount: new Map([[ACME.id.slice(0, 15), [JANE]]]),
  opportunities: [DEAL],
  members: new Map(),
  solutions: ['Platform', 'Analytics', 'Services'],
  orgRoles: ['Champion', 'Decision Maker'],
  groups: { roles: [], groups: [], coverageCounts: 'all', defaultRole: null },
  ...more,
});
const plan = (people: readonly Person[], more: Partial<PeopleFacts> = {}) => planPeople(people, facts(people, more));

test('a person is found by address, else by name and account, else made once', () => {
  const rows = plan([
    person(2, { email: 'jane@acme.com', lastName: 'Somebody', opportunity: DEAL.id }),
    person(3, { firstName: 'JANE', lastName: 'Doé' }),
    person(4, { firstName: 'John', lastName: 'Roe', email: 'john@acme.com', solution: 'platform', role: 'champion' }),
    person(5, { firstName: 'J.', lastName: 'Roe', email: 'john@acme.com' }),
    person(6, { firstName: 'John', lastName: 'Roe', email: 'john@acme.com', opportunity: 'acme platform' }),
  ]);
  assert.deepEqual(
    rows.map(({ contact, member, role, outcome, reason }) => [contact?.kind, member, role, outcome, reason]),
    [
      ['known', 'new', null, 'todo', ''],
      ['known', 'none', null, 'unchanged', ''],
      ['new', 'new', 'Champion', 'todo', ''],
      ['new', 'none', null, 'unchanged', 'The same as line 4.'],
      ['new', 'known', 'Champion', 'unchanged', 'The same as line 4.'],
    ],
  );
});

test('who is a member already stays as he is', () => {
  const members = new Map([[memberKey(DEAL.id, JANE.id), 'Decision Maker']]);
  const [row] = plan([person(2, { email: 'jane@acme.com', opportunity: DEAL.id, role: 'Champion' })], { members });
  assert.deepEqual([row?.outcome, row?.member, row?.role], ['unchanged', 'known', 'Decision Maker']);
});

test('a row that names what is not there is refused as a whole, with the reason', () => {
  const closed = { ...DEAL, id: id('006', 2), name: 'Old', closed: true };
  const twin = { ...DEAL, id: id('006', 3), solution: 'Analytics', name: 'One' };
  const more = { opportunities: [DEAL, closed, twin, { ...twin, id: id('006', 4), name: 'Two' }] };
  const refused = (fields: Partial<Person>): string => {
    const [row] = plan([person(2, { lastName: 'X', ...fields })], more);
    assert.deepEqual([row?.outcome, row?.contact], ['refused', null]);
    return row!.reason;
  };
  assert.match(refused({ opportunity: 'Nothing' }), /There is no opportunity Nothing/);
  assert.match(refused({ opportunity: closed.id }), /is closed/);
  assert.match(refused({ solution: 'Services' }), /Acme has no open opportunity for Services/);
  assert.match(refused({ solution: 'Plattform' }), /no solution Plattform. There are: Platform/);
  assert.match(refused({ solution: 'Analytics' }), /several open opportunities for Analytics: One .*Two/);
  assert.match(refused({ role: 'King' }), /no contact role "King". There are: Champion, Decision Maker/);
  assert.match(refused({ lastName: '', email: 'new@acme.com' }), /no last name/);
});

const match = (decision: LeadMatch['decision'], account = ACME, reason = 'names alike'): LeadMatch => ({
  leadId: '',
  decision,
  account,
  score: 60,
  reasons: [reason],
  others: [],
});
const KLING = { id: id('001', 2), name: 'Kling Group' };
const clues = {
  accounts: new Map([ACME, KLING].map((account) => [account.id.slice(0, 15), account])),
  contacts: [],
  opportunity: null,
  match: match('none'),
  byName: match('none'),
  createAccounts: false,
};

test('where a person works', () => {
  const john = person(2, { lastName: 'Roe', company: 'Acme Robotics GmbH', email: 'john@acme-robotics.de' });
  assert.equal(accountOf({ ...john, accountId: ACME.id.slice(0, 15) }, clues).kind, 'known');
  assert.equal(accountOf(john, { ...clues, contacts: [JANE] }).kind, 'known');
  assert.equal(accountOf({ ...john, company: '' }, { ...clues, opportunity: DEAL }).kind, 'known');
  assert.equal(accountOf(john, { ...clues, opportunity: DEAL }).kind, 'refused', 'a consultant of another company');
  assert.equal(accountOf(john, { ...clues, match: match('match') }).kind, 'known');
  const doubtful = accountOf(john, { ...clues, match: match('review'), createAccounts: true });
  assert.match(doubtful.kind === 'refused' ? doubtful.reason : '', /may be Acme .*score 60/);
  assert.match(JSON.stringify(accountOf(john, clues)), /--create-accounts/);
  assert.deepEqual(accountOf(john, { ...clues, createAccounts: true }), {
    kind: 'new',
    account: { key: 'acme-robotics.de', name: 'Acme Robotics GmbH', website: 'acme-robotics.de', country: '' },
  });
  assert.equal(accountOf({ ...john, company: 'n/a' }, { ...clues, createAccounts: true }).kind, 'refused');
});

test('an opportunity tells the account of a company that has its name, whatever address and country say', () => {
  const abroad = person(2, { lastName: 'Roe', company: 'ACME Inc.', country: 'US', email: 'john@other.example' });
  const theirs = { kind: 'known', account: ACME, because: 'the account of the opportunity' };
  const stranger = match('none', KLING);
  assert.deepEqual(accountOf(abroad, { ...clues, opportunity: DEAL, match: stranger, byName: stranger }), theirs);
  const misspelt = { ...abroad, company: 'Acmee' };
  const near = { ...clues, opportunity: DEAL, match: stranger, byName: match('review') };
  assert.deepEqual(accountOf(misspelt, near), theirs);
  const sure = accountOf(misspelt, { ...near, match: match('match', KLING) });
  assert.deepEqual(sure.kind === 'known' && sure.account, KLING, 'the domain says where a consultant works');
});

test('an account id that contradicts the opportunity is refused, naming both; a consultant of that company is not', () => {
  const john = person(2, { lastName: 'Roe', accountId: KLING.id });
  const refused = accountOf(john, { ...clues, opportunity: DEAL });
  assert.match(
    refused.kind === 'refused' ? refused.reason : '',
    /account is Kling Group \(001.{15}\), but its opportunity Acme Platform is of Acme \(001.{15}\)\. Correct one/,
  );
  const known = [
    accountOf({ ...john, company: 'Kling' }, { ...clues, opportunity: DEAL }),
    accountOf({ ...john, company: '' }, { ...clues, opportunity: DEAL, match: match('match', KLING) }),
    accountOf(john, { ...clues, opportunity: DEAL, contacts: [{ ...JANE, accountId: KLING.id }] }),
    accountOf({ ...john, accountId: ACME.id }, { ...clues, opportunity: DEAL }),
  ];
  assert.deepEqual(
    known.map((finding) => finding.kind === 'known' && [finding.account.name, finding.because]),
    [...Array.from({ length: 3 }, () => ['Kling Group', 'its id']), ['Acme', 'its id']],
  );
});

test('no account is created, nor advised, beside one of the same or nearly the same name', () => {
  const stranger = match('none', KLING, 'same country (US)');
  for (const createAccounts of [false, true])
    for (const [company, more, says] of [
      [
        'Acme Ltd',
        { match: match('none', ACME, 'another country') },
        /may be Acme \(001.{15}, score 60\): another country\./,
      ],
      [
        'Acme Ltd',
        { match: stranger },
        /may be Acme \(001.{15}\): names alike, though what else the row says does not fit/,
      ],
      ['Acmee', { match: stranger, byName: match('review') }, /may be Acme \(001.{15}\): names alike/],
      [
        'Acmee',
        { match: stranger, byName: { ...match('review'), others: [{ ...KLING, score: 50 }] } },
        /It may also be Kling Group \(001.{15}\)\. Give the row an account id/,
      ],
    ] as const) {
      const finding = accountOf(person(2, { lastName: 'Roe', company }), { ...clues, ...more, createAccounts });
      assert.ok(finding.kind === 'refused');
      assert.match(finding.reason, says);
      assert.match(finding.reason, /Give the row an account id; if it is another company, that of an account that you/);
      assert.doesNotMatch(finding.reason, /--create-accounts/);
    }
});

test('where a longer name or a shorter one is there, it is told before accounts are created', () => {
  const reason = (company: string): string => {
    const finding = accountOf(person(2, { company }), clues);
    return finding.kind === 'refused' ? finding.reason : '';
  };
  assert.match(
    reason('Acme Robotics'),
    /nearest by its name is Acme \(001.{15}\): give the row its id, or, if it is another/,
  );
  assert.match(reason('Zork'), /No account matches Zork\. Give the row an account id, or create accounts/);
});

test('a row without a company name is not told to create accounts', () => {
  const finding = accountOf(person(2, { company: '', email: 'x@zork.example' }), clues);
  assert.ok(finding.kind === 'refused');
  assert.match(finding.reason, /No account matches zork\.example, .*account id or the company's name/);
  assert.doesNotMatch(finding.reason, /--create-accounts/);
});

test('a name tells one opportunity where those that are open are of one account', () => {
  const closed = { ...DEAL, id: id('006', 2), accountId: KLING.id, closed: true };
  const other = { ...closed, closed: false };
  assert.equal(opportunityThatTells('acme platform', [closed, DEAL])?.id, DEAL.id);
  assert.equal(opportunityThatTells(closed.id, [closed, DEAL])?.id, closed.id);
  assert.equal(opportunityThatTells('Acme Platform', [DEAL, { ...DEAL, id: id('006', 3) }])?.accountId, ACME.id);
  assert.equal(opportunityThatTells('Acme Platform', [DEAL, other]), null);
  assert.equal(opportunityThatTells('', [DEAL]), null);
});

test('a solution of a new account, which can have no opportunity, is refused with what such a row needs', () => {
  const people = [person(2, { lastName: 'X', company: 'New Ltd', solution: 'Platform' })];
  const account = { key: 'new', name: 'New Ltd', website: '', country: '' };
  const [row] = plan(people, { accounts: new Map([[2, { kind: 'new', account }]]) });
  assert.match(
    row!.reason,
    /There is no account New Ltd yet, .* Import the row without a solution .* again with it once/,
  );
  const [free] = plan([{ ...people[0]!, solution: '' }], { accounts: new Map([[2, { kind: 'new', account }]]) });
  assert.deepEqual([free?.outcome, free?.contact?.kind, free?.member], ['todo', 'new', 'none']);
});

test('rows that are nobody are kept with their line and reason', () => {
  const table = readTable(
    'Name,Mail,Company\nJane Doe,mailto:JANE@acme.com,Acme\n,,Acme\nX,not a mail,Acme\nLonely,,\n',
  );
  const { people, bad } = readPeople(table, { fullName: 'Name', email: 'Mail', company: 'Company' });
  assert.deepEqual(
    people.map(({ line, firstName, lastName, email }) => [line, firstName, lastName, email]),
    [[2, 'Jane', 'Doe', 'jane@acme.com']],
  );
  assert.deepEqual(
    bad.map(({ line }) => line),
    [3, 4, 5],
  );
  assert.match(
    bad.map(({ reason }) => reason).join(' '),
    /names nobody.*is not an e-mail address.*where the person works/,
  );
});
