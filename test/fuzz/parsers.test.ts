import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { badBytes, badTexts, SEED } from './bad-input.ts';
import { readAll, shown } from './read-all.ts';

/** Deeper than any stack that a reader should trust. */
const DEEP = 20_000;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const root = join(import.meta.dirname, '../..');
const source = (path: string): string => readFileSync(join(root, path), 'utf8');

const FIELD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><label>A &amp; B</label><length>40</length><type>Text</type><valueSet><restricted>true</restricted></valueSet></CustomField>';
const PACKAGE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>*</members><name>CustomField</name></types><version>66.0</version></Package>';
const XML_WORDS = [
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '&#0;',
  '&lol;',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  'xsi:nil="true"',
  'xmlns="x"',
  '<?x',
  '?>',
];
const ENVELOPE =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>1</sessionId></SessionHeader></e:Header><e:Body><create><sObjects><type>Account</type><Name>A</Name></sObjects></create></e:Body></e:Envelope>';
const PLAN = JSON.stringify({
  version: 1,
  orgId: '00D000000000001AAA',
  snapshotHash: 'x',
  steps: [{ id: 'a', do: {}, undo: {} }],
  findings: [],
});
const MAPPING =
  'org: 00D000000000001AAA\nstages:\n  Discovery: { adopt: Qualification }\nrecordTypes:\n  acquisition: { adopt: New_Business }\nassign: nobody\n';
const MULTIPART =
  '--B\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n{"deployOptions":{}}\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK\r\n--B--\r\n';
const zip = zipSync({ 'package.xml': bytes(PACKAGE), 'objects/Account.object': bytes(FIELD) });
const stored = zipSync({ 'package.xml': [bytes(PACKAGE), { level: 0 }], 'a/': new Uint8Array() });

const SOQL = [
  "SELECT Id, Name, (SELECT Id FROM Contacts WHERE LastName LIKE 'a%' ORDER BY Name NULLS LAST LIMIT 5) FROM Account WHERE (Name = 'x' OR NOT Industry IN ('a', 'b')) AND CreatedDate >= LAST_N_DAYS:30 ORDER BY Name DESC LIMIT 10 OFFSET 2",
  'SELECT StageName, COUNT(Id) n, SUM(Amount) FROM Opportunity WHERE CloseDate = THIS_FISCAL_QUARTER AND Owner.Name != null GROUP BY StageName HAVING COUNT(Id) > 1 ORDER BY COUNT(Id)',
  "SELECT Id, toLabel(StageName), Account.Owner.Profile.Name FROM Opportunity WHERE AccountId IN (SELECT AccountId FROM Contact WHERE Email = 'a\\'b') FOR VIEW",
  'SELECT FIELDS(STANDARD) FROM Lead WHERE CALENDAR_YEAR(convertTimezone(CreatedDate)) = 2026 LIMIT 200',
];
const SOQL_WORDS =
  "SELECT FROM WHERE AND OR NOT IN LIKE INCLUDES NULLS FIRST LAST ORDER BY GROUP HAVING LIMIT OFFSET ( ) , = != <= >= . : Id Name Account Contacts Amount null TRUE 'x' 1 -1 1e9 2026-01-01 2026-01-01T00:00:00Z TODAY LAST_N_DAYS:5 COUNT() COUNT(Id) SUM( FIELDS(ALL) TYPEOF WHEN END USING SCOPE WITH FOR UPDATE ALL ROWS ROLLUP( FORMAT( \\u12".split(
    ' ',
  );
const FORMULAS = [
  'IF(AND(ISPICKVAL(StageName, "Closed Won"), Amount > 1000.5), TEXT(CloseDate + 30) & "x", CASE(Type, "a", 1, "b", 2, 0))',
  'ADDMONTHS(DATE(YEAR(TODAY()), 1, 31), 1) - PRIORVALUE(CloseDate) /* c */ <> 3 ^ -2',
];
const FORMULA_WORDS =
  'IF( AND( OR( NOT( CASE( TEXT( ISBLANK( ) ( , + - * / ^ & && || = == <> != < > <= >= "a" 1 .5 1e5 TRUE NULL Amount Account.Name $User.Id $Record__Prior.X /* */ ! \\'.split(
    ' ',
  );

interface Case {
  readonly target: string;
  readonly runs: number;
  readonly texts?: fc.Arbitrary<string>;
  readonly bytes?: fc.Arbitrary<Uint8Array>;
  /** Inputs that random ones would hardly ever be. */
  readonly more?: readonly (string | Uint8Array)[];
}

const CASES: readonly Case[] = [
  {
    target: 'soql',
    runs: 1_500,
    texts: badTexts(SOQL, SOQL_WORDS),
    more: [
      `SELECT Id FROM Account WHERE ${'('.repeat(DEEP)}Name = 'a'${')'.repeat(DEEP)}`,
      `SELECT Id FROM Account WHERE ${'NOT '.repeat(DEEP)}Name = 'a'`,
      `SELECT ${'(SELECT '.repeat(2_000)}Id FROM Account`,
      `SELECT Id FROM Account WHERE ${"Name = 'a' OR ".repeat(4_000)}Name = 'b'`,
      `SELECT ${'Name, '.repeat(10_000)}Id FROM Account`,
      `SELECT Id FROM Account WHERE Name LIKE '${'%_'.repeat(5_000)}'`,
      `SELECT ${'Parent.'.repeat(5_000)}Name FROM Account`,
      `SELECT ${'FORMAT('.repeat(DEEP)}Name FROM Account`,
    ],
  },
  {
    target: 'formula',
    runs: 2_000,
    texts: badTexts(FORMULAS, FORMULA_WORDS),
    more: [
      '('.repeat(DEEP),
      `${'IF(TRUE,'.repeat(DEEP)}1`,
      '-'.repeat(DEEP),
      `${'1+'.repeat(DEEP)}1`,
      `${'!'.repeat(DEEP)}TRUE`,
      `"${'a'.repeat(100_000)}`,
      '/*'.repeat(DEEP),
      `${'2^'.repeat(DEEP)}2`,
    ],
  },
  {
    target: 'metadata XML',
    runs: 1_200,
    texts: badTexts(
      [FIELD, PACKAGE, source('force-app/waterfall/main/default/flows/Waterfall_Stage_Stamping.flow-meta.xml')],
      XML_WORDS,
    ),
    more: [
      '<a>'.repeat(DEEP),
      `<!DOCTYPE a [<!ENTITY a "a">${'<!ENTITY b "&a;&a;&a;&a;">'.repeat(50)}]><a>&b;</a>`,
      `<a ${'b="c" '.repeat(5_000)}/>`,
    ],
  },
  {
    target: 'metadata files of the product',
    runs: 1_000,
    texts: badTexts([FIELD, PACKAGE], XML_WORDS),
    more: [`${'<a>'.repeat(3_000)}${'</a>'.repeat(3_000)}`],
  },
  { target: 'deploy zip', runs: 120, bytes: badBytes([zip, stored]) },
  { target: 'retrieved zip', runs: 1_500, bytes: badBytes([zip, stored]) },
  {
    target: 'CSV',
    runs: 800,
    texts: badTexts(
      ['Name,Site\n"a ""b""",c\nd,"e\nf"\n', 'Id\n001000000000001AAA\n'],
      [',', '"', '""', '\n', '\r\n', '\t', '|', '#N/A'],
    ),
    more: [`Name\n"${'x'.repeat(500_000)}`, `${','.repeat(20_000)}\n`],
  },
  {
    target: 'SOAP envelope',
    runs: 1_200,
    texts: badTexts([ENVELOPE], XML_WORDS),
    more: [`${ENVELOPE.slice(0, 60)}${'<a>'.repeat(DEEP)}`, `${'<a>'.repeat(DEEP)}${'</a>'.repeat(DEEP)}`],
  },
  { target: 'multipart', runs: 2_000, texts: badTexts([MULTIPART], ['--B', '--B--', '\r\n', '\r\n\r\n', 'name="']) },
  {
    target: 'model',
    runs: 120,
    texts: badTexts(
      [source('config/waterfall.yaml'), 'name: x\nstages: {}\n'],
      ['- ', ': ', '&a ', '*a ', '<<: ', '!!js ', '|', '>', '{', '}', '[', ']', '  ', '\t', 'null', '~', '1e999'],
    ),
    more: [
      'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d]\n',
      '['.repeat(3_000),
      '- '.repeat(3_000),
    ],
  },
  {
    target: 'mapping',
    runs: 800,
    texts: badTexts([MAPPING], ['- ', ': ', '&a ', '*a ', '{', '}', 'adopt', '~', '1']),
    more: ['['.repeat(3_000), '&a [*a]'],
  },
  {
    target: 'plan',
    runs: 600,
    texts: badTexts([PLAN], ['{', '}', '[', ']', ',', ':', 'null', '"steps"', '1e999']),
    more: ['['.repeat(50_000), 'null', '[]', '{}'],
  },
];

for (const { target, runs, texts, bytes: binary, more = [] } of CASES) {
  test(`${target}: any input is read or refused in words, at once`, async () => {
    const sampled = texts
      ? fc.sample(texts, { seed: SEED, numRuns: runs }).map(bytes)
      : fc.sample(binary!, { seed: SEED, numRuns: runs });
    const inputs = [...more.map((one) => (typeof one === 'string' ? bytes(one) : one)), ...sampled];
    const defects = await readAll(target, inputs);
    const told = defects.slice(0, 3).map(({ index, error }) => `${shown(inputs[index])}\n${error}`);
    assert.equal(defects.length, 0, `${defects.length} of ${inputs.length} inputs:\n${told.join('\n\n')}`);
  });
}
