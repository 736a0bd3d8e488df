/** How a flow tells RevOps what it could not do: it calls the autolaunched flow {@link FLOW.tellRevOps}. */
import { FLOW } from '../names.ts';
import { subflow } from './steps.ts';
import type { Connector, Named, Value } from './elements.ts';

export interface Refusal {
  /** The record that the task belongs to. */
  readonly recordId: Value;
  /** Followed by nothing: the whole subject, at most 255 characters are kept. */
  readonly subject: Value;
  /** What the org said, or what is missing. */
  readonly reason: Value;
  readonly whatToDo: Value;
  /** Who gets the task when nobody holds the RevOps permission set: the owner of the record, say. */
  readonly otherwise: Value;
}

/** What the flow gives back: who got the task. Referred to by the name of the step that tells RevOps. */
export const TOLD_USER = 'Told_User_Id';

/** The step that tells RevOps. It never fails: what it cannot say either is only in the debug log. */
export const tellRevOps = (named: Named, refusal: Refusal, connector?: Connector): ReturnType<typeof subflow> =>
  subflow(
    named,
    FLOW.tellRevOps,
    {
      Otherwise_User_Id: refusal.otherwise,
      Reason: refusal.reason,
      Record_Id: refusal.recordId,
      Subject: refusal.subject,
      What_To_Do: refusal.whatToDo,
    },
    connector,
  );
