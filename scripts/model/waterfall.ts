/**
 * The model of one organisation's revenue waterfall, as the rest of the code sees it: readonly, complete, cross-references
 * checked, defaults filled in. `load-model.ts` makes one from config/waterfall.yaml; nothing else may.
 */

/** Who owns an opportunity while it is in a stage. */
export type RevenueFunction = 'marketing' | 'salesDevelopment' | 'sales' | 'customerSuccess';

/** Keys of the opportunity types; an organisation may leave some out or merge upsell and cross-sell into one. */
export type OpportunityTypeKey = 'acquisition' | 'renewal' | 'upsell' | 'crossSell';

/** Values of the Metadata API's ForecastCategories (the UI calls `Forecast` "Commit"). */
export type ForecastCategory = 'Omitted' | 'Pipeline' | 'BestCase' | 'MostLikely' | 'Forecast' | 'Closed';

export interface Sla {
  /** A whole number above zero. */
  readonly amount: number;
  readonly unit: 'hours' | 'businessDays';
}

export interface Raci {
  readonly responsible: string;
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}

export interface Stage {
  /** The picklist value and its label: letters, digits and spaces, at most 40 characters. */
  readonly name: string;
  readonly revenueFunction: RevenueFunction;
  /** `step` lies on the path; `detour` (Recycled, Disqualified) lies beside it. */
  readonly kind: 'step' | 'detour';
  readonly outcome: 'open' | 'won' | 'lost';
  /** Percent, 0 to 100. */
  readonly probability: number;
  readonly forecastCategory: ForecastCategory;
  readonly definition: string;
  readonly entryRule: string;
  readonly nextStep: string;
  readonly sla: Sla | null;
  readonly raci: Raci;
  /** API names of Opportunity fields that must be filled before the opportunity moves forward out of this stage. */
  readonly requiredToLeave: readonly string[];
  /** Entering the stage asks for one of these (`Stage_Reason__c`); empty where it asks for none. */
  readonly reasons: readonly string[];
  /** Of an open detour: the stage into which it comes back on `Nurture_Until__c`. */
  readonly comesBackTo: string | null;
  /** Where the model file names each of those, by API name: `config/waterfall.yaml:117:27`. */
  readonly requiredAt?: Readonly<Record<string, string>>;
  /** The model entry this came from, for messages and for `Component.source`: `opportunityTypes.acquisition.stages[0]`. */
  readonly source: string;
}

/** How an opportunity of a type comes into being. */
export type CreatedBy = 'targetedAccount' | 'signal' | 'lead' | 'person' | 'closedWon';

export interface OpportunityType {
  readonly key: OpportunityTypeKey;
  /** Record type label. Its developer name is the label with underscores for spaces. */
  readonly label: string;
  readonly description: string;
  /** The value this type has in the standard `Opportunity.Type` picklist. */
  readonly typeValue: string;
  readonly creation: {
    readonly stage: string;
    readonly by: readonly CreatedBy[];
    /** User lookups on Account for what automation creates, tried in order; the account's owner comes last by itself. */
    readonly ownerChain: readonly string[];
    /** Days from its creation by an account, a signal or a lead to its close date, which every opportunity needs. */
    readonly closeInDays: number;
  };
  /** In path order: steps, then won, lost and detours as the model lists them. */
  readonly stages: readonly Stage[];
  readonly source: string;
}

export interface StageDates {
  /** What entering a stage for a second time does to its date. */
  readonly reentry: 'first' | 'latest';
  /** What happens to the dates of steps that were jumped over. */
  readonly skipped: 'blank' | 'fill';
}

export type PromotionRule =
  | { readonly kind: 'anyMemberScore' | 'totalScore' | 'groupCoverage' | 'confirmedMembers'; readonly atLeast: number }
  | { readonly kind: 'field'; readonly field: string; readonly equals: string | number | boolean };

export interface Promotion {
  readonly name: string;
  readonly opportunityType: OpportunityTypeKey;
  readonly from: string;
  readonly to: string;
  readonly when: PromotionRule;
  readonly source: string;
}

export interface Handshake {
  readonly name: string;
  readonly opportunityType: OpportunityTypeKey;
  /** The stage whose entry asks for the hand-over; its owner receives. */
  readonly stage: string;
  readonly giver: RevenueFunction;
  readonly receiver: RevenueFunction;
  /** Who of the receiving function answers: a user field of the account, a role, or a queue's users by turn. */
  readonly assignment: { readonly by: 'accountField' | 'role' | 'queue'; readonly value: string };
  readonly sla: Sla;
  readonly onAccept: { readonly makeOwner: boolean };
  /** Where a rejected opportunity goes back to. */
  readonly onReject: { readonly stage: string; readonly reasons: readonly string[] };
  readonly onSilence: { readonly remindHoursBefore: number; readonly escalateTo: 'manager' | 'accountable' };
  readonly source: string;
}

export type Copied = 'buyingGroup' | 'products' | 'solution' | 'contractDates';

/** One opportunity that winning another one creates. */
export interface ClosedWonRule {
  readonly name: string;
  readonly from: readonly OpportunityTypeKey[];
  readonly creates: OpportunityTypeKey;
  readonly stage: string;
  /** Days after the win; 0 is at once. */
  readonly delayDays: number;
  readonly closeDate:
    | { readonly from: 'contractEnd'; readonly defaultTermMonths: number }
    | { readonly from: 'daysAfterWin'; readonly days: number };
  readonly amount: { readonly from: 'wonAmount' | 'none'; readonly upliftPercent: number };
  /** API names of user lookups on Account, tried in order; the won opportunity's owner comes last by itself. */
  readonly ownerChain: readonly string[];
  readonly copies: readonly Copied[];
  readonly source: string;
}

/** What a lost renewal does beside marking the account as churned. */
export interface LostRenewal {
  readonly ends: readonly OpportunityTypeKey[];
  readonly scope: 'account' | 'solution';
  /** A lost stage of every type that ends. */
  readonly stage: string;
  readonly reason: string | null;
}

export interface Solution {
  readonly name: string;
  readonly description: string;
  readonly buyingGroup: string;
  /** Whether a customer can buy more of it. */
  readonly sellsMore: boolean;
  /** Solutions that are worth offering to a customer of this one. */
  readonly sellsNext: readonly string[];
  readonly source: string;
}

export interface BuyingGroupRole {
  /** A value of the ContactRole value set (OpportunityContactRole.Role). */
  readonly name: string;
  readonly description: string;
  /** Lower-case words in a job title that suggest this role. */
  readonly titleWords: readonly string[];
  readonly source: string;
}

export interface BuyingGroup {
  readonly name: string;
  readonly roles: readonly string[];
  readonly source: string;
}

export interface BuyingGroups {
  readonly roles: readonly BuyingGroupRole[];
  readonly groups: readonly BuyingGroup[];
  readonly coverageCounts: 'all' | 'confirmed';
  /** The role of a member whose title suggests none; null leaves it blank. */
  readonly defaultRole: string | null;
}

export interface LeadStatus {
  readonly name: string;
  readonly converted: boolean;
  readonly source: string;
}

export interface Leads {
  /** The first that finds an account decides. */
  readonly matchBy: readonly ('contactEmail' | 'emailDomain' | 'website' | 'companyName' | 'companyNameAndCountry')[];
  readonly tieBreakers: readonly ('ownerSet' | 'openOpportunity' | 'mostRecentActivity' | 'biggest')[];
  readonly noMatch: 'createAccount' | 'alertRevOps';
  /**
   * Of a lead that names no solution, where there are several: taken to want this one; or it joins the only opportunity that its account has
   * open, renewals aside, and where there is not exactly one, RevOps is told, or nobody.
   */
  readonly noSolution:
    { readonly then: 'alertRevOps' | 'ignore' } | { readonly then: 'solution'; readonly solution: string };
  readonly convert: { readonly when: 'onArrival' | 'never' } | { readonly when: 'status'; readonly status: string };
  /** Lower case. */
  readonly publicMailDomains: readonly string[];
  /** Empty unless the organisation runs a lead funnel as well. */
  readonly statuses: readonly LeadStatus[];
}

export interface Waterfall {
  readonly name: string;
  readonly description: string;
  /** What tells the type of an opportunity in the org: its record type, or at its simplest only the `Type` picklist. */
  readonly typeCarrier: 'recordType' | 'typeField';
  readonly revenueFunctions: readonly { readonly key: RevenueFunction; readonly label: string }[];
  readonly opportunityTypes: readonly OpportunityType[];
  readonly stageDates: StageDates;
  readonly promotions: readonly Promotion[];
  readonly handshakes: readonly Handshake[];
  readonly closedWon: readonly ClosedWonRule[];
  readonly solutions: readonly Solution[];
  readonly lostRenewal: LostRenewal | null;
  /** API names of the number fields with the score of a person. */
  readonly leadScore: { readonly lead: string; readonly contact: string };
  readonly buyingGroups: BuyingGroups;
  /** Null where the organisation leaves leads alone. */
  readonly leads: Leads | null;
}

/** Every stage of the model once, in the order in which the types list them. */
export const allStages = (waterfall: Waterfall): readonly Stage[] => [
  ...new Map(waterfall.opportunityTypes.flatMap((type) => type.stages).map((stage) => [stage.name, stage])).values(),
];
