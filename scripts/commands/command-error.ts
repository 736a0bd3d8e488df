import { findingText } from './finding-text.ts';
import type { Finding } from '../finding.ts';

/** Findings that end a command: all of them are shown, the first decides the code. */
export class FindingsError extends Error {
  override readonly name = 'FindingsError';
  readonly findings: readonly Finding[];
  constructor(title: string, findings: readonly Finding[]) {
    super([title, ...findings.map((finding) => `  ${findingText(finding)}`)].join('\n'));
    this.findings = findings;
  }
}
