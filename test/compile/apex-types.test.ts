/** Whether the types of the project's Apex fit, against the platform's types and the objects and labels of the project. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LEAD_CONVERSION_CLASS, LEAD_CONVERSION_TEST_CLASS } from '../../scripts/compile/names.ts';
import { OLDEST_JAVA, checkApex, javaVersion, prepareApexChecker } from './apex-checker.ts';
import { PROJECT } from './models.ts';

const CLASSES = 'force-app/main/default/classes';
const version = javaVersion();
const skip =
  version === null || version < OLDEST_JAVA ? `the checker needs Java ${String(OLDEST_JAVA)} or newer` : false;

/** What a compiler refuses, and the words that say so. */
const MISTAKES: readonly (readonly [what: string, name: string, from: string, to: string, says: RegExp])[] = [
  ['a method that is not there', LEAD_CONVERSION_CLASS, 'setConvertedStatus', 'setConvertedState', /setConvertedState/],
  ['a constant that is not there', LEAD_CONVERSION_CLASS, 'AccessLevel.USER_MODE', 'AccessLevel.USER', /'USER'/],
  [
    'a value of another type',
    LEAD_CONVERSION_CLASS,
    'Boolean isConverted = false',
    'Boolean isConverted = 5',
    /Integer/,
  ],
  [
    'a field that is not there',
    LEAD_CONVERSION_TEST_CLASS,
    'requests[2].person = null',
    'requests[2].persons = null',
    /persons/,
  ],
  ['an argument of another type', LEAD_CONVERSION_TEST_CLASS, 'newLeads(3)', "newLeads('3')", /newLeads/],
];

describe('types of Apex', () => {
  let folder: string;
  const checker = () => path.join(folder, 'checker');
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'waterfall-apex-types-'));
    prepareApexChecker(checker());
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const copyOf = (name: string): string => {
    const copy = path.join(folder, name);
    cpSync(path.join(PROJECT, 'sfdx-project.json'), path.join(copy, 'sfdx-project.json'));
    cpSync(path.join(PROJECT, CLASSES), path.join(copy, CLASSES), { recursive: true });
    return copy;
  };

  it('fit in the whole project', { skip }, () => {
    assert.deepEqual(checkApex(checker(), PROJECT), []);
  });

  for (const [what, name, from, to, says] of MISTAKES)
    it(`would not with ${what}`, { skip }, () => {
      const project = copyOf(what.replaceAll(' ', '-'));
      const file = path.join(project, CLASSES, `${name}.cls`);
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes(from), `${name} has no longer ${from}`);
      writeFileSync(file, text.replace(from, to));
      const issues = checkApex(checker(), project);
      assert.notEqual(issues.length, 0);
      assert.match(issues.join('\n'), says);
    });
});
