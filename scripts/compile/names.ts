import type { OpportunityType } from '../model/waterfall.ts';

/** `Closed Won` -> `Closed_Won`. Model names hold letters, digits and single spaces only, so nothing else can occur. */
export const apiName = (label: string): string => label.replaceAll(' ', '_');

export const stageDateField = (stageName: string): string => `${apiName(stageName)}_Date__c`;
export const recordTypeName = (type: OpportunityType): string => apiName(type.label);
export const salesProcessName = (type: OpportunityType): string => `Waterfall ${type.label}`;
export const layoutName = (type: OpportunityType): string => `Opportunity-Waterfall ${type.label}`;

/** The one layout there is where the `Type` field carries the opportunity type. */
export const SINGLE_LAYOUT = 'Opportunity-Waterfall';

/** Custom fields of Opportunity that the automation reads and writes, beside one date per stage. */
export const FIELD = {
  stageEnteredAt: 'Stage_Entered_At__c', // DateTime
  previousStage: 'Previous_Stage__c', // Text(255)
  stageSlaDue: 'Stage_SLA_Due__c', // DateTime
  /** DateTime. Written whenever the stamping flow runs; a new record that already has it is a clone. */
  stampedAt: 'Stage_Stamped_At__c',
  sourceOpportunity: 'Source_Opportunity__c', // Lookup(Opportunity)
  contractTermMonths: 'Contract_Term_Months__c', // Number(3,0)
  contractStart: 'Contract_Start_Date__c', // Date
  contractEnd: 'Contract_End_Date__c', // Date
  solution: 'Solution__c', // Picklist
  key: 'Waterfall_Key__c', // Text(255), unique, external id
} as const;

/** Custom fields of Account. Further fields named by a closedWon ownerChain are created too. */
export const ACCOUNT_FIELD = { customerSuccessOwner: 'Customer_Success_Owner__c' } as const;

export const BYPASS_PERMISSION = 'Bypass_Waterfall_Automation';
export const STAMPING_FLOW = 'Waterfall_Stage_Stamping';
export const RENEWAL_FLOW = 'Waterfall_Renewal';
export const RECORD_PAGE = 'Waterfall_Opportunity_Record_Page';
export const COMPACT_LAYOUT = 'Waterfall_Opportunity';

export const PERMISSION_SET = {
  marketing: 'Waterfall_Marketing',
  salesDevelopment: 'Waterfall_Sales_Development',
  sales: 'Waterfall_Sales',
  customerSuccess: 'Waterfall_Customer_Success',
  revOps: 'Waterfall_RevOps',
} as const;

/** Holds the bypass permission and nothing else; for integrations and migrations, not for people. */
export const BYPASS_PERMISSION_SET = 'Waterfall_Automation_Bypass';

/** The stage tracker (`c-stage-tracker`) and the module of stage definitions compiled for it (`c/waterfallStages`). */
export const STAGE_TRACKER = 'stageTracker';
export const STAGES_MODULE = 'waterfallStages';
