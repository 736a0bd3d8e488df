/** What an opportunity that a signal or a lead creates is like: formulas over its account, and the fields they fill. */
import type { FlowFormula, FlowInputFieldAssignment } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, recordTypeName } from '../../names.ts';
import { CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { fieldValue, formula, reference } from '../elements.ts';
import { and, anyOf, merge, quoted } from '../formula-text.ts';
import { closeDate, openKey, openedName, perType } from './opening.ts';

/** Inputs and outputs of the flow that creates it; {@link FLOW.joinGroup} fills and reads them. */
export const OPEN = {
  account: 'Account_Id',
  solution: 'Solution',
  /** May be blank. */
  campaign: 'Campaign_Id',
  /** `signal` or `lead`. */
  createdBy: 'Created_By',
  /** Blank where the model creates none, or the org has refused it. */
  opportunity: 'Opportunity_Id',
  /** Somebody else's of the same moment, with the campaign that it has. */
  wasThere: 'Was_There',
  campaignOfOther: 'Campaign_Of_Other',
  problem: 'Problem',
} as const;

export const MOTION = 'Motion';
export const TYPE = 'Opportunity_Type';
export const RECORD_TYPE = 'Record_Type';
export const ACTIVE_USERS = 'Active_Users';

/** Names of look-ups that the formulas read. */
export interface Found {
  readonly account: string;
  readonly recordType: string;
}

/** User fields of the account in which the types look for an owner, before its own. */
export const chainFields = (types: readonly OpportunityType[]): readonly string[] => [
  ...new Set(types.flatMap(({ creation }) => creation.ownerChain)),
];

const ofKey = (types: readonly OpportunityType[], key: OpportunityType['key']): OpportunityType | undefined =>
  types.find((type) => type.key === key);

/** Types for customers; where the model has none of them that joining creates, nobody asks what was won. */
export const customerTypes = (types: readonly OpportunityType[]): readonly OpportunityType[] =>
  types.filter(({ key }) => key === 'upsell' || key === 'crossSell');

/** Whether this cause creates the type; null where none does. */
const mayCreate = (type: OpportunityType | undefined): string | null => {
  const causes = (type?.creation.by ?? []).filter((cause) => cause === 'signal' || cause === 'lead');
  if (causes.length === 0) return null;
  return anyOf(causes.map((cause) => `${merge(OPEN.createdBy)} = ${quoted(cause)}`));
};

/**
 * More of what the account has is an upsell, something else for a customer a cross-sell, all else an acquisition; a type that such a cause
 * does not create gives way to acquisition.
 */
const typeFormula = (types: readonly OpportunityType[]): string => {
  const acquisition = mayCreate(ofKey(types, 'acquisition'));
  return customerTypes(types).reduceRight(
    (otherwise, type) => {
      const is = and(`${merge(MOTION)} = ${quoted(type.key)}`, mayCreate(type) ?? 'FALSE');
      return `IF(${is}, ${quoted(type.key)}, ${otherwise})`;
    },
    acquisition === null ? '""' : `IF(${acquisition}, "acquisition", "")`,
  );
};

const ownerFormula =
  (account: string) =>
  ({ creation }: OpportunityType): string =>
    [...creation.ownerChain, 'OwnerId'].reduceRight((otherwise, field) => {
      const user = merge(`${account}.${field}`);
      // The list holds active users only; a blank text is contained in any other.
      return `IF(AND(NOT(ISBLANK(${user})), CONTAINS(${merge(ACTIVE_USERS)}, ${user})), ${user}, ${otherwise})`;
    }, merge('$User.Id'));

export const openingFormulas = (
  { typeCarrier }: Waterfall,
  types: readonly OpportunityType[],
  found: Found,
): readonly Authored<FlowFormula>[] => {
  const opened = { accountId: OPEN.account, accountName: `${found.account}.Name`, solution: merge(OPEN.solution) };
  const ruled = (value: (type: OpportunityType) => string): string => perType(types, TYPE, value);
  const label = ruled((type) => quoted(type.label));
  return [
    formula(
      TYPE,
      'String',
      'What it would be for this account; blank where the model creates nothing of the kind.',
      typeFormula(types),
    ),
    formula(
      'Owner_Of_Opportunity',
      'String',
      'The first user of the account who is set and active, then its owner, then whoever is saving.',
      ruled(ownerFormula(found.account)),
    ),
    formula('Opportunity_Name', 'String', 'Account, what it is, and what it is about.', openedName(opened, label)),
    formula(
      'Stage_At_Creation',
      'String',
      'The stage in which an opportunity of the type begins.',
      ruled(({ creation }) => quoted(creation.stage)),
    ),
    formula(
      'Close_Date',
      'Date',
      'A placeholder until somebody knows better: so many days from today as the model says.',
      closeDate(ruled(({ creation }) => String(creation.closeInDays))),
    ),
    formula(
      'Type_Value',
      'String',
      'The value of the Type picklist.',
      ruled(({ typeValue }) => quoted(typeValue)),
    ),
    formula('Open_Key', 'String', 'Account and solution: what is open for the two is open once.', openKey(opened)),
    ...(typeCarrier === 'recordType'
      ? [
          formula(
            RECORD_TYPE,
            'String',
            'The developer name of the record type.',
            ruled((type) => quoted(recordTypeName(type))),
          ),
        ]
      : []),
  ];
};

export const openingValues = (
  { typeCarrier }: Waterfall,
  org: OrgFacts,
  found: Found,
): readonly Authored<FlowInputFieldAssignment>[] => [
  fieldValue('Name', reference('Opportunity_Name')),
  fieldValue('AccountId', reference(OPEN.account)),
  fieldValue('StageName', reference('Stage_At_Creation')),
  fieldValue('CloseDate', reference('Close_Date')),
  fieldValue('OwnerId', reference('Owner_Of_Opportunity')),
  fieldValue('Type', reference('Type_Value')),
  fieldValue('CampaignId', reference(OPEN.campaign)),
  fieldValue(FIELD.solution, reference(OPEN.solution)),
  fieldValue(FIELD.openKey, reference('Open_Key')),
  ...(typeCarrier === 'recordType' ? [fieldValue('RecordTypeId', reference(`${found.recordType}.Id`))] : []),
  // Left out, it would be the currency of whoever saves the response (object reference, Opportunity, CurrencyIsoCode).
  ...(org.multiCurrency ? [fieldValue(CURRENCY, reference(`${found.account}.${CURRENCY}`))] : []),
];
