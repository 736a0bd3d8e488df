/**
 * Standard value sets of a new Enterprise org in US English: stage probabilities and forecast categories as in Help,
 * "Opportunity Stages"; the other sets as the picklists' defaults in the Object Reference and the Metadata API Developer Guide's samples.
 */
interface StandardValue {
  readonly fullName: string;
  readonly default: boolean;
  readonly label: string;
  readonly [element: string]: unknown;
}

const plain = (names: readonly string[], chosen?: string): readonly StandardValue[] =>
  names.map((fullName) => ({ fullName, default: fullName === chosen, label: fullName }));

const stage = (
  fullName: string,
  probability: number,
  forecastCategory: string,
  closed = false,
  won = false,
): StandardValue => ({
  fullName,
  default: false,
  label: fullName,
  closed,
  forecastCategory,
  probability,
  won,
});

const leadStatus = (fullName: string, converted: boolean, isDefault = false): StandardValue => ({
  fullName,
  default: isDefault,
  label: fullName,
  converted,
});

const closedStatus = (fullName: string, closed: boolean, isDefault = false): StandardValue => ({
  fullName,
  default: isDefault,
  label: fullName,
  closed,
});

const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other',
];
const ACTIVITY_SUBJECTS = ['Call', 'Send Letter', 'Send Quote', 'Other'];

export const STANDARD_VALUE_SETS: Readonly<Record<string, readonly StandardValue[]>> = {
  OpportunityStage: [
    stage('Prospecting', 10, 'Pipeline'),
    stage('Qualification', 10, 'Pipeline'),
    stage('Needs Analysis', 20, 'Pipeline'),
    stage('Value Proposition', 50, 'Pipeline'),
    stage('Id. Decision Makers', 60, 'Pipeline'),
    stage('Perception Analysis', 70, 'Pipeline'),
    stage('Proposal/Price Quote', 75, 'Pipeline'),
    stage('Negotiation/Review', 90, 'Pipeline'),
    stage('Closed Won', 100, 'Closed', true, true),
    stage('Closed Lost', 0, 'Omitted', true),
  ],
  OpportunityType: plain([
    'Existing Customer - Upgrade',
    'Existing Customer - Replacement',
    'Existing Customer - Downgrade',
    'New Customer',
  ]),
  ForecastCategoryName: plain(['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed']),
  LeadStatus: [
    leadStatus('Open - Not Contacted', false, true),
    leadStatus('Working - Contacted', false),
    leadStatus('Closed - Converted', true),
    leadStatus('Closed - Not Converted', false),
  ],
  LeadSource: plain(['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
  ContactRole: plain([
    'Business User',
    'Decision Maker',
    'Economic Buyer',
    'Economic Decision Maker',
    'Evaluator',
    'Executive Sponsor',
    'Influencer',
    'Technical Buyer',
    'Other',
  ]),
  AccountContactRole: plain([
    'Business User',
    'Decision Maker',
    'Economic Buyer',
    'Economic Decision Maker',
    'Evaluator',
    'Executive Sponsor',
    'Influencer',
    'Technical Buyer',
    'Other',
  ]),
  AccountType: plain([
    'Prospect',
    'Customer - Direct',
    'Customer - Channel',
    'Channel Partner / Reseller',
    'Installation Partner',
    'Technology Partner',
    'Other',
  ]),
  AccountRating: plain(['Hot', 'Warm', 'Cold']),
  AccountOwnership: plain(['Public', 'Private', 'Subsidiary', 'Other']),
  Industry: plain(INDUSTRIES),
  Salutation: plain(['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
  CampaignType: plain(
    [
      'Conference',
      'Webinar',
      'Trade Show',
      'Public Relations',
      'Partners',
      'Referral Program',
      'Advertisement',
      'Banner Ads',
      'Direct Mail',
      'Email',
      'Telemarketing',
      'Other',
    ],
    'Conference',
  ),
  CampaignStatus: plain(['Planned', 'In Progress', 'Completed', 'Aborted'], 'Planned'),
  CampaignMemberStatus: plain(['Sent', 'Responded'], 'Sent'),
  CaseOrigin: plain(['Phone', 'Email', 'Web']),
  CasePriority: plain(['High', 'Medium', 'Low'], 'Medium'),
  CaseReason: plain([
    'Installation',
    'Equipment Complexity',
    'Performance',
    'Breakdown',
    'Equipment Design',
    'Feedback',
    'Other',
  ]),
  CaseStatus: [
    closedStatus('New', false, true),
    closedStatus('Working', false),
    closedStatus('Escalated', false),
    closedStatus('Closed', true),
  ],
  CaseType: plain(['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other']),
  ContractStatus: plain(['Draft', 'In Approval Process', 'Activated'], 'Draft'),
  EventSubject: plain(['Call', 'Email', 'Meeting', 'Send Letter/Quote', 'Other']),
  EventType: plain(['Email', 'Meeting', 'Other', 'Call']),
  OrderStatus: plain(['Draft', 'Activated'], 'Draft'),
  OrderType: plain(['New', 'Renewal']),
  Product2Family: plain(['None']),
  QuantityUnitOfMeasure: plain(['Each']),
  QuoteStatus: plain(
    ['Draft', 'Needs Review', 'In Review', 'Approved', 'Rejected', 'Presented', 'Accepted', 'Denied'],
    'Draft',
  ),
  SalesTeamRole: plain([
    'Account Manager',
    'Channel Manager',
    'Executive Sponsor',
    'Lead Qualifier',
    'Pre-Sales Consultant',
    'Sales Manager',
    'Sales Rep',
    'Opportunity Owner',
  ]),
  TaskPriority: plain(['High', 'Normal', 'Low'], 'Normal'),
  TaskStatus: [
    closedStatus('Not Started', false, true),
    closedStatus('In Progress', false),
    closedStatus('Completed', true),
    closedStatus('Waiting on someone else', false),
    closedStatus('Deferred', false),
  ],
  TaskSubject: plain(ACTIVITY_SUBJECTS),
  TaskType: plain(['Call', 'Email', 'Meeting', 'Other']),
};
