import { PROBLEMS } from './problems.ts';
import type { Rule, RuleProblem } from './rule.ts';

interface Mapping {
  readonly inputObject?: string;
  readonly outputObject?: string;
  readonly mappingFields?: readonly { readonly inputField?: string; readonly outputField?: string }[];
}

/** Mapped fields exist on both sides: Metadata API Developer Guide, LeadConvertSettings. */
export const leadConvertSettingsRule: Rule = (_component, stored, world) => {
  const problems: RuleProblem[] = [];
  for (const mapping of (stored.metadata.objectMapping ?? []) as readonly Mapping[]) {
    const { inputObject = '', outputObject = '' } = mapping;
    for (const field of mapping.mappingFields ?? []) {
      if (!world.field(inputObject, field.inputField ?? ''))
        problems.push({ problem: PROBLEMS.noField(`${inputObject}.${field.inputField ?? ''}`) });
      if (!world.field(outputObject, field.outputField ?? ''))
        problems.push({ problem: PROBLEMS.noField(`${outputObject}.${field.outputField ?? ''}`) });
    }
  }
  return problems;
};
