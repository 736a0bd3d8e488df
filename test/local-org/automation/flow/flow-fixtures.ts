import assert from 'node:assert/strict';
import { testOrg, type TestComponent, type TestOrg } from '../test-org.ts';

type Json = Readonly<Record<string, unknown>>;

/** A flow as it is stored, with what every record-triggered flow has filled in. */
export const flow = (fullName: string, start: Json, rest: Json): TestComponent => ({
  type: 'Flow',
  fullName,
  metadata: {
    apiVersion: 66,
    label: fullName.replaceAll('_', ' '),
    processType: 'AutoLaunchedFlow',
    status: 'Active',
    start: { object: 'Opportunity', recordTriggerType: 'CreateAndUpdate', ...start },
    ...rest,
  },
});

export const beforeSave = (fullName: string, first: string, rest: Json, start: Json = {}): TestComponent =>
  flow(fullName, { triggerType: 'RecordBeforeSave', connector: to(first), ...start }, rest);
export const afterSave = (fullName: string, first: string, rest: Json, start: Json = {}): TestComponent =>
  flow(fullName, { triggerType: 'RecordAfterSave', connector: to(first), ...start }, rest);

export const to = (targetReference: string): Json => ({ targetReference });
export const ref = (elementReference: string): Json => ({ elementReference });
export const text = (stringValue: string): Json => ({ stringValue });
export const number = (numberValue: number): Json => ({ numberValue });
export const yes: Json = { booleanValue: true };
export const no: Json = { booleanValue: false };

export const set = (assignToReference: string, value: Json, operator = 'Assign'): Json => ({
  assignToReference,
  operator,
  value,
});
export const assign = (name: string, items: readonly Json[], next?: string): Json => ({
  name,
  label: name,
  assignmentItems: items,
  ...(next !== undefined && { connector: to(next) }),
});
export const when = (leftValueReference: string, operator: string, rightValue: Json): Json => ({
  leftValueReference,
  operator,
  rightValue,
});
export const decide = (
  name: string,
  conditions: readonly Json[],
  yesGoesTo: string,
  noGoesTo?: string,
  logic = 'and',
): Json => ({
  name,
  label: name,
  rules: [{ name: `${name}_Yes`, label: 'Yes', conditionLogic: logic, conditions, connector: to(yesGoesTo) }],
  ...(noGoesTo !== undefined && { defaultConnector: to(noGoesTo) }),
  defaultConnectorLabel: 'No',
});
export const filter = (field: string, value: Json, operator = 'EqualTo'): Json => ({ field, operator, value });
export const variable = (name: string, dataType: string, more: Json = {}): Json => ({
  name,
  dataType,
  isCollection: false,
  isInput: false,
  isOutput: false,
  ...more,
});
export const input = (field: string, value: Json): Json => ({ field, value });

export const won = { filters: [filter('StageName', text('Closed Won'))], filterLogic: 'and' };
export const createTask = (name: string, more: Json = {}): Json => ({
  name,
  label: name,
  object: 'Task',
  inputAssignments: [
    input('Subject', text('Won {!$Record.Name}')),
    input('WhatId', ref('$Record.Id')),
    input('Status', text('Not Started')),
    input('Priority', text('Normal')),
  ],
  ...more,
});

/** An org with these components, none of which is a problem. */
export function orgOf(...components: readonly TestComponent[]): TestOrg {
  const org = testOrg(components);
  assert.deepEqual(org.problems, []);
  return org;
}
