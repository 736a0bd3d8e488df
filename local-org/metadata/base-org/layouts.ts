/** Page layouts that come with an org, named as in a retrieve; detail fields in two columns. */
interface LayoutSource {
  readonly object: string;
  readonly name: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly relatedLists?: readonly string[];
}

const LAYOUTS: readonly LayoutSource[] = [
  {
    object: 'Opportunity',
    name: 'Opportunity Layout',
    left: ['OwnerId!', 'IsPrivate', 'Name!', 'AccountId', 'Type', 'LeadSource'],
    right: ['Amount', 'ExpectedRevenue*', 'CloseDate!', 'NextStep', 'StageName!', 'Probability', 'CampaignId'],
    relatedLists: ['RelatedContactRoleList', 'RelatedLineItemList', 'RelatedActivityList', 'RelatedStageHistoryList'],
  },
  {
    object: 'Account',
    name: 'Account Layout',
    left: ['OwnerId!', 'Name!', 'ParentId', 'AccountNumber', 'Site', 'Type', 'Industry', 'AnnualRevenue'],
    right: ['Rating', 'Phone', 'Fax', 'Website', 'Ownership', 'NumberOfEmployees', 'BillingAddress', 'ShippingAddress'],
    relatedLists: ['RelatedContactList', 'RelatedOpportunityList', 'RelatedActivityList'],
  },
  {
    object: 'Contact',
    name: 'Contact Layout',
    left: ['OwnerId!', 'Name!', 'AccountId', 'Title', 'Department', 'Birthdate', 'ReportsToId', 'LeadSource'],
    right: ['Phone', 'HomePhone', 'MobilePhone', 'OtherPhone', 'Fax', 'Email', 'MailingAddress'],
    relatedLists: ['RelatedOpportunityList', 'RelatedActivityList'],
  },
  {
    object: 'Lead',
    name: 'Lead Layout',
    left: ['OwnerId!', 'Name!', 'Company!', 'Title', 'LeadSource', 'Industry', 'AnnualRevenue'],
    right: ['Phone', 'MobilePhone', 'Fax', 'Email', 'Website', 'Status!', 'Rating', 'NumberOfEmployees', 'Address'],
    relatedLists: ['RelatedActivityList'],
  },
  {
    object: 'Campaign',
    name: 'Campaign Layout',
    left: ['OwnerId!', 'Name!', 'IsActive', 'Type', 'Status', 'StartDate', 'EndDate'],
    right: ['ExpectedRevenue', 'BudgetedCost', 'ActualCost', 'ExpectedResponse', 'NumberSent', 'ParentId'],
    relatedLists: ['RelatedCampaignMemberList'],
  },
  {
    object: 'CampaignMember',
    name: 'Campaign Member Layout',
    left: ['CampaignId*', 'Status!'],
    right: ['LeadId', 'ContactId'],
  },
  {
    object: 'Contract',
    name: 'Contract Layout',
    left: ['OwnerId!', 'AccountId!', 'Status!'],
    right: ['StartDate', 'ContractTerm', 'CompanySignedDate'],
  },
  {
    object: 'Product2',
    name: 'Product Layout',
    left: ['Name!', 'ProductCode', 'Family'],
    right: ['IsActive', 'Description'],
  },
  {
    object: 'Task',
    name: 'Task Layout',
    left: ['OwnerId!', 'Subject!', 'ActivityDate'],
    right: ['Status!', 'Priority!', 'WhoId', 'WhatId'],
  },
  {
    object: 'Event',
    name: 'Event Layout',
    left: ['OwnerId!', 'Subject!'],
    right: ['StartDateTime!', 'EndDateTime!', 'WhoId', 'WhatId'],
  },
  {
    object: 'OpportunityContactRole',
    name: 'Opportunity Contact Role Layout',
    left: ['OpportunityId*', 'ContactId!'],
    right: ['Role', 'IsPrimary'],
  },
  {
    object: 'OpportunityLineItem',
    name: 'Opportunity Product Layout',
    left: ['Product2Id*', 'UnitPrice!', 'Quantity!'],
    right: ['ServiceDate', 'Description'],
  },
  {
    object: 'User',
    name: 'User Layout',
    left: ['Name!', 'Username!', 'Email!'],
    right: ['ProfileId!', 'UserRoleId', 'IsActive'],
  },
];

/** `Name!` is a required item, `Name*` a read-only one. */
function item(field: string): Readonly<Record<string, unknown>> {
  const behavior = field.endsWith('!') ? 'Required' : field.endsWith('*') ? 'Readonly' : 'Edit';
  return { behavior, field: field.replace(/[!*]$/, '') };
}

/** fullName -> Layout metadata. */
export function standardLayouts(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  return new Map(
    LAYOUTS.map(({ object, name, left, right, relatedLists }) => [
      `${object}-${name}`,
      {
        layoutSections: [
          {
            customLabel: false,
            detailHeading: false,
            editHeading: true,
            label: `${object} Information`,
            layoutColumns: [{ layoutItems: left.map(item) }, { layoutItems: right.map(item) }],
            style: 'TwoColumnsTopToBottom',
          },
          {
            customLabel: false,
            detailHeading: false,
            editHeading: true,
            label: 'System Information',
            layoutColumns: [{ layoutItems: [item('CreatedById*')] }, { layoutItems: [item('LastModifiedById*')] }],
            style: 'TwoColumnsTopToBottom',
          },
        ],
        relatedLists: (relatedLists ?? []).map((relatedList) => ({
          customButtons: [],
          excludeButtons: [],
          fields: [],
          quickActions: [],
          relatedList,
        })),
        showEmailCheckbox: false,
        showHighlightsPanel: false,
        showInteractionLogPanel: false,
        showRunAssignmentRulesCheckbox: false,
        showSubmitAndAttachButton: false,
      },
    ]),
  );
}
