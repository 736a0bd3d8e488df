/** Steps that send a custom notification to one user. */
import type { FlowTextTemplate, FlowVariable } from '@salesforce/types/metadata';
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

const TYPE_LABEL = 'Find the notification type';

/** Where the steps begin, for those that lead here. */
export const NOTIFY_FIRST = TYPE_LABEL;

const FOUND_LABEL = 'Is the notification type there?';
const MISSING_LABEL = 'Tell RevOps that the notification type is missing';

/** The look-up that every notification of a flow needs; ids of notification types differ from org to org. */
export const findNotificationType = (
  about: Pick<Refusal, 'recordId' | 'otherwise'>,
  next: Connector,
  fault: Connector,
): Required<Pick<FlowMetadata, 'decisions' | 'recordLookups' | 'subflows'>> => ({
  recordLookups: [
    getFirst(
      { label: TYPE_LABEL, description: 'Its id is what the notification asks for; ids differ from org to org.' },
      {
        object: 'CustomNotificationType',
        filters: [equals('DeveloperName', text(NOTIFICATION_TYPE))],
        fields: ['Id'],
      },
      to(FOUND_LABEL),
      fault,
    ),
  ],
  decisions: [
    question(
      { label: FOUND_LABEL, description: 'Without it nothing can be sent.' },
      {
        label: 'The notification type is there',
        description: 'The look-up found it.',
        logic: 'and',
        conditions: [condition(elementName(TYPE_LABEL), 'IsNull', yesNo(false))],
        connector: next,
      },
      { label: 'No notification type', connector: to(MISSING_LABEL) },
    ),
  ],
  subflows: [
    tellRevOps(
      { label: MISSING_LABEL, description: 'The tasks are there; only the notifications are missing.' },
      {
        ...about,
        subject: text('Notifications of the revenue waterfall are not sent'),
        reason: text(`The org has no notification type ${NOTIFICATION_TYPE}.`),
        whatToDo: text('Deploy the waterfall again.'),
      },
    ),
  ],
});

export interface Notification {
  /** Ends the labels of its steps: `the reminder`. */
  readonly what: string;
  readonly description: string;
  readonly recipient: Value;
  readonly title: Value;
  readonly body: Value;
  /** The record that a click opens. */
  readonly target: Value;
  readonly fault: Connector;
  readonly next?: Connector;
}

/** The variable that holds the recipients. */
const recipients = (what: string): string => `Recipients_of_${elementName(what)}`;
const addLabel = (what: string): string => `Note who gets ${what}`;

/** Where the steps of a notification begin. */
export const notificationStart = (what: string): string => addLabel(what);

/**
 * The action takes a collection of recipients, so that one step puts the user into one (Actions Developer Guide, Custom Notification
 * Actions: `customNotifTypeId`, `recipientIds`, `title`, `body` and one of `targetId` and `targetPageRef` are required). A flow that
 * runs in system context needs no permission to send it (same page).
 */
export const notification = (
  it: Notification,
): {
  readonly assignments: NonNullable<FlowMetadata['assignments']>;
  readonly actionCalls: NonNullable<FlowMetadata['actionCalls']>;
  readonly variables: readonly Authored<FlowVariable>[];
} => ({
  assignments: [
    assignment(
      { label: addLabel(it.what), description: 'The action takes a list of recipients.' },
      [added(recipients(it.what), it.recipient)],
      to(`Send ${it.what}`),
    ),
  ],
  actionCalls: [
    action(
      { label: `Send ${it.what}`, description: it.description },
      { type: 'customNotificationAction', name: 'customNotificationAction' },
      {
        body: it.body,
        customNotifTypeId: reference(`${elementName(TYPE_LABEL)}.Id`),
        recipientIds: reference(recipients(it.what)),
        targetId: it.target,
        title: it.title,
      },
      it.fault,
      it.next,
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
