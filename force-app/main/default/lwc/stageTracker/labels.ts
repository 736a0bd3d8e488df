import title from '@salesforce/label/c.Stage_Tracker_Title';
import pathLabel from '@salesforce/label/c.Stage_Tracker_Path';
import detours from '@salesforce/label/c.Stage_Tracker_Detours';
import closed from '@salesforce/label/c.Stage_Tracker_Closed';
import loading from '@salesforce/label/c.Stage_Tracker_Loading';
import noAccess from '@salesforce/label/c.Stage_Tracker_No_Access';
import datesHidden from '@salesforce/label/c.Stage_Tracker_Dates_Hidden';
import unknownType from '@salesforce/label/c.Stage_Tracker_Unknown_Type';
import unknownStage from '@salesforce/label/c.Stage_Tracker_Unknown_Stage';
import error from '@salesforce/label/c.Stage_Tracker_Error';
import markComplete from '@salesforce/label/c.Stage_Tracker_Mark_Complete';
import markCurrent from '@salesforce/label/c.Stage_Tracker_Mark_Current';
import changeClosed from '@salesforce/label/c.Stage_Tracker_Change_Closed';
import chooseOutcome from '@salesforce/label/c.Stage_Tracker_Choose_Outcome';
import chooseReason from '@salesforce/label/c.Stage_Tracker_Choose_Reason';
import nurtureUntil from '@salesforce/label/c.Stage_Tracker_Nurture_Until';
import showDetails from '@salesforce/label/c.Stage_Tracker_Show_Details';
import moved from '@salesforce/label/c.Stage_Tracker_Moved';
import due from '@salesforce/label/c.Stage_Tracker_SLA_Due';
import overdue from '@salesforce/label/c.Stage_Tracker_SLA_Overdue';
import businessDays from '@salesforce/label/c.Stage_Tracker_Business_Days';
import stateComplete from '@salesforce/label/c.Stage_Tracker_State_Complete';
import stateSkipped from '@salesforce/label/c.Stage_Tracker_State_Skipped';
import stateCurrent from '@salesforce/label/c.Stage_Tracker_State_Current';
import stateIncomplete from '@salesforce/label/c.Stage_Tracker_State_Incomplete';
import stateWon from '@salesforce/label/c.Stage_Tracker_State_Won';
import stateLost from '@salesforce/label/c.Stage_Tracker_State_Lost';
import facts from '@salesforce/label/c.Stage_Tracker_Facts';
import guidance from '@salesforce/label/c.Stage_Tracker_Guidance';
import entered from '@salesforce/label/c.Stage_Tracker_Entered';
import timeIn from '@salesforce/label/c.Stage_Tracker_Time_In_Stage';
import owner from '@salesforce/label/c.Stage_Tracker_Owner';
import sla from '@salesforce/label/c.Stage_Tracker_SLA';
import responsible from '@salesforce/label/c.Stage_Tracker_Responsible';
import accountable from '@salesforce/label/c.Stage_Tracker_Accountable';
import consulted from '@salesforce/label/c.Stage_Tracker_Consulted';
import informed from '@salesforce/label/c.Stage_Tracker_Informed';
import definition from '@salesforce/label/c.Stage_Tracker_Definition';
import entryRule from '@salesforce/label/c.Stage_Tracker_Entry_Rule';
import nextStep from '@salesforce/label/c.Stage_Tracker_Next_Step';

/** Every text of the stage tracker that an admin can translate. */
export const LABEL = {
  title,
  pathLabel,
  detours,
  closed,
  loading,
  noAccess,
  datesHidden,
  unknownType,
  unknownStage,
  error,
  markComplete,
  markCurrent,
  changeClosed,
  chooseOutcome,
  chooseReason,
  nurtureUntil,
  showDetails,
  moved,
  due,
  overdue,
  businessDays,
  stateComplete,
  stateSkipped,
  stateCurrent,
  stateIncomplete,
  stateWon,
  stateLost,
  facts,
  guidance,
  entered,
  timeIn,
  owner,
  sla,
  responsible,
  accountable,
  consulted,
  informed,
  definition,
  entryRule,
  nextStep,
} as const;

/** Puts values into `{0}`, `{1}` of a label. */
export const format = (label: string, ...values: readonly string[]): string =>
  label.replace(/\{(\d+)\}/g, (whole, place: string) => values[Number(place)] ?? whole);
