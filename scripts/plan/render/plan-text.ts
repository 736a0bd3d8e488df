import type { Finding } from '../../finding.ts';
import type { Difference, Plan, Step } from '../types.ts';

const SIGN: Readonly<Record<Step['action'], string>> = {
  create: '+',
  update: '~',
  activate: '>',
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
    [count('assign'), 'to assign'],
    [count('manual'), 'to do by hand'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  if (said.length === 0) return 'nothing to change';
  return `${said.join(', ')}; ${plan.unchanged} as the model wants them already`;
}

/** A plan for a terminal: short by default, with why, risk and undo of each step when asked for. */
export function planText(plan: Plan, details: boolean): string {
  const heading = `Plan for ${plan.orgName} (${plan.orgKind}, ${plan.username}), API ${plan.apiVersion}`;
  const types = Map.groupBy(plan.steps, (step) => step.id.slice(0, step.id.indexOf(':')));
  const sections = [...types].flatMap(([type, steps]) => [
    '',
    `${type} (${steps.length})`,
    ...(details ? steps.flatMap((step) => stepLines(step, true)) : shortLines(steps)),
  ]);
  const findings = plan.findings.length === 0 ? [] : ['', 'Findings', ...plan.findings.map(findingLine)];
  return [heading, ...sections, ...findings, '', `Plan: ${planSummary(plan)}.`].join('\n');
}

/** More creations of one type than this are listed by name only. */
const SINGLY = 4;

/** Creations read the same but for their names, so that many of them need no line each. */
function shortLines(steps: readonly Step[]): readonly string[] {
  const creations = Map.groupBy(
    steps.filter(({ action }) => action === 'create'),
    ({ risk, reversible }) => `${risk.level} ${reversible}`,
  );
  const grouped = [...creations.values()].filter((group) => group.length > SINGLY);
  const listed = grouped.flatMap((group) => {
    const names = group.map(({ id }) => id.slice(id.indexOf(':') + 1).replace(/^Opportunity\./, ''));
    return [...wrapped(`  + Create `, names), ...(marks(group[0]!) ? [`     ${marks(group[0]!)}`] : [])];
  });
  const single = steps.filter((step) => !grouped.some((group) => group.includes(step)));
  return [...listed, ...single.flatMap((step) => stepLines(step, false))];
}

const WIDTH = 110;

function wrapped(first: string, names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = first;
  names.forEach((name, index) => {
    const word = index === names.length - 1 ? name : `${name}, `;
    if (line.length + word.length > WIDTH && line.trim() !== '+ Create') {
      lines.push(line.trimEnd());
      line = ' '.repeat(first.length);
    }
    line += word;
  });
  return [...lines, line];
}

const marks = (step: Step): string =>
  [
    step.risk.level === 'low' ? '' : `  [${step.risk.level} risk]`,
    step.reversible === 'yes' ? '' : `  [${UNDONE[step.reversible]}]`,
  ].join('');

const findingLine = ({ severity, place, message, action }: Finding): string =>
  `  ${severity.padEnd(7)} ${place}: ${message}\n          ${action}`;

function stepLines(step: Step, details: boolean): readonly string[] {
  const lines = [`  ${SIGN[step.action]} ${step.do.text}${marks(step)}`];
  const more = step.differences.length - SHOWN;
  lines.push(...step.differences.slice(0, SHOWN).map((difference) => `      ${differenceText(difference)}`));
  if (more > 0) lines.push(`      and ${more} more differences (--json or --html shows them)`);
  if (details) {
    lines.push(
      `      why:  ${step.why} (${step.source})`,
      `      risk: ${step.risk.reason}`,
      `      undo: ${step.undo.text}`,
    );
  }
  return lines;
}
