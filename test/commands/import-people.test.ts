import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import type { ImportResult } from '../../scripts/commands/waterfall/import-people.ts';
import { readTable } from '../../scripts/people/read-table.ts';
import { insert, stored } from './records.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';
import type { Ran } from './run-waterfall.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-people-'));
let running: RunningOrg;
let acme: string;
let deal: string;
let opportunity: Readonly<Record<string, string>>;

before(async () => {
  running = await startLocalOrg();
  await logIn(home, 'there', running.url, running.token);
  const deployed = await runWaterfall(['deploy', '-o', 'there', '--json'], home);
  assert.equal(deployed.code, 0, deployed.stdout);
  acme = insert(running, 'Account', [{ Name: 'Norvatis Robotics GmbH', Website: 'https://www.norvatis.example' }])[0]!;
  const { schema } = running.org;
  const recordType = schema
    .object('Opportunity')
    ?.recordTypes.find(({ developerName }) => developerName === 'Acquisition');
  const StageName = recordType?.picklistValues.get('StageName')?.values[0] ?? '';
  opportunity = { AccountId: acme, StageName, RecordTypeId: recordType?.id ?? '', CloseDate: '2030-12-31' };
  deal = insert(running, 'Opportunity', [
    { ...opportunity, Name: 'Norvatis Platform', Solution__c: 'Core Platform' },
    { ...opportunity, Name: 'Norvatis Analytics', Solution__c: 'Analytics' },
  ])[0]!;
  insert(running, 'Contact', [{ FirstName: 'Jane', LastName: 'Doe', Email: 'jane@norvatis.example', AccountId: acme }]);
});
after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

const LIST = [
  'Full Name;Job Title;Company Name;Company Website;Email;LinkedIn Contact Profile URL;Solution;Opportunity;Buying Role',
  'Jane Doe, MBA;VP Operations;Norvatis;;jane@norvatis.example;https://linkedin.com/in/jane;Core Platform;;',
  'Jörg van der Berg;Head of Data;Norvatis Robotics;norvatis.example;;;Analytics;;Champion',
  'Ada Lovelace;Engineer;Zyxtrion Fabrics Ltd;zyxtrion.example;ada@zyxtrion.example;;;Norvatis Platform;',
  'Bad Mail;Analyst;Norvatis;;bad mail;;;;',
  'No Group;Analyst;Norvatis;;group@norvatis.example;;Services;;',
  'Only Contact;Analyst;Norvatis;;only@norvatis.example;;;;',
  '',
].join('\n');
const list = (name: string, text: string | Uint8Array): string => {
  const file = path.join(home, name);
  writeFileSync(file, text);
  return file;
};
const waterfall = (...args: readonly string[]): Promise<Ran> =>
  runWaterfall(['import-people', ...args, '-o', 'there'], home);
async function json(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly result: ImportResult }> {
  const { code, stdout } = await waterfall(...args, '--json');
  return { code, result: (JSON.parse(stdout) as { readonly result: ImportResult }).result };
}
const count = (object: string): number => Number(stored(running, `SELECT COUNT(*) n FROM "${object}"`)[0]!['n']);
const mapping = path.join(home, 'people.yaml');

test('nobody is asked in a script: without --yes the guess is shown and not used', async () => {
  const file = list('nav.csv', LIST);
  const { code, stdout, stderr } = await waterfall(file, '--mapping', mapping);
  assert.equal(code, 1);
  assert.match(stdout, /job title[\s│]+Job Title/);
  assert.match(stdout, /role in the buying group[\s│]+Buying Role/);
  assert.match(stdout, /Left out: LinkedIn Contact Profile URL/);
  assert.match(stderr, /PEOPLE_MAPPING_UNCONFIRMED/);
  assert.match(stderr, /--yes/);
  assert.ok(!existsSync(mapping));
});

test('by itself it tells row by row what would happen, and keeps the mapping', async () => {
  const counted = [count('Contact'), count('Account'), count('OpportunityContactRole')];
  const { code, stdout } = await waterfall(path.join(home, 'nav.csv'), '--mapping', mapping, '--yes');
  assert.equal(code, 1, 'rows are refused');
  assert.match(stdout, /6 rows, 9 columns, separated by ";", utf-8/);
  assert.match(
    stdout,
    /Jane Doe[\s│]+Norvatis Robotics GmbH[\s│]+found[\s│]+Norvatis Platform as Decision Maker[\s│]+would join/,
  );
  assert.match(stdout, /Nothing has been changed: add --apply/);
  assert.deepEqual([count('Contact'), count('Account'), count('OpportunityContactRole')], counted);
  assert.match(readFileSync(mapping, 'utf8'), /^ {2}email: Email # e-mail address$/m);
});

test('apply does what it told, writes every outcome down, and doing it again changes nothing', async () => {
  const args = [path.join(home, 'nav.csv'), '--mapping', mapping, '--apply', '--create-accounts'];
  const { code, result } = await json(...args);
  assert.equal(code, 1);
  assert.deepEqual(
    result.rows.map(({ line, contact, buyingGroup, role, outcome }) => [line, contact, buyingGroup, role, outcome]),
    [
      [2, 'found', 'joins', 'Decision Maker', 'done'],
      [3, 'new', 'joins', 'Champion', 'done'],
      [4, 'new', 'joins', 'User', 'done'],
      [5, '', '', '', 'refused'],
      [6, '', '', '', 'refused'],
      [7, 'new', '', '', 'done'],
    ],
  );
  assert.match(result.rows[3]!.reason, /"bad mail" is not an e-mail address/);
  assert.match(result.rows[4]!.reason, /no open opportunity for Services/);
  assert.deepEqual(
    stored(
      running,
      `SELECT c."LastName" l, m."Role" r, m."Member_Status__c" s, m."Member_Source__c" q FROM "OpportunityContactRole" m JOIN "Contact" c ON c."Id" = m."ContactId" WHERE m."OpportunityId" = '${deal}' ORDER BY l`,
    ).map(({ l, r, s, q }) => [l, r, s, q]),
    [
      ['Doe', 'Decision Maker', 'Potential', 'Research'],
      ['Lovelace', 'User', 'Potential', 'Research'],
    ],
  );
  assert.deepEqual(
    stored(running, `SELECT "Name" n, "Website" w FROM "Account" WHERE "Id" <> '${acme}'`).map(({ n, w }) => [n, w]),
    [['Zyxtrion Fabrics Ltd', 'zyxtrion.example']],
  );
  const results = readTable(readFileSync(path.resolve(home, result.resultsFile), 'utf8'));
  assert.deepEqual(
    results.rows.map(({ values }) => values.at(-2)),
    ['done', 'done', 'done', 'refused', 'refused', 'done'],
  );
  const refused = readTable(readFileSync(path.resolve(home, result.refusedFile!), 'utf8'));
  assert.deepEqual(
    refused.rows.map(({ values }) => [values[0], values.at(-2)]),
    [
      ['Bad Mail', '5'],
      ['No Group', '6'],
    ],
  );

  const settled = [count('Contact'), count('Account'), count('OpportunityContactRole')];
  const again = await json(...args);
  assert.deepEqual(
    again.result.rows.map(({ outcome }) => outcome),
    ['unchanged', 'unchanged', 'unchanged', 'refused', 'refused', 'unchanged'],
  );
  assert.deepEqual([count('Contact'), count('Account'), count('OpportunityContactRole')], settled);
});

test('a company that is there by name, of another country and domain: its opportunity tells it, nothing doubles it', async () => {
  const rows = [
    `Ann,One,ann@abshire.example,Norvatis Robotics,US,,${deal}`,
    'Ben,Two,ben@abshire.example,Norvatis Robotics,US,,norvatis platform',
    'Cyd,Three,cyd@abshire.example,Norvatis Robotics,US,,',
    'Dan,Four,dan@abshire.example,Norvatis Robotix,US,,',
    `Eve,Five,eve@abshire.example,Norvatis Robotics,US,${acme},`,
  ];
  const file = list(
    'namesake.csv',
    `First Name,Last Name,Email,Company,Country,Account Id,Opportunity\n${rows.join('\n')}\n`,
  );
  const accounts = count('Account');
  const args = [file, '--mapping', path.join(home, 'namesake.yaml'), '--yes', '--apply'];
  const { code, result } = await json(...args, '--create-accounts');
  assert.equal(code, 1);
  assert.deepEqual(
    result.rows.map(({ outcome, accountId, buyingGroup }) => [outcome, accountId, buyingGroup]),
    [
      ['done', acme, 'joins'],
      ['done', acme, 'joins'],
      ['refused', '', ''],
      ['refused', '', ''],
      ['done', acme, ''],
    ],
  );
  for (const { reason } of result.rows.slice(2, 4)) {
    assert.match(reason, new RegExp(`may be Norvatis Robotics GmbH \\(${acme}.*Give the row an account id`));
    assert.doesNotMatch(reason, /--create-accounts/);
  }
  assert.equal(count('Account'), accounts);
});

test('a list of new companies: accounts and contacts first, into the groups once there are opportunities', async () => {
  const file = list('fresh.csv', 'First Name,Last Name,Email,Company\nFay,Six,fay@quombat.example,Quombat Mills\n');
  const args = [file, '--mapping', path.join(home, 'fresh.yaml'), '--yes', '--apply'];
  const early = await json(...args, '--create-accounts', '--solution', 'Analytics');
  assert.match(early.result.rows[0]!.reason, /There is no account Quombat Mills yet.*no --solution/);
  const { code, result } = await json(...args, '--create-accounts');
  assert.deepEqual([code, result.rows[0]?.outcome, result.rows[0]?.contact], [0, 'done', 'new']);
  assert.match(
    (await json(...args, '--solution', 'Analytics')).result.rows[0]!.reason,
    /Quombat Mills has no open opp/,
  );
  const AccountId = result.rows[0]!.accountId;
  const [opened] = insert(running, 'Opportunity', [
    { ...opportunity, AccountId, Name: 'Quombat Analytics', Solution__c: 'Analytics' },
  ]);
  const joined = (await json(...args, '--solution', 'Analytics')).result.rows[0];
  assert.deepEqual([joined?.outcome, joined?.contact, joined?.opportunityId], ['done', 'found', opened]);
});

test('the result file fills the columns of a row with a bad address; one that fits no columns is in its reason', async () => {
  const rows = [
    'Bad,Mail,notanaddress,Norvatis',
    ...['b', 'c', 'd', 'e'].map((name) => `X,${name},${name}@norvatis.example,Norvatis`),
    'Too,Many,a@norvatis.example,Norvatis,Berlin',
  ];
  const file = list('bad.csv', `First Name,Last Name,Email,Company\n${rows.join('\n')}\n`);
  const { result } = await json(file, '--mapping', path.join(home, 'bad.yaml'), '--yes');
  const { rows: written } = readTable(readFileSync(path.resolve(home, result.resultsFile), 'utf8'));
  assert.deepEqual(
    [written[0]!, written.at(-1)!].map(({ values }) => [...values.slice(0, 5), values.at(-2), values.at(-1)]),
    [
      ['2', 'Bad Mail', 'notanaddress', 'Norvatis', '', 'refused', '"notanaddress" is not an e-mail address.'],
      [
        ...['7', '', '', '', '', 'refused'],
        'The row has 5 values for 4 columns. It reads: Too | Many | a@norvatis.example | Norvatis | Berlin',
      ],
    ],
  );
});

test('what the org refuses is told in the row that needed it', async () => {
  const file = list(
    'long.csv',
    `Name,Email,Country,Company\nX Y,x@newcompany.example,${'Z'.repeat(90)},New Company Ltd\nA B,ab@norvatis.example,,Norvatis\n`,
  );
  const { code, result } = await json(
    file,
    '--mapping',
    path.join(home, 'long.yaml'),
    '--yes',
    '--apply',
    '--create-accounts',
  );
  assert.equal(code, 1);
  assert.deepEqual(
    result.rows.map(({ outcome }) => outcome),
    ['refused', 'done'],
  );
  assert.match(result.rows[0]!.reason, /STRING_TOO_LONG: BillingCountry/);
});

test('a list for one buying group names it once, in whatever encoding', async () => {
  const text = Buffer.from('﻿First Name\tLast Name\tE-Mail\r\nZoë\tÅngström\tzoe@norvatis.example\r\n', 'utf16le');
  const file = list('excel.txt', text);
  const { code, result } = await json(
    file,
    '--mapping',
    path.join(home, 'excel.yaml'),
    '--yes',
    '--apply',
    '--opportunity',
    deal,
  );
  assert.equal(code, 0);
  assert.deepEqual(
    [result.rows[0]?.name, result.rows[0]?.opportunityId, result.rows[0]?.outcome],
    ['Zoë Ångström', deal, 'done'],
  );
});

test('a mapping that does not fit the list, and a file that is no list', async () => {
  const other = list('other.csv', 'Mail,Surname\na@b.example,C\n');
  const misfit = await waterfall(other, '--mapping', mapping);
  assert.equal(misfit.code, 1);
  assert.match(misfit.stderr, /no column "Email", which email is mapped to/);
  writeFileSync(path.join(home, 'damaged.yaml'), 'columns:\n  mail: X\n');
  assert.match((await waterfall(other, '--mapping', path.join(home, 'damaged.yaml'))).stderr, /PEOPLE_MAPPING/);
  assert.match((await waterfall(list('empty.csv', 'x\n'))).stderr, /PEOPLE_FILE/);
  assert.match((await waterfall(path.join(home, 'none.csv'))).stderr, /\(FILE\)/);
});
