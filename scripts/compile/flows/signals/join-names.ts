/** Inputs and outputs of {@link FLOW.joinGroup}, for the flows that call it. */
export const JOIN = {
  contact: 'Contact_Id',
  /** The job title of the person, from which the role follows; may be blank. */
  title: 'Title',
  account: 'Account_Id',
  solution: 'Solution',
  /** May be blank. */
  campaign: 'Campaign_Id',
  /** A value of MEMBER_SOURCE. */
  source: 'Source',
  /** DateTime; now where it is blank. Members of one batch that share it share the writing. */
  engagedAt: 'Engaged_At',
  /** `signal` or `lead`: which `creation.by` it counts as. */
  createdBy: 'Created_By',
  /** Blank where none is open and the model creates none. */
  opportunity: 'Opportunity_Id',
  /** Blank when all is well. */
  problem: 'Problem',
} as const;

export const JOIN_LABEL = {
  complete: 'Is it known who wants what?',
  open: 'Find the open opportunity',
  isOpen: 'Is one open?',
  take: 'Take the open opportunity',
  create: 'Open an opportunity',
  created: 'Is there one now?',
  takeOther: 'Take what somebody else has got',
  takeNew: 'Take the new opportunity',
  none: 'Note why there is none',
  failed: 'Note what failed',
  first: 'Add the first person',
  member: 'Find the member',
  isMember: 'Is the person a member already?',
  engaged: 'Note the engagement',
  saveMember: 'Save the engagement',
  join: 'Add the person',
  refused: 'Note why the person was refused',
  memberAgain: 'Look for the member again',
  nowMember: 'Is the person a member now?',
  clear: 'Forget the refusal',
  campaign: 'Has the opportunity a campaign?',
  last: 'Find who joined last',
  isLast: 'Is it this person?',
  link: 'Note the campaign',
  saveLink: 'Link the campaign',
  linkRefused: 'Note why the campaign was refused',
} as const;

/** A further output of {@link FLOW.joinOnly}, which takes what {@link FLOW.joinGroup} takes but for solution and cause: how many are open. */
export const OPEN_COUNT = 'Number_Of_Open_Opportunities';

/** The campaign that the opportunity has already. */
export const HAS_CAMPAIGN = 'Campaign_Of_Opportunity';
/** When the person engaged, in whole seconds. */
export const MOMENT = 'Moment';
/** Never set: what the problem is cleared with. */
export const NO_PROBLEM = 'No_Problem';
