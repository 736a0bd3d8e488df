import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryCode, countryOfHost, placeAtEnd } from '../../scripts/matching/countries.ts';
import { companyDomain } from '../../scripts/matching/domains.ts';

test('a domain is what was registered, by the public suffix list', () => {
  for (const [address, domain] of [
    ['https://www.acme.co.uk/contact', 'acme.co.uk'],
    ['jane@mail.eu.acme.com.br', 'acme.com.br'],
    ['acme.github.io', 'acme.github.io'],
    ['sub.acme.example', 'acme.example'],
  ])
    assert.equal(companyDomain(address!)?.domain, domain, address);
});

test("what belongs to everybody is nobody's", () => {
  for (const address of [
    'jane@gmail.com',
    'jane@GMX.de',
    'jane@hey.com',
    'https://www.linkedin.com/company/acme',
    'localhost',
    '10.0.0.1',
    'co.uk',
    '',
  ])
    assert.equal(companyDomain(address), null, address);
  assert.equal(companyDomain('jane@house-mail.example', new Set(['house-mail.example'])), null);
});

test('countries are known in many languages and as codes', () => {
  for (const [text, code] of [
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['USA', 'US'],
    ['U.K.', 'GB'],
    ['españa', 'ES'],
    ['ch', 'CH'],
    ['Polska', 'PL'],
  ])
    assert.equal(countryCode(text!), code, text);
  assert.equal(countryCode('Atlantis'), null);
  assert.equal(countryCode(''), null);
  assert.equal(countryOfHost('acme.co.uk'), 'GB');
  assert.equal(countryOfHost('acme.io'), null);
  assert.deepEqual(placeAtEnd(['acme', 'united', 'kingdom']), { length: 2, country: 'GB' });
  assert.equal(placeAtEnd(['acme', 'co']), null);
});
