import type { Row } from '../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { splitChildName } from '../rules/rule.ts';
import { textOf } from '../text-of.ts';
import { text, type RowSource } from './row-maker.ts';

interface Value {
  readonly field?: string;
  readonly value?: unknown;
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'double', 'currency', 'percent']);

/** The deployed text of a value, as the field's type keeps it; a checkbox without value is false. */
function valueOf(field: FieldDef, value: unknown): Row[string] {
  const given = textOf(value);
  if (field.type === 'boolean') return given === 'true';
  if (given === '') return null;
  return NUMBERS.has(field.type) ? Number(given) : given;
}

/** The records of one custom metadata type, which queries find as `Thing__mdt`. Object Reference, "Custom Metadata Type__mdt". */
export function customMetadataRows({ metadata, ids }: RowSource, object: ObjectDef): readonly Row[] {
  const type = object.name.replace(/__mdt$/i, '').toLowerCase();
  return metadata
    .ofType('CustomMetadata')
    .filter((component) => splitChildName(component.fullName)[0].toLowerCase() === type)
    .map((component) => {
      const [, developerName] = splitChildName(component.fullName);
      const label = text(component.metadata.label) ?? developerName;
      const row: Record<string, Row[string]> = {
        Id: ids.idOf(object.name, object.keyPrefix, developerName),
        DeveloperName: developerName,
        MasterLabel: label,
        Label: label,
        Language: 'en_US',
        QualifiedApiName: developerName,
        SystemModstamp: component.lastModifiedDate,
      };
      for (const { field = '', value } of (component.metadata.values ?? []) as readonly Value[]) {
        const known = object.fields.get(field.toLowerCase());
        if (known?.formula === null) row[known.name] = valueOf(known, value);
      }
      return row;
    });
}
