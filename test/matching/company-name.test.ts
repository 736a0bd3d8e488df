import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCompanyNames } from '../../scripts/matching/company-name.ts';
import { TRAILING_FORMS } from '../../scripts/matching/legal-forms.ts';

const core = (name: string): string =>
  parseCompanyNames(name)
    .map(({ tokens }) => tokens.join(' '))
    .join(' | ');

test('legal forms of many countries, noise and countries are no part of a name', () => {
  for (const [name, expected] of [
    ['Acme Deutschland GmbH & Co. KG', 'acme'],
    ['ACME (UK) Ltd.', 'acme'],
    ['Kraków Soft sp. z o.o.', 'krakow soft'],
    ['Kraków Soft Sp.z o.o.', 'krakow soft'],
    ['Telefónica S.A. de C.V.', 'telefonica'],
    ['PT Astra International Tbk', 'astra'],
    ['Volvo Personvagnar AB (publ)', 'volvo personvagnar'],
    ['株式会社トヨタ', 'トヨタ'],
    ['삼성전자 주식회사', '삼성전자'],
    ['The Orbis Group Holdings, Inc.', 'orbis'],
    ['Orbis Technologies', 'orbis technology'],
    ['Orbis Tech', 'orbis technology'],
    ['Orbis Middle East', 'orbis'],
  ])
    assert.equal(core(name!), expected, name);
});

test('a place that belongs to the name stays in it', () => {
  for (const [name, expected] of [
    ['Bank of America', 'bank america'],
    ['Air France', 'air france'],
    ['Deutschland GmbH', 'deutschland'],
    ['The Group', 'the group'],
  ])
    assert.equal(core(name!), expected, name);
});

test('a second name is a name of its own, and no name is none', () => {
  assert.equal(core('Foo (formerly Bar Inc.)'), 'foo | bar');
  assert.equal(core('Foo, a Bar company'), 'foo | bar');
  assert.equal(core('Foo Ltd d/b/a Bar'), 'foo | bar');
  for (const none of ['n/a', 'Self-employed', '[not provided]', '-', '', '  '])
    assert.deepEqual(parseCompanyNames(none), [], none);
});

test('what a name says of its country', () => {
  const [daughter] = parseCompanyNames('Acme France S.A.S.');
  assert.deepEqual([daughter?.country, daughter?.daughter], ['FR', true]);
  const [region] = parseCompanyNames('Acme EMEA');
  assert.deepEqual([region?.country, region?.daughter], [null, true]);
  assert.deepEqual(parseCompanyNames('Acme Oy')[0]?.formCountries, ['FI']);
  assert.deepEqual(parseCompanyNames('Acme SA')[0]?.formCountries, [], 'registered in too many countries to tell');
});

test('whatever legal form a name has, it is the same name; a name never becomes empty', () => {
  const forms = [...TRAILING_FORMS];
  fc.assert(
    fc.property(
      fc.stringMatching(/^[b-d]{2}[aeiou][f-h]{3,8}$/),
      fc.constantFrom(...forms),
      fc.boolean(),
      (name, form, capitals) => {
        const full = `${name} ${form}`;
        assert.equal(core(capitals ? full.toUpperCase() : full), core(name));
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      for (const { tokens, compact } of parseCompanyNames(name)) assert.ok(tokens.length > 0 && compact !== '');
    }),
  );
});
