import type { Finding } from '../../finding.ts';
import type { Difference, Plan, Step } from '../types.ts';

const SIGN: Readonly<Record<Step['action'], string>> = {
  create: '+',
  update: '~',
  activate: '>',
  deactivate: '<',
  assign: '>',
  manual: '!',
};
const UNDONE: Readonly<Record<Step['reversible'], string>> = {
  yes: 'undone wholly',
  deactivate: 'undone by deactivating',
  no: 'stays',
};
/** Differences shown of one step before the rest is counted; --json and --html show all. */
const SHOWN = 12;
const LONGEST = 60;

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 3)}...`;
};

export const differenceText = ({ path, before, after }: Difference): string => {
  if (before === null) return `+ ${path}: ${cut(after ?? '')}`;
  if (after === null) return `- ${path}: ${cut(before)}`;
  return `~ ${path}: ${cut(before)} -> ${cut(after)}`;
};

/** `21 to create, 3 to change, 1 to do by hand` */
export function planSummary(plan: Plan): string {
  const count = (action: Step['action']): number => plan.steps.filter((step) => step.action === action).length;
  const parts = [
    [count('create'), 'to create'],
    [count('update'), 'to change'],
    [count('activate'), 'to activate'],
    [count('deactivate'), 'to deactivate'],
    [count('assign'), 'to assign'],
    [count('manual'), 'to do by hand'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  if (said.length === 0) return 'nothing to change';
  return `${said.join(', ')}; ${plan.unchanged} as the model wants them already`;
}

/**
 * A plan for a terminal. In short: what changes of the org's own with its difference, and what is created beside it by name; in
 * full: every step with why, risk and undo.
 */
export function planText(plan: Plan, details: boolean): string {
  const heading = `Plan for ${plan.orgName} (${plan.orgKind}, ${plan.username}), API ${plan.apiVersion}`;
  const findings = plan.findings.length === 0 ? [] : ['', 'Findings', ...plan.findings.map(findingLine)];
  const sections = details ? inFull(plan.steps) : inShort(plan.steps);
  return [heading, ...sections, ...findings, '', `Plan: ${planSummary(plan)}.`].join('\n');
}

const typeOf = ({ id }: Step): string => id.slice(0, id.indexOf(':'));
const nameOf = ({ id }: Step): string => id.slice(id.indexOf(':') + 1);

const inFull = (steps: readonly Step[]): readonly string[] =>
  [...Map.groupBy(steps, typeOf)].flatMap(([type, ofType]) => [
    '',
    `${type} (${ofType.length})`,
    ...ofType.flatMap((step) => stepLines(step, true)),
  ]);

function inShort(steps: readonly Step[]): readonly string[] {
  const created = steps.filter(({ action }) => action === 'create');
  const deactivated = steps.filter(({ action }) => action === 'deactivate');
  const others = steps.filter(({ action }) => action !== 'create' && action !== 'deactivate');
  return [
    ...(others.length > 0
      ? ['', `Changes to what the org has (${others.length})`, ...others.flatMap((step) => stepLines(step, false))]
      : []),
    ...byName('Of an earlier model, deactivated', deactivated),
    ...byName('Created beside it', created),
  ];
}

/** Steps that read the same but for their names, so that they need no line each. */
function byName(title: string, steps: readonly Step[]): readonly string[] {
  if (steps.length === 0) return [];
  const groups = Map.groupBy(steps, (step) => `${typeOf(step)}${marks(step)}`);
  return ['', `${title} (${steps.length})`, ...[...groups.values()].map(namesLine)];
}

/** What a step is about, where its id begins with what is done. */
const KINDS: Readonly<Record<string, string>> = { Deactivate: 'Flow' };

/** Names of one type before the rest is counted; --details, --json and --html have all. */
const NAMES_SHOWN = 3;

function namesLine(steps: readonly Step[]): string {
  const names = steps.map((step) => nameOf(step).replace(/^Opportunity[.-]/, ''));
  const [{ action }, type] = [steps[0]!, KINDS[typeOf(steps[0]!)] ?? typeOf(steps[0]!)];
  const shown = names.length <= NAMES_SHOWN + 1 ? names : names.slice(0, NAMES_SHOWN);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `  ${SIGN[action]} ${type} (${names.length})${marks(steps[0]!)}: ${shown.join(', ')}${more}`;
}

const marks = (step: Step): string =>
  [
    step.risk.level === 'low' ? '' : `  [${step.risk.level} risk]`,
    step.reversible === 'yes' ? '' : `  [${UNDONE[step.reversible]}]`,
  ].join('');

const findingLine = ({ severity, place, message, action }: Finding): string =>
  `  ${severity.padEnd(7)} ${place}: ${message}\n          ${action}`;

function stepLines(step: Step, details: boolean): readonly string[] {
  const lines = details ? step.differences.map(differenceText) : shortDifferences(step.differences);
  const more = lines.length - SHOWN;
  return [
    `  ${SIGN[step.action]} ${step.do.text}${marks(step)}`,
    ...lines.slice(0, SHOWN).map((line) => `      ${line}`),
    ...(more > 0 ? [`      and ${more} more differences (--json or --html shows them)`] : []),
    ...(details
      ? [`      why:  ${step.why} (${step.source})`, `      risk: ${step.risk.reason}`, `      undo: ${step.undo.text}`]
      : []),
  ];
}

/** Elements added to one list are named together; what changes or goes is shown as it is. */
function shortDifferences(differences: readonly Difference[]): readonly string[] {
  const added = Map.groupBy(differences, (difference) => listOfAdded(difference));
  return [...added].flatMap(([list, of]) =>
    list === null || of.length === 1
      ? of.map(differenceText)
      : wrapped(
          `+ ${list}: `,
          of.map(({ path }) => keyOf(path)),
        ),
  );
}

/** `standardValue[Targeted]` -> `standardValue`, `Targeted`; nothing deeper but what a value that is inactive says of itself. */
const ELEMENT = /^(\w+)\[([^\]]+)\](\.isActive)?$/;

/** The list that a difference adds to; null for any other difference. A value that was inactive is added again. */
function listOfAdded({ path, before, after }: Difference): string | null {
  const [, list, , activity] = ELEMENT.exec(path) ?? [];
  if (list === undefined) return null;
  if (activity === undefined) return before === null ? list : null;
  return before === 'false' && after === null ? `${list} active again` : null;
}

const keyOf = (path: string): string => ELEMENT.exec(path)?.[2] ?? path;

const WIDTH = 92;

function wrapped(first: string, names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = first;
  names.forEach((name, index) => {
    const word = index === names.length - 1 ? name : `${name}, `;
    if (line.length + word.trimEnd().length > WIDTH && line !== first) {
      lines.push(line.trimEnd());
      line = ' '.repeat(first.length);
    }
    line += word;
  });
  return [...lines, line];
}
