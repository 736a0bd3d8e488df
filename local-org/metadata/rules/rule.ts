import { textOf } from '../text-of.ts';
import type { FieldDef, Schema } from '../../schema/types.ts';
import type { IncomingComponent } from '../package/incoming.ts';
import { PROCESS_FIELD_OF, STANDARD_VALUE_SET_OF } from '../standard-value-sets.ts';
import type { MetadataReader, StoredComponent } from '../types.ts';

/** One thing wrong with a component. Line and column default to the component's own place. */
export interface RuleProblem {
  readonly problem: string;
  readonly problemType?: 'Error' | 'Warning';
  /** Path below the package's folder, of a component with several files. */
  readonly fileName?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A field as rules see it: standard ones from the schema, custom ones from the metadata of after the deploy. */
export interface FieldView {
  readonly name: string;
  readonly custom: boolean;
  /** Metadata API type of a custom field, describe type of a standard one. */
  readonly type: string;
  /** True when no page or permission set may leave it out: required custom fields, master-detail, and non-nillable standard ones. */
  readonly required: boolean;
  readonly calculated: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly definition?: FieldDef;
}

/** What rules may look at: the org as it would be after the deploy. */
export interface World {
  readonly metadata: MetadataReader;
  /** As it was before the deploy. */
  previous(type: string, fullName: string): StoredComponent | undefined;
  objectExists(name: string): boolean;
  field(object: string, name: string): FieldView | undefined;
  /** The object at the other end of a relationship, seen from the parent: `Opportunities` of Account, `Things__r`. */
  childObject(object: string, relationship: string): string | undefined;
  /** Nothing of the deploy will be kept. */
  readonly checkOnly: boolean;
  /** Active values of a picklist, or undefined when the field is no picklist that the org knows. */
  picklistValues(object: string, field: string): readonly string[] | undefined;
}

/** Checks a component that is already in `world`. `component` is what was sent; `stored` what it became. */
export type Rule = (component: IncomingComponent, stored: StoredComponent, world: World) => readonly RuleProblem[];

interface ValueEntry {
  fullName?: string;
  isActive?: boolean;
}
const activeNames = (values: unknown): string[] =>
  ((values ?? []) as ValueEntry[]).filter((value) => value.isActive !== false).map((value) => value.fullName ?? '');

/** `Id%2E Decision Makers` and `Id. Decision Makers` are one value: retrieved files are percent-encoded, and either is accepted. */
export function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface WorldOptions {
  readonly metadata: MetadataReader;
  readonly schema: Schema;
  readonly previous: (type: string, fullName: string) => StoredComponent | undefined;
  readonly checkOnly: boolean;
}

export function createWorld({ metadata, schema, previous, checkOnly }: WorldOptions): World {
  const standardObject = (name: string) => {
    const found = schema.object(name);
    return found && !found.custom ? found : undefined;
  };
  const objectExists = (name: string): boolean =>
    standardObject(name) !== undefined ||
    (/__(c|mdt|e|x|b)$/i.test(name) && metadata.get('CustomObject', name) !== undefined);

  const field = (object: string, name: string): FieldView | undefined => {
    const custom = metadata.get('CustomField', `${object}.${name}`);
    if (custom && /__c$/i.test(name)) {
      const type = textOf(custom.metadata.type);
      return {
        name,
        custom: true,
        type,
        required: custom.metadata.required === true || type === 'MasterDetail',
        calculated: custom.metadata.formula !== undefined || type === 'Summary' || type === 'AutoNumber',
        metadata: custom.metadata,
      };
    }
    const standard = standardObject(object)?.fields.get(name.toLowerCase());
    const definition = standard && !standard.custom ? standard : undefined;
    if (definition) {
      return {
        name: definition.name,
        custom: false,
        type: definition.type,
        required:
          !definition.nillable &&
          definition.createable &&
          !definition.defaultedOnCreate &&
          definition.type !== 'boolean',
        calculated: !definition.createable && !definition.updateable,
        definition,
      };
    }
    if (/__c$/i.test(object) && objectExists(object) && CUSTOM_OBJECT_FIELDS.has(name.toLowerCase())) {
      return {
        name,
        custom: false,
        type: 'string',
        required: name.toLowerCase() === 'name',
        calculated: name.toLowerCase() !== 'name',
      };
    }
    return undefined;
  };

  const picklistValues = (object: string, name: string): readonly string[] | undefined => {
    const set = STANDARD_VALUE_SET_OF[`${object}.${name}`];
    const stored = set === undefined ? undefined : metadata.get('StandardValueSet', set);
    if (stored) return activeNames(stored.metadata.standardValue);
    const found = field(object, name);
    const valueSet = found?.metadata?.valueSet as
      { valueSetName?: string; valueSetDefinition?: { value?: unknown } } | undefined;
    if (valueSet?.valueSetName !== undefined) {
      return activeNames(metadata.get('GlobalValueSet', valueSet.valueSetName)?.metadata.customValue);
    }
    if (valueSet) return activeNames(valueSet.valueSetDefinition?.value);
    const values = found?.definition?.picklist?.values;
    return values?.filter((value) => value.active).map((value) => value.value);
  };

  const childObject = (object: string, relationship: string): string | undefined => {
    const custom = /^(.+)__r$/i.exec(relationship)?.[1]?.toLowerCase();
    const lookup = metadata
      .ofType('CustomField')
      .find(
        (one) =>
          custom !== undefined &&
          textOf(one.metadata.relationshipName).toLowerCase() === custom &&
          textOf(one.metadata.referenceTo).toLowerCase() === object.toLowerCase(),
      );
    if (lookup) return splitChildName(lookup.fullName)[0];
    return schema.children(object).find((one) => one.relationshipName?.toLowerCase() === relationship.toLowerCase())
      ?.childObject;
  };

  return { metadata, previous, objectExists, field, childObject, picklistValues, checkOnly };
}

/** Standard fields that every custom object has. Object Reference, "System Fields". */
const CUSTOM_OBJECT_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'name',
  'ownerid',
  'createdbyid',
  'createddate',
  'lastmodifiedbyid',
  'lastmodifieddate',
  'systemmodstamp',
  'isdeleted',
  'recordtypeid',
  'lastactivitydate',
  'lastvieweddate',
  'lastreferenceddate',
]);

/** `Opportunity.Renewal` -> [`Opportunity`, `Renewal`]. */
export function splitChildName(fullName: string): readonly [string, string] {
  const dot = fullName.indexOf('.');
  return dot < 0 ? [fullName, ''] : [fullName.slice(0, dot), fullName.slice(dot + 1)];
}

export const processFieldOf = (object: string): string | undefined => PROCESS_FIELD_OF[object];
