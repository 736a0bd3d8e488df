import type { LightningComponentBundle } from '@salesforce/types/metadata';

import type { OpportunityType, Stage, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { recordTypeName, stageDateField, STAGES_MODULE } from './names.ts';
import { API_VERSION } from './project.ts';

const INTERFACE = `export interface StageDefinition {
  readonly name: string;
  readonly dateField: string;
  readonly kind: 'step' | 'detour';
  readonly outcome: 'open' | 'won' | 'lost';
  readonly owner: string;
  readonly definition: string;
  readonly entryRule: string;
  readonly nextStep: string;
  readonly sla: { readonly amount: number; readonly unit: 'hours' | 'businessDays' } | null;
  /** Entering the stage asks for one of these; empty where it asks for none. */
  readonly reasons: readonly string[];
  /** Entering the stage asks for a day on which the opportunity comes back from it by itself. */
  readonly comesBack: boolean;
  readonly responsible: string;
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}
`;

const TYPE = 'Readonly<Record<string, readonly StageDefinition[]>>';
const HEADER = '// Compiled from config/waterfall.yaml; edits here are overwritten.\n';

const definition = (stage: Stage, { revenueFunctions }: Waterfall): object => ({
  name: stage.name,
  dateField: stageDateField(stage.name),
  kind: stage.kind,
  outcome: stage.outcome,
  owner: revenueFunctions.find(({ key }) => key === stage.revenueFunction)?.label ?? stage.revenueFunction,
  definition: stage.definition,
  entryRule: stage.entryRule,
  nextStep: stage.nextStep,
  sla: stage.sla && { amount: stage.sla.amount, unit: stage.sla.unit },
  reasons: stage.reasons,
  comesBack: stage.comesBackTo !== null,
  responsible: stage.raci.responsible,
  accountable: stage.raci.accountable,
  consulted: stage.raci.consulted,
  informed: stage.raci.informed,
});

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A literal as prettier writes it: single quotes, keys without quotes where they need none, trailing commas. */
const literal = (value: unknown, indent = ''): string => {
  const inner = `${indent}  `;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return items.every((item) => typeof item === 'string')
      ? `[${items.map((item) => literal(item)).join(', ')}]`
      : `[\n${items.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)}: ${literal(item, inner)}`,
  );
  return `{\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}}`;
};

/**
 * What the stage tracker finds a record's stages by: the record type's developer name, or the value of `Type` where
 * that carries it.
 */
const keyOf = (type: OpportunityType, { typeCarrier }: Waterfall): string =>
  typeCarrier === 'recordType' ? recordTypeName(type) : type.typeValue;

/**
 * The stage definitions as a module for Lightning components: TypeScript for the project, the same without types for a
 * deployment.
 */
export const compileStagesModule = (waterfall: Waterfall): readonly Component[] => {
  const stages = Object.fromEntries(
    waterfall.opportunityTypes.map((type) => [
      keyOf(type, waterfall),
      type.stages.map((stage) => definition(stage, waterfall)),
    ]),
  );
  const text = literal(stages);
  const carrier = waterfall.typeCarrier === 'recordType' ? 'Opportunity.RecordType.DeveloperName' : 'Opportunity.Type';
  const typeField = `/** The field that tells an opportunity's type; STAGES is keyed by its values. */\nexport const TYPE_FIELD = '${carrier}';\n\n`;
  const comment = `/** The stages of each opportunity type in path order, by ${
    waterfall.typeCarrier === 'recordType' ? 'the developer name of its record type' : 'its value of Opportunity.Type'
  }. */\n`;
  const bundle = define<LightningComponentBundle>(
    'LightningComponentBundle',
    STAGES_MODULE,
    {
      apiVersion: Number(API_VERSION),
      description: 'The stages of the revenue waterfall, compiled from its model for Lightning components.',
      isExposed: false,
      masterLabel: 'Revenue Waterfall Stages',
    },
    'opportunityTypes',
  );
  return [
    {
      ...bundle,
      files: {
        [`${STAGES_MODULE}.ts`]: `${HEADER}\n${INTERFACE}\n${typeField}${comment}export const STAGES: ${TYPE} = ${text};\n`,
        [`${STAGES_MODULE}.js`]: `${HEADER}${typeField}${comment}export const STAGES = ${text};\n`,
      },
    },
  ];
};
