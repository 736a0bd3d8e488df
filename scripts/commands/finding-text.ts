import type { Finding } from '../finding.ts';

/** One finding on one line: where, what, and what to do. */
export const findingText = ({ severity, place, message, action, code }: Finding): string =>
  `${severity} ${place}: ${message} ${action} [${code}]`;

const RANK: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };

export const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
