import type { MetadataReader } from '../metadata/types.ts';
import type { PicklistValueDef } from './types.ts';

interface SetValue {
  readonly fullName?: string;
  readonly label?: string;
  readonly default?: boolean;
  readonly isActive?: boolean;
  readonly closed?: boolean;
  readonly won?: boolean;
  readonly converted?: boolean;
  readonly probability?: number;
  readonly forecastCategory?: string;
}

/** Metadata percent-encodes some characters of picklist values (`Proposal%2FPrice Quote`); a lone `%` is left alone. */
export function decodeValue(text: string): string {
  return text.replace(/(%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

export function picklistValues(values: readonly SetValue[]): readonly PicklistValueDef[] {
  return values.map((value) => {
    const name = decodeValue(value.fullName ?? value.label ?? '');
    return {
      value: name,
      label: value.label ?? name,
      active: value.isActive ?? true,
      isDefault: value.default ?? false,
    };
  });
}

/** Values of a StandardValueSet component; null when the org has none of that name. */
export function standardValueSet(metadata: MetadataReader, name: string): readonly PicklistValueDef[] | null {
  const stored = metadata.get('StandardValueSet', name);
  if (!stored) return null;
  const values = (stored.metadata['standardValue'] ?? []) as readonly SetValue[];
  const plain = picklistValues(values);
  if (name === 'OpportunityStage') {
    return plain.map((value, i) => ({
      ...value,
      stage: {
        closed: values[i]?.closed ?? false,
        won: values[i]?.won ?? false,
        probability: values[i]?.probability ?? 0,
        forecastCategory: values[i]?.forecastCategory ?? 'Pipeline',
      },
    }));
  }
  if (name === 'TaskStatus') return plain.map((value, i) => ({ ...value, closed: values[i]?.closed ?? false }));
  if (name === 'LeadStatus') return plain.map((value, i) => ({ ...value, converted: values[i]?.converted ?? false }));
  return plain;
}

/** Values that a CustomField's `valueSet` names or holds. */
export function customFieldValues(
  metadata: MetadataReader,
  valueSet: Readonly<Record<string, unknown>> | undefined,
): { readonly values: readonly PicklistValueDef[]; readonly restricted: boolean } {
  const restricted = valueSet?.['restricted'] === true;
  const own = valueSet?.['valueSetDefinition'] as { value?: readonly SetValue[] } | undefined;
  if (own) return { values: picklistValues(own.value ?? []), restricted };
  const name = valueSet?.['valueSetName'];
  if (typeof name !== 'string') return { values: [], restricted };
  const shared = metadata.get('GlobalValueSet', name);
  // A field on a global value set is restricted always: DOC metadata-api/globalvalueset.
  if (shared)
    return { values: picklistValues((shared.metadata['customValue'] ?? []) as readonly SetValue[]), restricted: true };
  return { values: standardValueSet(metadata, name) ?? [], restricted };
}
