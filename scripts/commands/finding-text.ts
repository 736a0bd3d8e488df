import type { Finding } from '../finding.ts';

/** One finding on one line: where, what, and what to do. */
export const findingText = ({ severity, place, message, action, code }: Finding): string =>
  `${severity} ${place}: ${message} ${action} [${code}]`;
