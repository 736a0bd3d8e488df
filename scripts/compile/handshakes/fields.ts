import type { CustomField } from '@salesforce/types/metadata';

import type { ComponentMetadata } from '../../metadata/component-metadata.ts';
import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { define } from '../define.ts';
import { restrictedPicklist } from '../field.ts';
import { LIMIT } from '../limits.ts';
import { HANDSHAKE, HANDSHAKE_FIELD } from '../names.ts';
import { SOURCE } from './object.ts';
import { HANDSHAKE_OUTCOMES, OUTCOME } from './outcomes.ts';

type Metadata = ComponentMetadata<CustomField>;

const field = (name: string, metadata: Metadata): Component =>
  define<CustomField>(
    'CustomField',
    `${HANDSHAKE}.${name}`,
    { externalId: false, required: false, trackHistory: false, trackTrending: false, ...metadata },
    SOURCE,
  );

const moment = (name: string, label: string, description: string, inlineHelpText: string): Component =>
  field(name, { description, inlineHelpText, label, type: 'DateTime' });

const words = (name: string, label: string, length: number, description: string, inlineHelpText: string): Component =>
  field(name, { description, inlineHelpText, label, length, type: 'Text', unique: false });

/** Users leave; what they asked or answered stays, without their name. */
const user = (name: string, label: string, description: string, inlineHelpText: string): Component =>
  field(name, {
    deleteConstraint: 'SetNull',
    description,
    inlineHelpText,
    label,
    referenceTo: 'User',
    relationshipName: `Handshakes_${name.replace(/__c$/, '')}`,
    type: 'Lookup',
  });

const choice = (
  name: string,
  label: string,
  values: readonly string[],
  description: string,
  inlineHelpText: string,
): Component =>
  field(name, { description, inlineHelpText, label, type: 'Picklist', valueSet: restrictedPicklist(values) });

/** Labels of the functions that give or receive something, in the model's order. */
const functions = (waterfall: Waterfall): readonly string[] =>
  waterfall.revenueFunctions
    .filter(({ key }) => waterfall.handshakes.some(({ giver, receiver }) => giver === key || receiver === key))
    .map(({ label }) => label);

const reasons = ({ handshakes }: Waterfall): readonly string[] => [
  ...new Set(handshakes.flatMap(({ onReject }) => onReject.reasons)),
];

/**
 * What the flows write, and the three fields with which the receiver answers.
 *
 * The opportunity is a lookup that is cleared when the opportunity is deleted: a master-detail would take the owner away, who is the one
 * to answer; Restrict would keep people from deleting opportunities; Cascade is off unless Salesforce has enabled it for the org (DOC
 * metadata-api/customfield, `deleteConstraint`; help: "Lookup Relationships"). What is left counts in reports, and no reminder is sent.
 */
export const handshakeFields = (waterfall: Waterfall): readonly Component[] => [
  user(
    HANDSHAKE_FIELD.answeredBy,
    'Answered By',
    'Who accepted or rejected.',
    'Set automatically: who accepted or rejected.',
  ),
  moment(
    HANDSHAKE_FIELD.answeredAt,
    'Answered At',
    'When it was accepted or rejected.',
    'Set automatically: when it was accepted or rejected.',
  ),
  field(HANDSHAKE_FIELD.breached, {
    defaultValue: 'false',
    description: 'It was not answered in time. Set at the end of the service level, or with a late answer.',
    inlineHelpText: 'Set automatically when the answer does not come in time.',
    label: 'Breached',
    type: 'Checkbox',
  }),
  words(
    HANDSHAKE_FIELD.comment,
    'Comment',
    255,
    'What the receiver wants the giver to know.',
    'What the other side should know about your answer.',
  ),
  moment(HANDSHAKE_FIELD.dueAt, 'Due At', 'By when it has to be answered.', 'Set automatically: answer by this time.'),
  user(
    HANDSHAKE_FIELD.escalatedTo,
    'Escalated To',
    'Who was told that nobody answered in time.',
    'Set automatically: who was told that nobody answered in time.',
  ),
  choice(
    HANDSHAKE_FIELD.fromFunction,
    'From Function',
    functions(waterfall),
    'The revenue function that hands over.',
    'Set automatically: the revenue function that hands over.',
  ),
  user(
    HANDSHAKE_FIELD.fromUser,
    'From User',
    'Who owned the opportunity before, and gets it back when it is rejected.',
    'Set automatically: who hands over.',
  ),
  field(HANDSHAKE_FIELD.key, {
    caseSensitive: true,
    description:
      'Opportunity, stage and moment of entry, so that one entry asks for one hand-over only; blank once it is answered or withdrawn.',
    externalId: true,
    inlineHelpText: 'Set automatically, so that one entry into a stage asks only once. Do not change it.',
    label: 'Handshake Key',
    length: 255,
    type: 'Text',
    unique: true,
  }),
  field(HANDSHAKE_FIELD.opportunity, {
    deleteConstraint: 'SetNull',
    description: 'What is handed over. Cleared when the opportunity is deleted.',
    inlineHelpText: 'The opportunity that is handed over.',
    label: 'Opportunity',
    referenceTo: 'Opportunity',
    relationshipLabel: 'Handshakes',
    relationshipName: 'Handshakes',
    type: 'Lookup',
  }),
  field(HANDSHAKE_FIELD.outcome, {
    description:
      'Pending until the receiver accepts or rejects; withdrawn when the opportunity leaves the stage before.',
    inlineHelpText: 'Accept it to take the opportunity over, or reject it with a reason to give it back.',
    label: 'Outcome',
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: HANDSHAKE_OUTCOMES.map((name) => ({ fullName: name, default: name === OUTCOME.pending, label: name })),
      },
    },
  }),
  choice(
    HANDSHAKE_FIELD.reason,
    'Reason',
    reasons(waterfall),
    'Why it was rejected.',
    'Say why when you reject it: the giver gets it back with this reason.',
  ),
  moment(
    HANDSHAKE_FIELD.remindAt,
    'Remind At',
    'When the receiver is reminded; blank where the service level leaves no time for it.',
    'Set automatically: when the receiver is reminded.',
  ),
  moment(
    HANDSHAKE_FIELD.requestedAt,
    'Requested At',
    'When the opportunity entered the stage.',
    'Set automatically: when the hand-over was asked for.',
  ),
  words(
    HANDSHAKE_FIELD.returnStage,
    'Return Stage',
    40,
    'Where the opportunity goes back to when it is rejected.',
    'Set automatically: where the opportunity goes back to when you reject it.',
  ),
  words(
    HANDSHAKE_FIELD.rule,
    'Rule',
    80,
    "The model's name of the hand-over.",
    'Set automatically: which hand-over of the waterfall this is.',
  ),
  words(
    HANDSHAKE_FIELD.stage,
    'Stage',
    LIMIT.fieldLabel,
    'The stage that the opportunity entered.',
    'Set automatically: the stage that is handed over.',
  ),
  choice(
    HANDSHAKE_FIELD.toFunction,
    'To Function',
    functions(waterfall),
    'The revenue function that takes over.',
    'Set automatically: the revenue function that takes over.',
  ),
  user(
    HANDSHAKE_FIELD.toUser,
    'To User',
    'Who has to answer: the owner, in a field that reports and flows can look through.',
    'Set automatically: who has to answer.',
  ),
];
