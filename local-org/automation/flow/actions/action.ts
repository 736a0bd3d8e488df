import type { Transaction } from '../../../data/types.ts';
import type { PlainValues } from '../launchable-flows.ts';
import type { FlowType } from '../values.ts';

/** Something an Action element can call, ready to be run for many interviews at once. */
export interface FlowAction {
  /** Input parameters by name. */
  readonly inputs: ReadonlyMap<string, ActionInput>;
  readonly outputs: ReadonlyMap<string, FlowType>;
  /** For the log: `email "Subject" to a@b.c`. */
  describe(inputs: PlainValues): string;
  /** Outputs in the order of the requests; a FlowFault for all of them is thrown, one for a single request given back. */
  perform(tx: Transaction, requests: readonly PlainValues[]): readonly ActionResult[];
}

export interface ActionInput {
  /** What it takes; several types where the platform takes a text or a list of texts. */
  readonly types: readonly FlowType[];
  readonly required: boolean;
}

export type ActionResult = { readonly outputs: PlainValues } | { readonly fault: string };

export const TEXT: FlowType = { kind: 'value', type: 'Text' };
export const BOOLEAN: FlowType = { kind: 'value', type: 'Boolean' };
export const TEXT_LIST: FlowType = { kind: 'collection', of: TEXT };

export const input = (type: FlowType, required = false): ActionInput => ({ types: [type], required });
/** "A comma-delimited list or a collection". */
export const textOrList = (required = false): ActionInput => ({ types: [TEXT, TEXT_LIST], required });

/** The texts of a comma-delimited list or of a collection. */
export function textsOf(value: PlainValues[string] | undefined): readonly string[] {
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

export const textOf = (value: PlainValues[string] | undefined): string => (typeof value === 'string' ? value : '');
