import type { Finding } from '../../finding.ts';
import type { Difference, Plan, Step } from '../types.ts';

const SIGN: Readonly<Record<Step['action'], string>> = { create: '+', update: '~', activate: '>', manual: '!' };
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
  const sections = [...types].flatMap(([type, steps]) => ['', `${type} (${steps.length})`, ...steps.flatMap((step) => stepLines(step, details))]);
  const findings = plan.findings.length === 0 ? [] : ['', 'Findings', ...plan.findings.map(findingLine)];
  return [heading, ...sections, ...findings, '', `Plan: ${planSummary(plan)}.`].join('\n');
}

const findingLine = ({ severity, place, message, action }: Finding): string => `  ${severity.padEnd(7)} ${place}: ${message}\n          ${action}`;

function stepLines(step: Step, details: boolean): readonly string[] {
  const risk = step.risk.level === 'low' ? '' : `  [${step.risk.level} risk]`;
  const undone = step.reversible === 'yes' ? '' : `  [${UNDONE[step.reversible]}]`;
  const lines = [`  ${SIGN[step.action]} ${step.do.text}${risk}${undone}`];
  const more = step.differences.length - SHOWN;
  lines.push(...step.differences.slice(0, SHOWN).map((difference) => `      ${differenceText(difference)}`));
  if (more > 0) lines.push(`      and ${more} more differences (--json or --html shows them)`);
  if (details) {
    lines.push(`      why:  ${step.why} (${step.source})`, `      risk: ${step.risk.reason}`, `      undo: ${step.undo.text}`);
  }
  return lines;
}
