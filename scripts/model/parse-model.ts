import type { Finding } from '../finding.ts';
import { checkClosedWon, checkIdleRules } from './checks/closed-won.ts';
import { checkHandshakes } from './checks/handshakes.ts';
import { checkNames } from './checks/names.ts';
import { checkOffering } from './checks/offering.ts';
import { checkRecycling } from './checks/recycling.ts';
import { checkStages } from './checks/stages.ts';
import { checkTransitions } from './checks/transitions.ts';
import { checkTypes } from './checks/types.ts';
import { resolve } from './resolve.ts';
import { waterfallSchema } from './schema/waterfall.ts';
import { schemaFindings } from './schema-findings.ts';
import { allStages } from './waterfall.ts';
import type { Stage, Waterfall } from './waterfall.ts';
import { pathOf, readYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

export interface ParsedModel {
  /** Null when a finding of severity error says why. */
  readonly waterfall: Waterfall | null;
  readonly findings: readonly Finding[];
}

const CHECKS = [
  checkNames,
  checkStages,
  checkTypes,
  checkTransitions,
  checkHandshakes,
  checkRecycling,
  checkClosedWon,
  checkIdleRules,
  checkOffering,
];

/** `file` is only used to say where something stands. */
export const parseModel = (text: string, file: string): ParsedModel => {
  const source = readYaml(text, file);
  if (source.findings.length > 0) return { waterfall: null, findings: source.findings };
  const parsed = waterfallSchema.safeParse(source.value ?? {}, { reportInput: true });
  if (!parsed.success) return { waterfall: null, findings: schemaFindings(parsed.error.issues, source) };
  const waterfall = withPlaces(resolve(parsed.data), source);
  const findings = CHECKS.flatMap((check) => check(parsed.data, waterfall)).map(({ path, ...problem }): Finding => ({
    ...problem,
    place: source.place(path),
  }));
  return { waterfall: findings.some((finding) => finding.severity === 'error') ? null : waterfall, findings };
};

/** Only an org can tell whether it has the fields that stages require; the plan then says where the model names them. */
const withPlaces = (waterfall: Waterfall, file: YamlSource): Waterfall => {
  const placed = (stage: Stage): Stage => {
    const path = [...pathOf(stage.source), 'requiredToLeave'];
    const places = stage.requiredToLeave.map((field, index) => [field, file.place([...path, index])] as const);
    return { ...stage, requiredAt: Object.fromEntries(places) };
  };
  const stages = new Map(allStages(waterfall).map((stage) => [stage.name, placed(stage)]));
  return {
    ...waterfall,
    opportunityTypes: waterfall.opportunityTypes.map((type) => ({
      ...type,
      stages: type.stages.map((stage) => stages.get(stage.name) ?? stage),
    })),
  };
};
