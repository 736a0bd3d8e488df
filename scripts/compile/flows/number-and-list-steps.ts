/** Elements that count and collect, and that update the record which started the flow. */
import type { FlowAssignmentItem, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { assignment, reference, set, to, variable } from './elements.ts';
import type { Connector, Value } from './elements.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { recordVariable, updateFrom } from './steps.ts';

/** To a number: increases it. To a collection: puts the value at its end. */
export const added = (name: string, value: Value): Authored<FlowAssignmentItem> => ({
  assignToReference: name,
  operator: 'Add',
  value,
});

/** Unset at first, and blank where it is written to a field. */
export const wholeNumber = (name: string, description: string): Authored<FlowVariable> => ({
  ...variable(name, 'Number', description),
  scale: 0,
});

/** Zero at first, or what it is to count on from. */
export const count = (name: string, description: string, from = 0): Authored<FlowVariable> => ({
  ...wholeNumber(name, description),
  value: { numberValue: from },
});

interface OwnUpdate {
  /** Ends the labels of both steps: `who has to answer`. */
  readonly what: string;
  readonly description: string;
  readonly object: string;
  /** Name of the variable that holds the record. */
  readonly variable: string;
  /** Field and value. */
  readonly values: readonly (readonly [field: string, value: Value])[];
}

/** Where the two steps begin. */
export const fillIn = (what: string): string => `Fill in ${what}`;

/**
 * Updates the record that started the flow after its save, by a record of its id and just these fields: no query, and nothing that was
 * changed meanwhile is written back.
 */
export const updateOwn = (
  it: OwnUpdate,
  fault: Connector,
  next?: Connector,
): Required<Pick<FlowMetadata, 'assignments' | 'recordUpdates' | 'variables'>> => ({
  assignments: [
    assignment(
      { label: fillIn(it.what), description: `The record's id and what changes. ${it.description}` },
      [
        set(`${it.variable}.Id`, reference('$Record.Id')),
        ...it.values.map(([field, value]) => set(`${it.variable}.${field}`, value)),
      ],
      to(`Save ${it.what}`),
    ),
  ],
  recordUpdates: [updateFrom({ label: `Save ${it.what}`, description: it.description }, it.variable, fault, next)],
  variables: [recordVariable(it.variable, it.object, `The record with just ${it.what}.`)],
});
