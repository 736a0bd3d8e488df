import { compileWaterfall } from '../compile/compile-waterfall.ts';
import { componentKey } from '../metadata/component.ts';
import { ANY_ORG, CURRENCY } from '../compile/org-facts.ts';
import type { FieldKind, OrgFacts } from '../compile/org-facts.ts';
import { STANDARD_FIELDS } from '../compile/standard-fields.ts';
import { CompileError } from '../compile/validation-rule.ts';
import type { Finding } from '../finding.ts';
import { allStages } from '../model/waterfall.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { keptStages } from './rules/record-type.ts';
import type { RuleContext, Wanted } from './rules/rule.ts';

const OBJECT = 'Opportunity';
/** Types whose content depends on the org. */
const FITTED = new Set(['ValidationRule', 'Flow']);

export interface Fitted {
  readonly components: readonly Wanted[];
  readonly findings: readonly Finding[];
}

/** What is compiled for any org, compiled for the one that was read. Names stay the same. Pure. */
export function fitToOrg(components: readonly Wanted[], waterfall: Waterfall, context: RuleContext): Fitted {
  const { fieldKinds, findings } = requiredFields(components, waterfall, context.snapshot);
  const facts: OrgFacts = {
    multiCurrency: fieldsOf(context.snapshot).some(({ name }) => name === CURRENCY),
    fieldKinds,
    keptStages: keptStages(components, context),
  };
  const { compiled, tooLong } = compiledFor(waterfall, facts);
  const fitted = new Map(compiled.map((component) => [componentKey(component), component as Wanted]));
  return {
    components: components.map((component) => {
      const better = FITTED.has(component.type) ? fitted.get(componentKey(component)) : undefined;
      return better ? { ...component, metadata: better.metadata } : component;
    }),
    findings: [...findings, ...tooLong],
  };
}

const fieldsOf = ({ describe }: Snapshot) => describe[OBJECT]?.fields ?? [];

function compiledFor(
  waterfall: Waterfall,
  facts: OrgFacts,
): { readonly compiled: ReturnType<typeof compileWaterfall>; readonly tooLong: readonly Finding[] } {
  try {
    return { compiled: compileWaterfall(waterfall, facts), tooLong: [] };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    const tooLong: Finding = {
      severity: 'error',
      code: 'PLAN_RULE_TOO_LONG',
      message: `With the stages that adopted record types keep: ${error.message}.`,
      place: 'mapping recordTypes',
      action: 'Take stages that nothing uses any more out of the sales process of the record type, or do not adopt it.',
    };
    return { compiled: compileWaterfall(waterfall, { ...facts, keptStages: ANY_ORG.keptStages }), tooLong: [tooLong] };
  }
}

/** By describe and by metadata: `picklist`, `Picklist`. ISBLANK takes multi-select picklists (Help, "Formula Operators and Functions"). */
const KINDS: Readonly<Record<string, FieldKind>> = { picklist: 'picklist', boolean: 'checkbox', checkbox: 'checkbox' };

/** The types of fields that stages require and only the org knows, and those that it has not got. */
function requiredFields(
  components: readonly Wanted[],
  waterfall: Waterfall,
  snapshot: Snapshot,
): { readonly fieldKinds: OrgFacts['fieldKinds']; readonly findings: readonly Finding[] } {
  const described = fieldsOf(snapshot);
  // An org that describes nothing says nothing about what it has not got.
  if (described.length === 0) return { fieldKinds: {}, findings: [] };
  // A field that the running user may not see is not described, but it is retrieved. API names have no case.
  const types = new Map([
    ...Object.values(snapshot.components)
      .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(`${OBJECT}.`))
      .map(({ fullName, metadata }) => [lower(fullName), String(metadata['type']).toLowerCase()] as const),
    ...described.map(({ name, type }) => [lower(`${OBJECT}.${name}`), type] as const),
  ]);
  const ours = new Set(components.filter(({ type }) => type === 'CustomField').map(({ fullName }) => lower(fullName)));
  const required = allStages(waterfall).flatMap((stage) =>
    stage.requiredToLeave.map((field) => ({ stage, field, key: lower(`${OBJECT}.${field}`) })),
  );
  const missing = required.filter(({ field, key }) => !types.has(key) && !ours.has(key) && !(field in STANDARD_FIELDS));
  return {
    fieldKinds: Object.fromEntries(
      required
        .filter(({ key }) => types.has(key))
        .map(({ field, key }) => [field, KINDS[types.get(key) ?? ''] ?? 'other'] as const),
    ),
    findings: missing.map(({ stage, field }) => ({
      severity: 'error',
      code: 'PLAN_REQUIRED_FIELD_MISSING',
      message: `Leaving ${stage.name} requires ${field}, and the org shows no such field on Opportunity.`,
      place: stage.requiredAt?.[field] ?? `${stage.source}.requiredToLeave`,
      action:
        'Correct the API name in requiredToLeave, take it out, or create the field first; one that is hidden has to be made visible to you.',
    })),
  };
}

const lower = (name: string): string => name.toLowerCase();
