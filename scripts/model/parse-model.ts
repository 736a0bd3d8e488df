import type { Finding } from '../finding.ts';
import { checkClosedWon } from './checks/closed-won.ts';
import { checkNames } from './checks/names.ts';
import { notAutomated } from './checks/not-automated.ts';
import { checkOffering } from './checks/offering.ts';
import { checkStages } from './checks/stages.ts';
import { checkTransitions } from './checks/transitions.ts';
import { checkTypes } from './checks/types.ts';
import { resolve } from './resolve.ts';
import { waterfallSchema } from './schema/waterfall.ts';
import { schemaFindings } from './schema-findings.ts';
import type { Waterfall } from './waterfall.ts';
import { readYaml } from './yaml-source.ts';

export interface ParsedModel {
  /** Null when a finding of severity error says why. */
  readonly waterfall: Waterfall | null;
  readonly findings: readonly Finding[];
}

const CHECKS = [checkNames, checkStages, checkTypes, checkTransitions, checkClosedWon, checkOffering, notAutomated];

/** `file` is only used to say where something stands. */
export const parseModel = (text: string, file: string): ParsedModel => {
  const source = readYaml(text, file);
  if (source.findings.length > 0) return { waterfall: null, findings: source.findings };
  const parsed = waterfallSchema.safeParse(source.value ?? {}, { reportInput: true });
  if (!parsed.success) return { waterfall: null, findings: schemaFindings(parsed.error.issues, source) };
  const waterfall = resolve(parsed.data);
  const findings = CHECKS.flatMap((check) => check(parsed.data, waterfall)).map(({ path, ...problem }): Finding => ({
    ...problem,
    place: source.place(path),
  }));
  return { waterfall: findings.some((finding) => finding.severity === 'error') ? null : waterfall, findings };
};
