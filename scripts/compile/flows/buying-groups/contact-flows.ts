import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FLOW, MEMBER_FIELD } from '../../names.ts';
import { elementName, equals, fieldValue, reference, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, record } from '../formula-text.ts';
import { wholeNumber } from '../number-and-list-steps.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { updateWhere } from '../steps.ts';
import { ASK_IF_ON, askIfOn } from '../turned-off.ts';
import { MEMBER, tellOfGroup } from './builders.ts';

const NO_NUMBER = 'No_Number';
const OF_THE_CONTACT = [equals('ContactId', reference('$Record.Id'))];

const ASK = 'Ask for a new count';
const TELL_OF_SCORE = 'Tell RevOps that the score was not counted';

/**
 * The members are updated and not the opportunities: a member belongs to one contact, so that no record is updated twice whoever is in
 * one group together. Two hundred contacts cost one query and one update; their groups count themselves.
 */
export const contactChangedFlow = ({ leadScore }: Waterfall): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.contactChanged,
    label: 'Waterfall: Contact Change',
    description:
      'Has the buying groups of open opportunities counted again when the lead score of a contact changes. What cannot be counted never ' +
      `refuses the contact: RevOps gets a task. ${COMPILED}`,
    source: 'leadScore',
    start: {
      first: elementName(ASK),
      filterFormula: and(NOT_BYPASSED, `ISCHANGED(${record(leadScore.contact)})`),
      object: 'Contact',
      on: 'Update',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      recordUpdates: [
        updateWhere(
          {
            label: ASK,
            description: "Empties the number of the last change on the contact's memberships of open opportunities.",
          },
          {
            object: MEMBER,
            filters: [...OF_THE_CONTACT, equals(MEMBER_FIELD.opportunityOpen, yesNo(true))],
            values: [fieldValue(MEMBER_FIELD.change, reference(NO_NUMBER))],
          },
          to(TELL_OF_SCORE),
        ),
      ],
      subflows: [
        tellOfGroup(
          { label: TELL_OF_SCORE, description: 'A membership of the contact could not be updated.' },
          {
            recordId: reference('$Record.Id'),
            otherwise: reference('$Record.OwnerId'),
            subject: 'Lead score not counted in the buying groups of a contact',
          },
        ),
      ],
      variables: [wholeNumber(NO_NUMBER, 'Never set: clears a number.')],
    },
  });

const TAKE_OUT = 'Take the contact out of the groups';
const TELL_OF_REMOVAL = 'Tell RevOps that a group was not counted';

/**
 * Before delete: the memberships go with the contact and no flow of theirs runs (object reference, OpportunityContactRole; Apex Developer
 * Guide, "Operations That Don't Invoke Triggers": cascading deletes). So they are marked while they are there, and counted no more.
 */
export const contactRemovedFlow = (): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.contactRemoved,
    label: 'Waterfall: Contact Removal',
    description:
      'Takes a contact that is being deleted out of the buying groups, which count themselves without it. Never keeps the contact from ' +
      `being deleted: RevOps gets a task. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      first: ASK_IF_ON,
      object: 'Contact',
      on: 'Delete',
      triggerType: 'RecordBeforeDelete',
    },
    elements: {
      ...askIfOn(TAKE_OUT),
      recordUpdates: [
        updateWhere(
          { label: TAKE_OUT, description: "Marks the contact's memberships, which are deleted with the contact." },
          {
            object: MEMBER,
            filters: OF_THE_CONTACT,
            values: [fieldValue(MEMBER_FIELD.contactRemoved, yesNo(true))],
          },
          to(TELL_OF_REMOVAL),
        ),
      ],
      subflows: [
        tellOfGroup(
          { label: TELL_OF_REMOVAL, description: 'A membership of the contact could not be marked.' },
          {
            // Of the account: a task of the contact would go with it.
            recordId: reference('$Record.AccountId'),
            otherwise: reference('$Record.OwnerId'),
            subject: 'Buying groups not counted after a contact was deleted',
          },
        ),
      ],
    },
  });
