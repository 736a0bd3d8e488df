import { developerName } from '../model/developer-name.ts';
import type { OpportunityType } from '../model/waterfall.ts';
import { LIMIT } from './limits.ts';
import { fitName } from './text.ts';

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
  /** Text(255), unique: account and solution of what automation opened, while it is open. */
  openKey: 'Open_Opportunity_Key__c',
  // Buying group, kept by automation
  groupSize: 'Buying_Group_Size__c', // Number
  groupConfirmed: 'Buying_Group_Confirmed__c', // Number
  rolesCovered: 'Buying_Group_Roles_Covered__c', // Number
  groupCoverage: 'Buying_Group_Coverage__c', // Percent
  missingRoles: 'Missing_Roles__c', // Text(255)
  highestScore: 'Highest_Lead_Score__c', // Number
  totalScore: 'Total_Lead_Score__c', // Number
  leastEngaged: 'Least_Engaged_Member__c', // Lookup(Contact)
  /** DateTime. Written to have the group counted again, after a member has gone. */
  groupChangedAt: 'Buying_Group_Changed_At__c',
  signalCount: 'Signal_Count__c', // Number
  lastSignalAt: 'Last_Signal_At__c', // DateTime
  // Promotions
  promotionReason: 'Promotion_Reason__c', // Text(255): what moved it on
  promotedAt: 'Promoted_At__c', // DateTime
  promotionsFired: 'Promotions_Fired__c', // Text(255): keys of promotions, each fires once
  // Handshakes, stage SLA, recycling
  handshakeStatus: 'Handshake_Status__c', // Picklist, as Handshake__c.Outcome__c: of the latest handshake
  slaBreached: 'Stage_SLA_Breached__c', // Checkbox: of the present stage
  slaBreaches: 'Stage_SLA_Breaches__c', // Number: of all stages
  stageReason: 'Stage_Reason__c', // Picklist: why lost, disqualified or recycled
  nurtureUntil: 'Nurture_Until__c', // Date
} as const;

/** Custom fields of OpportunityContactRole: a member of a buying group. */
export const MEMBER_FIELD = {
  status: 'Member_Status__c', // Picklist: Potential, Confirmed
  source: 'Member_Source__c', // Picklist: Inbound, Research, Customer
  lastEngagementAt: 'Last_Engagement_At__c', // DateTime
  scoreAtJoining: 'Score_At_Joining__c', // Number
  leadScore: 'Lead_Score__c', // Formula: the contact's score
  signalCount: 'Signal_Count__c', // Number: responses for the solution
  /** Text(255), unique: opportunity and contact. */
  key: 'Buying_Group_Key__c',
  /** Number: the change of the group that this member was last part of. Emptied, it has the group counted again. */
  change: 'Buying_Group_Change__c',
  opportunityOpen: 'Opportunity_Open__c', // Formula: whether the opportunity is open
  /** Checkbox: the contact is being deleted, and the member with it. */
  contactRemoved: 'Contact_Removed__c',
} as const;

export const MEMBER_STATUS = { potential: 'Potential', confirmed: 'Confirmed' } as const;
export const MEMBER_SOURCE = { inbound: 'Inbound', research: 'Research', customer: 'Customer' } as const;

/** Custom fields of Account. Further fields named by a closedWon ownerChain are created too. */
export const ACCOUNT_FIELD = {
  customerSuccessOwner: 'Customer_Success_Owner__c', // Lookup(User)
  targetedSolutions: 'Targeted_Solutions__c', // Multi-select picklist
  churned: 'Churned__c', // Checkbox
  churnedOn: 'Churned_On__c', // Date
  websiteDomain: 'Website_Domain__c', // Text(255), external id for its index
  companyKey: 'Company_Key__c', // Text(255), external id for its index
  ownerIsActive: 'Owner_Is_Active__c', // Formula: whether the owner is an active user
} as const;

/** Custom fields of Campaign and CampaignMember: what a response is about. */
export const CAMPAIGN_FIELD = { solution: 'Solution__c' } as const; // Picklist
export const CAMPAIGN_MEMBER_FIELD = {
  solution: 'Solution__c', // Formula: the campaign's
  /** Number: members of one contact whose status is saved together share it, so that one of them acts for all. */
  number: 'Response_Number__c',
} as const;

/** Custom fields of Lead. Lead statuses of the model add a date each. */
export const LEAD_FIELD = {
  solution: 'Solution__c', // Picklist
  emailDomain: 'Email_Domain__c', // Text(255), external id for its index
  websiteDomain: 'Website_Domain__c', // Text(255), external id for its index
  companyKey: 'Company_Key__c', // Text(255), external id for its index
  matchedAccount: 'Matched_Account__c', // Lookup(Account)
  /** Lookup(Opportunity): of the buying group that an unconverted lead counts for. */
  opportunity: 'Waterfall_Opportunity__c',
  matchStatus: 'Match_Status__c', // Picklist: MATCH_STATUS
  matchReason: 'Match_Reason__c', // Text(255)
  conversionProblem: 'Conversion_Problem__c', // Text(255)
  /** Lookup(Campaign): what the lead last responded to before it was converted. */
  campaign: 'Responded_Campaign__c',
  engagedAt: 'Engaged_At__c', // DateTime: when it last responded
} as const;

export const MATCH_STATUS = {
  /** Set before the save that begins it; matching writes what came of it. */
  toBeMatched: 'To Be Matched',
  matched: 'Matched',
  noMatch: 'No Match',
  converted: 'Converted',
  notConverted: 'Not Converted',
} as const;

/** The date of a lead status, on Lead. */
export const leadStatusDateField = (statusName: string): string => `${apiName(statusName)}_Date__c`;
/** The same date on Opportunity, after the conversion; the prefix keeps it apart from the date of a stage of that name. */
export const carriedStatusDateField = (statusName: string): string =>
  `${fitName(`Lead_${apiName(statusName)}_Date`, LIMIT.fieldName)}__c`;

/** Custom field of Product2: whether a renewal takes the product over. */
export const PRODUCT_FIELD = { renewable: 'Renewable__c' } as const; // Checkbox

/** The record of one hand-over, and its fields. Its owner is who has to answer. */
export const HANDSHAKE = 'Handshake__c';
export const HANDSHAKE_FIELD = {
  opportunity: 'Opportunity__c', // Lookup(Opportunity)
  fromFunction: 'From_Function__c', // Picklist
  toFunction: 'To_Function__c', // Picklist
  fromUser: 'From_User__c', // Lookup(User)
  toUser: 'To_User__c', // Lookup(User)
  stage: 'Stage__c', // Text(40)
  returnStage: 'Return_Stage__c', // Text(40)
  requestedAt: 'Requested_At__c', // DateTime
  remindAt: 'Remind_At__c', // DateTime
  dueAt: 'Due_At__c', // DateTime
  answeredAt: 'Answered_At__c', // DateTime
  answeredBy: 'Answered_By__c', // Lookup(User)
  outcome: 'Outcome__c', // Picklist: Pending, Accepted, Rejected, Withdrawn
  reason: 'Reason__c', // Picklist: why it was rejected
  comment: 'Comment__c', // Text(255)
  breached: 'Breached__c', // Checkbox
  escalatedTo: 'Escalated_To__c', // Lookup(User)
  /** Text(255), unique: opportunity, stage and moment of entry; blank once it is no longer pending. */
  key: 'Handshake_Key__c',
  /** Text(80): the model's name of the handshake, by which flows know its rules. */
  rule: 'Rule__c',
} as const;

export const BYPASS_PERMISSION = 'Bypass_Waterfall_Automation';
/** API names of the flows. */
export const FLOW = {
  stamping: 'Waterfall_Stage_Stamping',
  promotion: 'Waterfall_Promotion',
  releaseKey: 'Waterfall_Release_Key',
  renewal: 'Waterfall_Renewal',
  upsell: 'Waterfall_Upsell',
  crossSell: 'Waterfall_Cross_Sell',
  copyBuyingGroup: 'Waterfall_Copy_Buying_Group',
  copyProducts: 'Waterfall_Copy_Products',
  lostRenewal: 'Waterfall_Lost_Renewal',
  /** Autolaunched: a task for RevOps that says what could not be done and why. */
  tellRevOps: 'Waterfall_Tell_RevOps',
  member: 'Waterfall_Buying_Group_Member',
  memberSaved: 'Waterfall_Buying_Group_Change',
  memberRemoved: 'Waterfall_Buying_Group_Removal',
  contactChanged: 'Waterfall_Contact_Change',
  contactRemoved: 'Waterfall_Contact_Removal',
  recount: 'Waterfall_Buying_Group_Recount',
  solutionChanged: 'Waterfall_Solution_Change',
  /** Autolaunched: counts one buying group and writes the result to its opportunity. */
  countGroup: 'Waterfall_Count_Buying_Group',
  responseNumber: 'Waterfall_Response_Number',
  response: 'Waterfall_Campaign_Response',
  /** Autolaunched: brings a person to the open opportunity of an account and a solution, which it creates where there is none. */
  joinGroup: 'Waterfall_Join_Buying_Group',
  /** Autolaunched: brings a person of whom nobody knows which solution to the only open opportunity of an account. */
  joinOnly: 'Waterfall_Join_Only_Opportunity',
  /** Autolaunched: the opportunity of an account and a solution that joining finds none for. */
  openOpportunity: 'Waterfall_Open_Opportunity',
  targetedAccount: 'Waterfall_Targeted_Account',
  accountKeys: 'Waterfall_Account_Match_Keys',
  leadKeys: 'Waterfall_Lead_Match_Keys',
  leadMatching: 'Waterfall_Lead_Matching',
  leadConversion: 'Waterfall_Lead_Conversion',
  leadJoining: 'Waterfall_Lead_Buying_Group',
  leadDates: 'Waterfall_Lead_Dates',
  leadScore: 'Waterfall_Lead_Score',
  newLeadScore: 'Waterfall_New_Lead_Score',
  /** Autolaunched: has the score of one lead count for its opportunity, or for the contact that it has become. */
  countLeadScore: 'Waterfall_Count_Lead_Score',
  leadStamping: 'Waterfall_Lead_Status_Stamping',
  handshakeRequest: 'Waterfall_Handshake_Request',
  handshakeAssignment: 'Waterfall_Handshake_Assignment',
  handshakeStamping: 'Waterfall_Handshake_Stamping',
  handshakeAnswer: 'Waterfall_Handshake_Answer',
  handshakeReminder: 'Waterfall_Handshake_Reminder',
  handshakeWithdrawal: 'Waterfall_Handshake_Withdrawal',
  handshakeTask: 'Waterfall_Handshake_Task',
  stageSla: 'Waterfall_Stage_SLA',
  /** Before save: reasons and dates go with the stage. */
  recycling: 'Waterfall_Recycling',
  /** After save: a recycled opportunity returns to the function that it comes back to. */
  recycledOwner: 'Waterfall_Recycled_Owner',
  comeBack: 'Waterfall_Nurture_Come_Back',
} as const;

/** The developer name of the queue that the model names by its label; the model's checks go by the same. */
export const queueName = developerName;

/** The type of the notifications that flows send. */
export const NOTIFICATION_TYPE = 'Waterfall_Notification';
export const HANDSHAKE_COMPACT_LAYOUT = 'Waterfall_Handshake';
/** The layout that an object gets when it is created, which every profile shows until another one is assigned. */
export const HANDSHAKE_LAYOUT = 'Handshake__c-Handshake Layout';

/** The Apex class that converts leads, and its test class. */
export const LEAD_CONVERSION_CLASS = 'WaterfallLeadConversion';
export const LEAD_CONVERSION_TEST_CLASS = `${LEAD_CONVERSION_CLASS}Test`;
/** What it takes to have leads converted by automation, for whoever's saves do it: the marketing platform's user above all. */
export const LEAD_CONVERSION_PERMISSION_SET = 'Waterfall_Lead_Conversion';
/** What the marketing platform writes, for the user that it works as. */
export const MARKETING_PLATFORM_PERMISSION_SET = 'Waterfall_Marketing_Platform';
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
