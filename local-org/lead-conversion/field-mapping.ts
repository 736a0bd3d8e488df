/** From a lead's field to a field of what it becomes. */
export interface FieldMapping {
  readonly from: string;
  readonly object: 'Account' | 'Contact' | 'Opportunity';
  readonly to: string;
  /** Not written into a contact that is there already. */
  readonly newOnly?: boolean;
}

const ADDRESS = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];

const address = (object: 'Account' | 'Contact', prefix: string): readonly FieldMapping[] =>
  ADDRESS.map((part) => ({ from: part, object, to: `${prefix}${part}` }));

const same = (object: FieldMapping['object'], ...names: readonly string[]): readonly FieldMapping[] =>
  names.map((name) => ({ from: name, object, to: name }));

/**
 * Standard fields: Salesforce Help, "Lead Conversion Field Mapping" (sales.lead_conversion_mapping). What the org's
 * schema lacks is passed over. The names of the new account and opportunity, and the campaign, are not in it: they
 * are no plain copies.
 */
export const STANDARD_MAPPINGS: readonly FieldMapping[] = [
  ...same('Account', 'Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating'),
  { from: 'LeadSource', object: 'Account', to: 'AccountSource' },
  ...address('Account', 'Billing'),
  ...same('Contact', 'FirstName', 'LastName', 'Salutation', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax'),
  ...same('Contact', 'Description', 'LeadSource', 'GenderIdentity', 'Pronouns'),
  ...address('Contact', 'Mailing'),
  { from: 'HasOptedOutOfEmail', object: 'Contact', to: 'HasOptedOutOfEmail', newOnly: true },
  { from: 'HasOptedOutOfFax', object: 'Contact', to: 'HasOptedOutOfFax', newOnly: true },
  { from: 'DoNotCall', object: 'Contact', to: 'DoNotCall', newOnly: true },
  ...same('Opportunity', 'LeadSource'),
];
