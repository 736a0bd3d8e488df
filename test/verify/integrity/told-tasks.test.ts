/** Every task that a flow has made for RevOps is found again by its subject. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileWaterfall } from '../../../scripts/compile/compile-waterfall.ts';
import { FLOW } from '../../../scripts/compile/names.ts';
import { TOLD_SUBJECTS } from '../../../scripts/verify/integrity/told-tasks.ts';
import { defaultModel } from '../../compile/models.ts';

interface Input {
  readonly name: string;
  readonly value?: { readonly stringValue?: string; readonly elementReference?: string };
}

interface Flow {
  readonly subflows?: readonly { readonly flowName: string; readonly inputAssignments?: readonly Input[] }[];
  readonly formulas?: readonly { readonly name: string; readonly expression: string }[];
}

/** The words of a formula, with a name wherever it merges something. */
const wordsOf = (expression: string): string =>
  [...expression.matchAll(/"([^"]*)"|\{![^}]*\}/g)].map(([, words]) => words ?? 'Name').join('');

const subjectsOf = ({ subflows = [], formulas = [] }: Flow): readonly string[] =>
  subflows
    .filter(({ flowName }) => flowName === FLOW.tellRevOps)
    .flatMap(({ inputAssignments = [] }) => inputAssignments)
    .filter(({ name }) => name.endsWith('Subject'))
    .map(({ value }) => {
      const formula = formulas.find(({ name }) => name === value?.elementReference);
      return value?.stringValue ?? (formula ? wordsOf(formula.expression) : '');
    });

/** LIKE minds no case. */
const like = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('%', '.*')}$`, 'i');

it('finds the tasks of all flows by their subjects', () => {
  const subjects = compileWaterfall(defaultModel)
    .filter(({ type }) => type === 'Flow')
    .flatMap(({ metadata }) => subjectsOf(metadata as Flow));
  assert.ok(subjects.length > 25, String(subjects.length));
  assert.deepEqual(
    subjects.filter((subject) => !TOLD_SUBJECTS.some((pattern) => like(pattern).test(subject))),
    [],
  );
});
