import type { Row, SaveRow } from '../../data/types.ts';
import type { ParentPath, Session } from '../formula/types.ts';
import type { FlowRecord, FlowType, FlowValue } from './values.ts';

/** One run of a flow for one record. The interviews of a batch advance together (run-flow.ts). */
export interface Interview {
  readonly session: Session;
  /** `$Record`; while conditions are checked "as before the save" it is the prior record. */
  record: FlowRecord | null;
  /** `$Record__Prior`; null when the record is new. */
  prior: FlowRecord | null;
  readonly isNew: boolean;
  /** Whether it runs on an asynchronous path, or was called from there. */
  readonly asynchronous: boolean;
  /** The saved row this interview answers to, or a stand-in for it. */
  readonly row: SaveRow;
  /** The flow that is running: the triggered one, or a subflow of it. */
  flow: CompiledFlow;
  /** Values of variables and of what elements have put out, by slot. */
  slots: FlowValue[];
  readonly callers: Caller[];
  /** Name of the element to run next; null when the flow is at its end. */
  at: string | null;
  /** `$Flow.FaultMessage`. */
  faultMessage: string | null;
  /** Why the interview ended early; null while all is well. */
  failure: string | null;
  /** The Wait element it has stopped at; null while it runs. */
  paused: { readonly element: string; readonly event: string; readonly due: string } | null;
  /** How many elements it has run. */
  elements: number;
  /** What happened, for the log. */
  readonly trace: string[];
}

/** Where a subflow returns to. */
export interface Caller {
  readonly flow: CompiledFlow;
  readonly slots: FlowValue[];
  readonly returned: (caller: FlowValue[], finished: readonly FlowValue[], interview: Interview) => void;
  readonly next: string | null;
}

/** A logic element moves one interview on at once. */
export interface LogicElement {
  readonly kind: 'logic';
  readonly name: string;
  readonly run: (interview: Interview) => void;
  /** Of a Wait element: moves an interview on for which an event has occurred; false when it waits for no such event. */
  readonly resume?: (interview: Interview, occurred: { readonly event: string; readonly due: string }) => boolean;
}

/**
 * A data element waits until every interview that will reach it has done so, and then works for all of them together.
 */
export interface DataElement {
  readonly kind: 'data';
  readonly name: string;
  readonly run: (interviews: readonly Interview[]) => void;
  /** Where an interview goes on when the element failed for it; null when nothing handles the fault. */
  readonly faultPath: string | null;
}

export type FlowElement = LogicElement | DataElement;

export interface CompiledFlow {
  readonly name: string;
  readonly label: string;
  readonly elements: ReadonlyMap<string, FlowElement>;
  readonly first: string | null;
  /** A new interview's slots: constants and default values. */
  readonly initialSlots: (session: Session) => FlowValue[];
  /** Variables, constants and element outputs by name, for interviews that wait. */
  readonly slots: ReadonlyMap<string, FlowVariableSlot>;
  /** Parents of `$Record` that the flow reads. */
  readonly paths: readonly ParentPath[];
  readonly inputs: ReadonlyMap<string, FlowVariableSlot>;
  readonly outputs: ReadonlyMap<string, FlowVariableSlot>;
  /** Whether it creates, updates or deletes records, itself or through a subflow. */
  readonly savesRecords: boolean;
  /** Whether it holds Wait elements. */
  readonly waits: boolean;
  /** Its run mode is one of the system's; the default mode is the caller's. */
  readonly inSystemMode: boolean;
  /** Elements one interview may run; Infinity from API 57.0 on. */
  readonly mostElements: number;
}

export interface FlowVariableSlot {
  readonly slot: number;
  readonly type: FlowType;
}

/** What an interview starts with. Without a record it is that of a flow that was called or runs by the clock. */
interface InterviewStart {
  readonly session: Session;
  readonly row: SaveRow;
  readonly record: FlowRecord | null;
  readonly prior: FlowRecord | null;
  /** The element to start at; the flow's first one when it is left out. */
  readonly at?: string | null;
  /** No when it is left out. */
  readonly asynchronous?: boolean;
}

export const startInterview = (
  flow: CompiledFlow,
  { session, row, record, prior, at = flow.first, asynchronous = false }: InterviewStart,
): Interview => ({
  session,
  row,
  record,
  prior,
  flow,
  isNew: row.before === null,
  asynchronous,
  slots: flow.initialSlots(session),
  callers: [],
  at,
  faultMessage: null,
  failure: null,
  paused: null,
  elements: 0,
  trace: [],
});

/** Stands in for the saved row where no save started the interview. */
export const rowWithoutSave = (after: Row = {}): SaveRow => ({ before: null, after, explicit: new Set(), errors: [] });

/** `Q3 Renewal (006…)`, to tell records apart in the log. */
export const recordLabel = (row: Readonly<Row>): string => {
  const name = typeof row.Name === 'string' ? row.Name : null;
  const id = typeof row.Id === 'string' ? row.Id : 'new';
  return name === null ? id : `${name} (${id})`;
};
