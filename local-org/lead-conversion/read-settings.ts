import type { Transaction } from '../data/types.ts';
import type { MetadataReader } from '../metadata/types.ts';
import { STANDARD_MAPPINGS, type FieldMapping } from './field-mapping.ts';
import type { ConversionSettings } from './types.ts';

interface ObjectMapping {
  readonly outputObject?: string;
  readonly mappingFields?: readonly { readonly inputField?: string; readonly outputField?: string }[];
}

/** Metadata API Developer Guide, LeadConvertSettings: "custom fields can be mapped from Leads to …". */
function customMappings(metadata: MetadataReader): readonly FieldMapping[] {
  const stored = metadata.get('LeadConvertSettings', 'LeadConvertSettings')?.metadata['objectMapping'] ?? [];
  return (stored as readonly ObjectMapping[]).flatMap(({ outputObject, mappingFields = [] }) => {
    if (outputObject !== 'Account' && outputObject !== 'Contact' && outputObject !== 'Opportunity') return [];
    return mappingFields.map(({ inputField = '', outputField = '' }) => ({
      from: inputField,
      object: outputObject,
      to: outputField,
    }));
  });
}

/** What the org's set-up says about conversion, as it is in this transaction. */
export function readSettings(tx: Transaction, metadata: MetadataReader): ConversionSettings {
  const exists = (object: string, field: string): boolean =>
    tx.schema.object(object)?.fields.has(field.toLowerCase()) ?? false;
  const config = metadata.get('Settings', 'LeadConfig')?.metadata ?? {};
  const statuses = tx.select({ object: 'LeadStatus', filter: { field: 'IsConverted', operator: '=', value: true } });
  const rules = tx.select({ object: 'DuplicateRule', filter: { field: 'IsActive', operator: '=', value: true } });
  return {
    // Default of the Metadata API Developer Guide, LeadConfigSettings.
    requireValidation: config['shouldLeadConvertRequireValidation'] !== false,
    mappings: [...STANDARD_MAPPINGS, ...customMappings(metadata)].filter(
      ({ from, object, to }) => exists('Lead', from) && exists(object, to),
    ),
    convertedStatuses: new Set(statuses.flatMap((row) => [String(row['ApiName']), String(row['MasterLabel'])])),
    duplicateRules: rules.map((row) => ({
      object: String(row['SobjectType']),
      name: `${String(row['SobjectType'])}.${String(row['DeveloperName'])}`,
    })),
  };
}
