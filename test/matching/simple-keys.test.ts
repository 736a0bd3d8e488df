import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LEGAL_FORMS } from '../../scripts/matching/legal-forms.ts';
import { KEY_LENGTH, simpleCompanyKey, simpleDomain } from '../../scripts/matching/simple-keys.ts';

test('a company key is the name without punctuation, capitals and its legal form', () => {
  for (const [name, key] of [
    ['Acme, Inc.', 'acme'],
    ['ACME GmbH', 'acme'],
    ['Smith & Sons Ltd', 'smith and sons'],
    ["O'Neil S.A.", 'oneil'],
    ['Data-Dog   (Europe) B.V.', 'data dog europe'],
    ['Wombat Pty. Ltd.', 'wombat'],
    ['Müller AG', 'müller'],
    ['Acme GmbH & Co. KG', 'acme gmbh and co'],
    ['Inc.', 'inc'],
    ['Company', 'company'],
    ['...', ''],
    ['', ''],
  ])
    assert.equal(simpleCompanyKey(name!), key, name);
});

test('a domain is the host alone', () => {
  for (const [address, domain] of [
    ['https://www.acme.com/about?x=1#y', 'acme.com'],
    ['HTTP://Shop.ACME.co.uk:8080/', 'shop.acme.co.uk'],
    ['www.acme.com', 'acme.com'],
    ['jane.doe@mail.acme.com', 'mail.acme.com'],
    ['https://user:secret@acme.com/', 'acme.com'],
    ['acme.com/path@home', 'acme.com'],
    ['www.www.de', 'www.de'],
    ['', ''],
  ])
    assert.equal(simpleDomain(address!), domain, address);
});

test('keys are stable, short enough and never lose the whole name to a legal form', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (name) => {
      const key = simpleCompanyKey(name);
      assert.ok(key.length <= KEY_LENGTH);
      assert.doesNotMatch(key, / {2}|^ | $|[.,'"()&]/);
      assert.equal(key === '', simpleCompanyKey(`${name} Inc`) === '' || simpleCompanyKey(name) === '');
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,12}x$/), fc.constantFrom(...LEGAL_FORMS), (name, form) => {
      assert.equal(simpleCompanyKey(`${name} ${form}`), name);
    }),
  );
  fc.assert(fc.property(fc.webUrl(), (url) => assert.equal(simpleDomain(url), simpleDomain(simpleDomain(url)))));
});
