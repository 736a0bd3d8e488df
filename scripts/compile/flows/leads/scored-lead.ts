/** What counting a score is told of the lead, and where its faults go. */
import { jumpTo } from '../elements.ts';

/** What the flow is told of the lead: those that call it have just read it. */
export const SCORED = {
  lead: 'Lead_Id',
  name: 'Lead_Name',
  /** Who is told where nobody is RevOps. */
  otherwise: 'Otherwise_User_Id',
  account: 'Account_Id',
  solution: 'Solution',
  score: 'Score',
  opportunity: 'Opportunity_Id',
  groupChangedAt: 'Group_Changed_At',
  contact: 'Contact_Id',
  savedAt: 'Saved_At',
} as const;

/** The step that notes why a score could not be counted. */
export const SCORE_FAILED = 'Note why it failed';
export const failed = jumpTo(SCORE_FAILED);
