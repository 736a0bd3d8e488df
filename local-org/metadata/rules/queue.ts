import { checkDeveloperName, checkLength, checkRequired } from './names.ts';
import { PROBLEMS } from './problems.ts';
import type { Rule } from './rule.ts';

/** Length of Group.Name: Object Reference, Group. */
export const QUEUE_NAME_LENGTH = 40;

export const queueRule: Rule = (component, stored, world) => [
  ...checkDeveloperName('queue', component.fullName),
  ...checkRequired('name', stored.metadata.name),
  ...checkLength('Queue Name', stored.metadata.name, QUEUE_NAME_LENGTH),
  ...((stored.metadata.queueSobject ?? []) as readonly { sobjectType?: string }[])
    .map((one) => one.sobjectType ?? '')
    .filter((object) => !world.objectExists(object))
    .map((object) => ({ problem: PROBLEMS.entityNotFound(object) })),
];
