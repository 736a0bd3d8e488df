import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountIndexBuilder } from '../../scripts/matching/account-index.ts';
import { leadMatcher } from '../../scripts/matching/match-leads.ts';
import type { MatchOptions } from '../../scripts/matching/match-leads.ts';
import type { LeadMatch, MatchAccount, MatchLead } from '../../scripts/matching/types.ts';

const account = (id: string, name: string, more: Partial<MatchAccount> = {}): MatchAccount => ({
  id,
  name,
  website: '',
  country: '',
  parentId: '',
  ownerSet: true,
  lastActivity: '',
  employees: 0,
  revenue: 0,
  ...more,
});
const FILLERS = [
  'Zyntra',
  'Quorvex',
  'Mildano',
  'Perukal',
  'Ostwinga',
  'Tellumar',
  'Brandovik',
  'Kestorin',
  'Hallovar',
  'Jundika',
];

interface Known {
  readonly contacts?: readonly (readonly [account: string, email: string])[];
  readonly open?: readonly string[];
  readonly options?: MatchOptions;
}
function match(
  accounts: readonly MatchAccount[],
  lead: Partial<MatchLead>,
  { contacts = [], open = [], options }: Known = {},
): LeadMatch {
  const builder = accountIndexBuilder(options?.publicMailDomains);
  for (const each of accounts) builder.account(each);
  // Others, so that a word can be rare.
  for (const [index, name] of FILLERS.entries()) builder.account(account(`filler${index}`, `${name} Ltd`));
  for (const [id, email] of contacts) builder.contact(id, email);
  for (const id of open) builder.openOpportunity(id);
  return leadMatcher(
    builder.build(),
    options,
  )({ id: 'lead', company: '', email: '', website: '', country: '', ...lead });
}

test('an address at the website says more than a name', () => {
  const accounts = [
    account('a', 'Norvatis Robotics', { website: 'norvatis.com' }),
    account('b', 'Bellwether', { website: 'bellwether.com' }),
  ];
  const found = match(accounts, { company: 'Bellwether', email: 'jo@eu.norvatis.com' });
  assert.equal(found.account?.id, 'a');
  assert.match(found.reasons.join(), /e-mail domain norvatis.com is the account's website/);
});

test('a public address proves nothing, and the name alone still does', () => {
  const accounts = [account('a', 'Norvatis Robotics GmbH', { website: 'gmail.com' })];
  assert.equal(match(accounts, { company: 'Somebody Else', email: 'jo@gmail.com' }).decision, 'none');
  const found = match(accounts, { company: 'NORVATIS ROBOTICS', email: 'jo@gmail.com' });
  assert.deepEqual([found.decision, found.account?.id], ['match', 'a']);
  const house = { publicMailDomains: new Set(['norvatis.com']) };
  const own = [account('a', 'Norvatis', { website: 'norvatis.com' })];
  assert.equal(match(own, { company: 'Other', email: 'jo@norvatis.com' }, { options: house }).decision, 'none');
});

test('typing errors, abbreviations and order of words are seen through', () => {
  const accounts = [account('a', 'Norvatis Robotics Manufacturing Inc.')];
  for (const company of [
    'Norvatsi Robotics Mfg',
    'robotics norvatis manufacturing',
    'NorvatisRobotics Manufacturing',
    'Norvatis Robotics Manufacturng Icn.',
  ])
    assert.deepEqual(
      [match(accounts, { company }).account?.id, match(accounts, { company }).decision !== 'none'],
      ['a', true],
      company,
    );
});

test("a contact's address finds the account whatever the company is called", () => {
  const accounts = [account('a', 'Norvatis'), account('b', 'Bellwether')];
  const found = match(accounts, { company: 'n/a', email: 'Jo@Gmail.com' }, { contacts: [['b', 'jo@gmail.com']] });
  assert.deepEqual([found.decision, found.account?.id], ['match', 'b']);
});

test("addresses of an account's contacts stand in for a website", () => {
  const contacts = [
    ['a', 'x@norvatis.io'],
    ['a', 'y@norvatis.io'],
  ] as const;
  const found = match([account('a', 'Norvatis')], { company: 'Norvatis Inc', email: 'z@norvatis.io' }, { contacts });
  assert.equal(found.decision, 'match');
  assert.match(found.reasons.join(), /2 contacts of this account have addresses at the e-mail domain norvatis.io/);
});

test('a daughter gets the account of its country, and the head gets the rest', () => {
  const accounts = [
    account('head', 'Norvatis Inc', { website: 'norvatis.com', country: 'USA' }),
    account('france', 'Norvatis France SAS', { website: 'norvatis.com', country: 'France', parentId: 'head' }),
  ];
  assert.equal(
    match(accounts, { company: 'Norvatis', email: 'a@norvatis.com', country: 'France' }).account?.id,
    'france',
  );
  assert.equal(match(accounts, { company: 'Norvatis France', email: 'a@norvatis.com' }).account?.id, 'france');
  assert.equal(match(accounts, { company: 'Norvatis', email: 'a@norvatis.com' }).account?.id, 'head');
  const onlyHead = match(accounts.slice(0, 1), { company: 'Norvatis Deutschland GmbH', email: 'a@norvatis.com' });
  assert.deepEqual([onlyHead.decision, onlyHead.account?.id], ['match', 'head']);
});

test('two companies of one name are told apart by country, or left to a person', () => {
  const accounts = [
    account('pl', 'Bellwether Sp. z o.o.', { country: 'Poland' }),
    account('es', 'Bellwether S.L.', { country: 'Spain' }),
  ];
  assert.equal(match(accounts, { company: 'Bellwether', country: 'España' }).account?.id, 'es');
  const open = match(accounts, { company: 'Bellwether', email: 'a@gmail.com' });
  assert.equal(open.decision, 'review');
  assert.match(open.reasons.join(), /may be another company/);
  assert.equal(open.others.length, 1);
});

test('of one company held twice the tie-breakers choose, in their order', () => {
  const twice = (first: Partial<MatchAccount>, second: Partial<MatchAccount>): readonly MatchAccount[] => [
    account('one', 'Norvatis', { website: 'norvatis.com', ...first }),
    account('two', 'Norvatis', { website: 'norvatis.com', ...second }),
  ];
  const lead = { company: 'Norvatis', email: 'a@norvatis.com' };
  const chosen = (accounts: readonly MatchAccount[], known?: Known): string | undefined => {
    const found = match(accounts, lead, known);
    assert.equal(found.decision, 'match');
    return found.account?.id;
  };
  assert.equal(chosen(twice({ ownerSet: false, employees: 9 }, {}), { open: ['one'] }), 'two', 'owner set');
  assert.equal(chosen(twice({ lastActivity: '2026-01-01' }, {}), { open: ['two'] }), 'two', 'open opportunity');
  assert.equal(chosen(twice({ employees: 9 }, { lastActivity: '2026-01-01' })), 'two', 'most recent activity');
  assert.equal(chosen(twice({ employees: 1 }, { employees: 2 })), 'two', 'biggest');
  assert.equal(chosen(twice({}, {})), 'one', 'always the same one');
  const biggestFirst = { options: { tieBreakers: ['biggest', 'ownerSet'] } } as const;
  assert.equal(chosen(twice({ ownerSet: false, employees: 2 }, { employees: 1 }), biggestFirst), 'one');
});

test('a name that many accounts have is left to a person, whatever the tie-breakers say', () => {
  const many = Array.from({ length: 8 }, (_, at) => account(`m${at}`, 'Bellwether', { employees: at }));
  assert.equal(match(many.slice(0, 2), { company: 'Bellwether' }).decision, 'match');
  const found = match(many, { company: 'Bellwether' });
  assert.equal(found.decision, 'review');
  assert.match(found.reasons.join(), /8 accounts have this name/);
});

test('strangers are nobody', () => {
  const accounts = [account('a', 'Norvatis Robotics', { website: 'norvatis.com', country: 'US' })];
  for (const lead of [
    { company: 'Norvex Textiles', email: 'a@norvex.com' },
    { company: 'Self-employed', email: 'a@gmail.com' },
    { company: 'Robotics', email: 'a@gmail.com' },
    { company: '', email: '' },
  ])
    assert.equal(match(accounts, lead).decision, 'none', lead.company);
});
