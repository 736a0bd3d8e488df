/** The keys that the org's flows work out are those of backlog matching. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { ACCOUNT_FIELD, LEAD_FIELD } from '../../../../scripts/compile/names.ts';
import { LEGAL_FORMS } from '../../../../scripts/matching/legal-forms.ts';
import {
  BLANKED_CHARACTERS,
  REMOVED_CHARACTERS,
  simpleCompanyKey,
  simpleDomain,
} from '../../../../scripts/matching/simple-keys.ts';
import { defaultModel } from '../default-model.ts';
import { openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

const NAMES = [
  'Acme, Inc.',
  'ACME Corporation',
  "O'Neil & Sons Ltd",
  'Müller GmbH & Co. KG',
  'Foo-Bar (Holding) S.A.',
  'The  Company',
  'Company',
  'Co',
  'zinc',
  'Big Pty. Ltd.',
  'A & B',
  'R&D Labs S.à r.l.',
  'Société Générale',
  '"Quoted" \\ Name / SAS',
  '...',
  'Löwe! Möbel? *AG*',
  'x limited company',
];
const SITES = [
  'https://www.Acme.com/about?x=1',
  'http://acme.com:8080',
  'WWW.ACME.CO.UK',
  'acme.com#top',
  'user@acme.com',
  'ftp://user:pw@files.acme.com/x',
  'www.www.com',
  'acme',
  'acme.com?www.other.com',
  'https://acme.com/redirect?to=http://other.com',
];

/** Names as companies have them: words, marks and legal forms in all places; not blank, since a name is required. */
const anyName = fc
  .array(
    fc.oneof(
      fc.constantFrom(...LEGAL_FORMS, 'Acme', 'Zürich', 'global', 'Systems', 'inc.', '&', '  ', ' '),
      fc.constantFrom(...REMOVED_CHARACTERS, ...BLANKED_CHARACTERS.filter((mark) => !/\s/.test(mark))),
      fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', 'b', 'C', 'D', ' ', '0', '1') }),
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((parts) => parts.join('').trim())
  .filter((name) => name !== '' && name.length <= 80);

/** What a blank field holds. */
const orNull = (key: string): string | null => (key === '' ? null : key);

describe('match keys in a local org', () => {
  let leads: LeadOrg;
  before(async () => (leads = await openLeadOrg(await defaultModel())));
  after(() => leads.close());

  it('are those of backlog matching, for accounts', async () => {
    const names = [...NAMES, ...fc.sample(anyName, { numRuns: 400, seed: 7 })];
    const ids = await leads.createAll(
      'Account',
      names.map((Name, index) => ({ Name, Website: SITES[index % SITES.length]! })),
    );
    const rows = await leads.query(
      `SELECT Id, Name, Website, ${ACCOUNT_FIELD.companyKey}, ${ACCOUNT_FIELD.websiteDomain} FROM Account`,
    );
    const byId = new Map(rows.map((row) => [row.Id, row]));
    for (const id of ids) {
      const row = byId.get(id)!;
      assert.equal(row[ACCOUNT_FIELD.companyKey], orNull(simpleCompanyKey(String(row.Name))), String(row.Name));
      assert.equal(row[ACCOUNT_FIELD.websiteDomain], orNull(simpleDomain(String(row.Website))), String(row.Website));
    }
  });

  it('are those of backlog matching, for leads; public mail providers give no domain', async () => {
    const id = await leads.create('Lead', {
      LastName: 'Doe',
      Company: 'Foo & Bar, Inc.',
      Email: 'jane@Mail.Foo-Bar.com',
      Website: 'https://www.foobar.com/x',
    });
    const keys = `${LEAD_FIELD.companyKey}, ${LEAD_FIELD.emailDomain}, ${LEAD_FIELD.websiteDomain}`;
    assert.deepEqual(await leads.one(`SELECT ${keys} FROM Lead WHERE Id = '${id}'`), {
      [LEAD_FIELD.companyKey]: 'foo and bar',
      [LEAD_FIELD.emailDomain]: 'mail.foo-bar.com',
      [LEAD_FIELD.websiteDomain]: 'foobar.com',
    });
    for (const domain of ['gmail.com', 'GMX.de', 'btinternet.com']) {
      await leads.update('Lead', { Id: id, Email: `jane@${domain}` });
      const row = await leads.one(`SELECT ${LEAD_FIELD.emailDomain} FROM Lead WHERE Id = '${id}'`);
      assert.equal(row[LEAD_FIELD.emailDomain], null, domain);
    }
    await leads.update('Lead', { Id: id, Email: 'jane@mail.com.example', Website: null });
    assert.deepEqual(
      await leads.one(`SELECT ${LEAD_FIELD.emailDomain}, ${LEAD_FIELD.websiteDomain} FROM Lead WHERE Id = '${id}'`),
      {
        [LEAD_FIELD.emailDomain]: 'mail.com.example',
        [LEAD_FIELD.websiteDomain]: null,
      },
    );
  });

  it('follow the name and the website', async () => {
    const id = await leads.create('Account', { Name: 'Before Ltd', Website: 'before.example' });
    await leads.update('Account', { Id: id, Name: 'After GmbH', Website: 'www.after.example' });
    assert.deepEqual(
      await leads.one(
        `SELECT ${ACCOUNT_FIELD.companyKey}, ${ACCOUNT_FIELD.websiteDomain} FROM Account WHERE Id = '${id}'`,
      ),
      { [ACCOUNT_FIELD.companyKey]: 'after', [ACCOUNT_FIELD.websiteDomain]: 'after.example' },
    );
  });
});

describe('where one thing is sold', () => {
  let leads: LeadOrg;
  before(async () => {
    const standard = await defaultModel();
    const [only] = standard.solutions;
    leads = await openLeadOrg({
      ...standard,
      solutions: [{ ...only!, sellsNext: [] }],
      leads: { ...standard.leads!, convert: { when: 'never' } },
    });
  });
  after(() => leads.close());

  it('a lead that does not say what it is interested in is interested in that', async () => {
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'Acme' });
    const row = await leads.one(`SELECT ${LEAD_FIELD.solution} FROM Lead WHERE Id = '${id}'`);
    assert.equal(row[LEAD_FIELD.solution], 'Core Platform');
  });
});
