/** Steps that send a custom notification to one user. */
import type { FlowTextTemplate } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { NOTIFICATION_TYPE } from '../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  getFirst,
  question,
  reference,
  text,
  to,
  yesNo,
} from './elements.ts';
import type { Connector, Value } from './elements.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { added } from './number-and-list-steps.ts';
import { action, listVariable } from './steps.ts';
import { tellRevOps } from './tell-revops.ts';
import type { Refusal } from './tell-revops.ts';

/** "250 characters" (Actions Developer Guide, Custom Notification Actions: `title`). */
export const NOTIFICATION_TITLE_LENGTH = 250;

const typeLabel = (what: string): string => `Find the notification type for ${what}`;
const foundLabel = (what: string): string => `Can ${what} be sent?`;
const missingLabel = (what: string): string => `Tell RevOps that ${what} is not sent`;
const addLabel = (what: string): string => `Note who gets ${what}`;
const sendLabel = (what: string): string => `Send ${what}`;
/** The variable that holds the recipients. */
const recipients = (what: string): string => `Recipients_of_${elementName(what)}`;

/** Where the steps of a notification begin. */
export const notificationStart = typeLabel;

export interface Notification {
  /** Ends the labels of its steps: `the reminder`. At most 40 characters. */
  readonly what: string;
  readonly recipient: Value;
  readonly title: Value;
  readonly body: Value;
  /** The record that a click opens. */
  readonly target: Value;
  /** For the task that tells RevOps when the notification type is missing. */
  readonly about: Pick<Refusal, 'recordId' | 'otherwise'>;
  readonly fault: Connector;
}

type Parts = Required<
  Pick<FlowMetadata, 'actionCalls' | 'assignments' | 'decisions' | 'recordLookups' | 'subflows' | 'variables'>
>;

/**
 * Four steps, the last of a path: one query, no save. Ids of notification types differ from org to org, so the type is looked up; the
 * action takes a collection of recipients, so that one step puts the user into one (Actions Developer Guide, Custom Notification Actions:
 * `customNotifTypeId`, `recipientIds`, `title`, `body` and one of `targetId` and `targetPageRef` are required). A flow that runs in
 * system context needs no permission to send it (same page).
 */
export const notification = (it: Notification): Parts => ({
  recordLookups: [
    getFirst(
      {
        label: typeLabel(it.what),
        description: 'Its id is what the notification asks for; ids differ from org to org.',
      },
      {
        object: 'CustomNotificationType',
        filters: [equals('DeveloperName', text(NOTIFICATION_TYPE))],
        fields: ['Id'],
      },
      to(foundLabel(it.what)),
      it.fault,
    ),
  ],
  decisions: [
    question(
      { label: foundLabel(it.what), description: 'Without its type nothing can be sent.' },
      {
        label: `The type of ${it.what} is there`,
        description: 'The look-up found it.',
        logic: 'and',
        conditions: [condition(elementName(typeLabel(it.what)), 'IsNull', yesNo(false))],
        connector: to(addLabel(it.what)),
      },
      { label: 'No notification type', connector: to(missingLabel(it.what)) },
    ),
  ],
  subflows: [
    tellRevOps(
      { label: missingLabel(it.what), description: 'The tasks are there; only the notifications are missing.' },
      {
        ...it.about,
        subject: text('Notifications of the revenue waterfall are not sent'),
        reason: text(`The org has no notification type ${NOTIFICATION_TYPE}.`),
        whatToDo: text('Deploy the waterfall again.'),
      },
    ),
  ],
  assignments: [
    assignment(
      { label: addLabel(it.what), description: 'The action takes a list of recipients.' },
      [added(recipients(it.what), it.recipient)],
      to(sendLabel(it.what)),
    ),
  ],
  actionCalls: [
    action(
      { label: sendLabel(it.what), description: 'On the desktop and the phone; a click opens the record.' },
      { type: 'customNotificationAction', name: 'customNotificationAction' },
      {
        body: it.body,
        customNotifTypeId: reference(`${elementName(typeLabel(it.what))}.Id`),
        recipientIds: reference(recipients(it.what)),
        targetId: it.target,
        title: it.title,
      },
      it.fault,
    ),
  ],
  variables: [listVariable(recipients(it.what), `Who gets ${it.what}.`)],
});

/** A text of several lines as a resource. */
export const plainText = (name: string, description: string, lines: readonly string[]): Authored<FlowTextTemplate> => ({
  description,
  name,
  isViewedAsPlainText: true,
  text: lines.join('\n'),
});
