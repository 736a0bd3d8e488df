/**
 * Settings of a new Enterprise org, with the defaults of the Metadata API Developer Guide. fullName -> metadata; the type of each is
 * `<fullName>Settings`.
 */
export const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Account: {
    enableAccountHistoryTracking: false,
    enableAccountOwnerReport: false,
    enableAccountTeams: false,
    enableContactHistoryTracking: false,
    showViewHierarchyLink: true,
  },
  Activities: { enableActivityReminders: true, enableEmailTracking: true, enableMultidayEvents: true },
  // False by default in production, true elsewhere: Metadata API Developer Guide, FlowSettings.
  Flow: {
    enableFlowDeployAsActiveEnabled: true,
    enableFlowFormulasFixEnabled: true,
    enableFlowNullPreviousValueFix: true,
    enableLightningRuntimeEnabled: true,
  },
  LeadConfig: {
    doesEnableLeadConvertDefaultSubjectBlankTaskCreation: false,
    doesHideOpportunityInConvertLeadWindow: false,
    doesPreserveLeadStatus: false,
    doesSelectNoOpportunityOnConvertLead: false,
    doesTrackHistory: false,
    enableConversionsOnMobile: false,
    enableOrgWideMergeAndDelete: false,
    shouldLeadConvertRequireValidation: true,
  },
  Opportunity: {
    autoActivateNewReminders: false,
    customizableProductSchedulesEnabled: false,
    doesEnforceStandardOpportunitySaveLogic: true,
    enableFindSimilarOpportunities: false,
    enableOpportunityFieldHistoryTracking: true,
    enableOpportunityTeam: false,
    enablePipelineInspection: false,
    enableUpdateReminders: false,
    promptToAddProducts: false,
    pushCountEnabled: true,
    simpleOppCreateFromContact: true,
  },
  // True by default in Enterprise Edition: Metadata API Developer Guide, PathAssistantSettings.
  PathAssistant: { canOverrideAutoPathCollapseWithUserPref: false, pathAssistantEnabled: true },
  Product: { enableCascadeActivateToRelatedPrices: false, enableQuantitySchedule: false, enableRevenueSchedule: false },
};

export const LEAD_CONVERT_SETTINGS = {
  allowOwnerChange: true,
  objectMapping: [],
  opportunityCreationOptions: 'VisibleOptional',
};
