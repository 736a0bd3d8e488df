/**
 * The standard value set behind each standard picklist. Metadata API Developer Guide, "StandardValueSet Names and Standard Picklist
 * Fields": https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/standardvalueset_names.htm
 */
export const STANDARD_VALUE_SET_OF: Readonly<Record<string, string>> = {
  'Account.AccountSource': 'LeadSource',
  'Account.Industry': 'Industry',
  'Account.Ownership': 'AccountOwnership',
  'Account.Rating': 'AccountRating',
  'Account.Type': 'AccountType',
  'Campaign.Status': 'CampaignStatus',
  'Campaign.Type': 'CampaignType',
  'CampaignMember.Status': 'CampaignMemberStatus',
  'Case.Origin': 'CaseOrigin',
  'Case.Priority': 'CasePriority',
  'Case.Reason': 'CaseReason',
  'Case.Status': 'CaseStatus',
  'Case.Type': 'CaseType',
  'Contact.LeadSource': 'LeadSource',
  'Contact.Salutation': 'Salutation',
  'Contract.Status': 'ContractStatus',
  'Event.Subject': 'EventSubject',
  'Event.Type': 'EventType',
  'Lead.Industry': 'Industry',
  'Lead.LeadSource': 'LeadSource',
  'Lead.Rating': 'AccountRating',
  'Lead.Salutation': 'Salutation',
  'Lead.Status': 'LeadStatus',
  'Opportunity.ForecastCategoryName': 'ForecastCategoryName',
  'Opportunity.LeadSource': 'LeadSource',
  'Opportunity.StageName': 'OpportunityStage',
  'Opportunity.Type': 'OpportunityType',
  'OpportunityContactRole.Role': 'ContactRole',
  'OpportunityTeamMember.TeamMemberRole': 'SalesTeamRole',
  'AccountContactRole.Role': 'AccountContactRole',
  'Order.Status': 'OrderStatus',
  'Order.Type': 'OrderType',
  'Product2.Family': 'Product2Family',
  'Quote.Status': 'QuoteStatus',
  'Task.Priority': 'TaskPriority',
  'Task.Status': 'TaskStatus',
  'Task.Subject': 'TaskSubject',
  'Task.Type': 'TaskType',
};

/** Objects whose record types have a business process, and the picklist that it filters. */
export const PROCESS_FIELD_OF: Readonly<Record<string, string>> = {
  Case: 'Status',
  Lead: 'Status',
  Opportunity: 'StageName',
  Solution: 'Status',
};
