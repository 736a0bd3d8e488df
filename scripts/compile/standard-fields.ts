/**
 * What this project must know of Opportunity's standard fields: how a formula tests whether one is filled, and what
 * people call it. Source: object reference, Opportunity.
 */
interface StandardField {
  readonly label: string;
  readonly kind: 'picklist' | 'checkbox' | 'other';
}

/**
 * The standard fields that have field-level security and that people can edit: those that retrieved profiles and
 * permission sets list (Cloud-Orca/cooperparry on GitHub, 19 of them). Required fields such as StageName have none and
 * must not be listed (DOC metadata-api/permissionset).
 */
export const EDITABLE_BY_PERMISSION: ReadonlySet<string> = new Set([
  'AccountId',
  'Amount',
  'CampaignId',
  'ContractId',
  'Description',
  'LeadSource',
  'NextStep',
  'Probability',
  'TotalOpportunityQuantity',
  'Type',
]);

const other = (label: string): StandardField => ({ label, kind: 'other' });
const picklist = (label: string): StandardField => ({ label, kind: 'picklist' });

export const STANDARD_FIELDS: Readonly<Record<string, StandardField>> = {
  AccountId: other('Account Name'),
  Amount: other('Amount'),
  CampaignId: other('Primary Campaign Source'),
  CloseDate: other('Close Date'),
  ContractId: other('Contract'),
  Description: other('Description'),
  ExpectedRevenue: other('Expected Revenue'),
  ForecastCategoryName: picklist('Forecast Category'),
  HasOpportunityLineItem: { label: 'Has Line Item', kind: 'checkbox' },
  LeadSource: picklist('Lead Source'),
  Name: other('Opportunity Name'),
  NextStep: other('Next Step'),
  OwnerId: other('Opportunity Owner'),
  Pricebook2Id: other('Price Book'),
  Probability: other('Probability (%)'),
  StageName: picklist('Stage'),
  TotalOpportunityQuantity: other('Quantity'),
  Type: picklist('Opportunity Type'),
};

/** `Next Step`, `Contract Term Months`: the label of a standard field, the words of a custom field's name. */
export const fieldLabel = (field: string): string =>
  STANDARD_FIELDS[field]?.label ?? field.replace(/__c$/, '').replaceAll('_', ' ');
