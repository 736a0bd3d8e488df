import type { FieldValue, Row, Transaction } from '../../data/types.ts';
import { createSession } from '../records/session.ts';
import type { PausedInterview } from '../types.ts';
import { rowWithoutSave, startInterview, type CompiledFlow, type Interview } from './interview.ts';
import { isCollection, isRecord, type FlowRecord, type FlowValue } from './values.ts';

/**
 * What is kept of an interview while it waits. Each record is written once, however many variables and collections hold
 * it: an item that a loop has changed is changed in its collection too, also after the wait.
 */
interface State {
  /** Values of variables and element outputs by name. */
  readonly values: Readonly<Record<string, Kept>>;
  readonly record: Kept;
  readonly records: readonly { readonly object: string; readonly values: Row; readonly changed: readonly string[] }[];
  readonly elements: number;
  readonly faultMessage: string | null;
}
type Kept = FieldValue | { readonly record: number } | readonly Kept[];

/** An interview at a Wait element, ready to be stored. */
export function keepInterview(flow: CompiledFlow, interview: Interview, tx: Transaction): PausedInterview {
  const { element, event, due } = interview.paused!;
  const indexes = new Map<FlowRecord, number>();
  const keep = (value: FlowValue): Kept => {
    if (isCollection(value)) return value.map(keep);
    if (!isRecord(value)) return value;
    if (!indexes.has(value)) indexes.set(value, indexes.size);
    return { record: indexes.get(value)! };
  };
  const values = Object.fromEntries(
    [...flow.slots].map(([name, { slot }]) => [name, keep(interview.slots[slot] ?? null)]),
  );
  const record = keep(interview.record);
  const records = [...indexes.keys()].map(({ object, values: fields, changed }) => ({
    object: object.name,
    values: fields,
    changed: [...changed],
  }));
  const { elements, faultMessage } = interview;
  const state: State = { values, record, records, elements, faultMessage };
  return { flow: flow.name, element, event, due, userId: tx.user.id, state: JSON.stringify(state) };
}

/**
 * The interview as it was when it came to its Wait element, moved on to what follows the event. Null when the flow has been
 * changed meanwhile so that the element, the event or an object is gone. Variables that are new start as they do in a new
 * interview.
 */
export function wakeInterview(flow: CompiledFlow, paused: PausedInterview, tx: Transaction): Interview | null {
  const element = flow.elements.get(paused.element);
  if (element?.kind !== 'logic' || !element.resume) return null;
  const state = JSON.parse(paused.state) as State;
  const records: FlowRecord[] = [];
  for (const { object: name, values, changed } of state.records) {
    const object = tx.schema.object(name);
    if (!object) return null;
    records.push({ object, values, changed: new Set(changed) });
  }
  const wake = (kept: Kept): FlowValue => {
    if (Array.isArray(kept)) return (kept as readonly Kept[]).map((item) => wake(item) as FieldValue);
    return typeof kept === 'object' && kept !== null ? records[(kept as { readonly record: number }).record]! : kept;
  };
  const record = wake(state.record) as FlowRecord | null;
  const session = createSession(tx);
  const interview = startInterview(flow, { session, row: rowWithoutSave(record?.values), record, prior: null });
  for (const [name, { slot }] of flow.slots) {
    const kept = state.values[name];
    if (kept !== undefined) interview.slots[slot] = wake(kept);
  }
  interview.elements = state.elements;
  interview.faultMessage = state.faultMessage;
  return element.resume(interview, paused) ? interview : null;
}
