import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeadMatch } from '../../scripts/matching/types.ts';
import { accountOf } from '../../scripts/people/find-account.ts';
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

test('where a person works', () => {
  const match = (decision: LeadMatch['decision']): LeadMatch => ({
    leadId: '',
    decision,
    account: ACME,
    score: 60,
    reasons: ['names alike'],
    others: [],
  });
  const clues = {
    accounts: new Map([[ACME.id.slice(0, 15), ACME]]),
    contacts: [],
    opportunity: null,
    match: match('none'),
    createAccounts: false,
  };
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
