import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanName, splitName } from '../../scripts/people/person-name.ts';
import { roleFromTitle } from '../../scripts/people/role-from-title.ts';

test('names as people write them into profiles', () => {
  for (const [full, firstName, lastName] of [
    ['Jane Doe', 'Jane', 'Doe'],
    ['Jane Q. Doe, MBA, PMP', 'Jane Q.', 'Doe'],
    ['Doe, Jane', 'Jane', 'Doe'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Maria de la Cruz', 'Maria', 'de la Cruz'],
    ['Dr. Ada Lovelace 🚀', 'Ada', 'Lovelace'],
    ['Ada (Augusta) Lovelace | Hiring!', 'Ada', 'Lovelace'],
    ['Plato', '', 'Plato'],
    ['', '', ''],
  ])
    assert.deepEqual(splitName(full!), { firstName, lastName }, full);
});

test('a name that is clean stays as it is, and none is lost', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{2,8}x$/);
  fc.assert(
    fc.property(word, word, (first, last) => {
      assert.deepEqual(splitName(`${first} ${last}`), { firstName: first, lastName: last });
      assert.equal(cleanName(cleanName(`${first} ${last}`)), `${first} ${last}`);
    }),
  );
});

const role = (name: string, titleWords: readonly string[]) => ({ name, description: '', titleWords, source: '' });
const groups = {
  roles: [role('Decision Maker', ['chief', 'vice president', 'cto']), role('Champion', ['head', 'director'])],
  defaultRole: null,
};

test('a title suggests the first role whose words stand in it, whole', () => {
  assert.equal(roleFromTitle('Senior Vice-President, Sales', groups), 'Decision Maker');
  assert.equal(roleFromTitle('Director (acting CTO)', groups), 'Decision Maker');
  assert.equal(roleFromTitle('Director of IT', groups), 'Champion');
  assert.equal(roleFromTitle('Mischief Officer', groups), null);
  assert.equal(roleFromTitle('', { ...groups, defaultRole: 'Influencer' }), 'Influencer');
});
