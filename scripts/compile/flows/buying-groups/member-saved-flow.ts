import type { Component } from '../../../metadata/component.ts';
import { FLOW, MEMBER_FIELD } from '../../names.ts';
import { elementName, equals, getFirst, question, reference, to } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, or, record } from '../formula-text.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { isItself, subflow } from '../steps.ts';
import { MEMBER, tellOfGroup } from './builders.ts';

const LABEL = {
  speaker: 'Find who speaks for this change',
  isSpeaker: 'Is it this member?',
  count: 'Count the buying group',
  tell: 'Tell RevOps that the group was not counted',
} as const;

/**
 * After save. Members saved together share the number of their change (the flow before the save gives it), and the one with the
 * highest id has the group counted for all: the opportunity is updated once, however many members were saved. A record that a batch
 * updates more than twelve times over ends the transaction (help: "Per-Transaction Flow Limits", duplicate updates).
 */
export const memberSavedFlow = (): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.memberSaved,
    label: 'Waterfall: Buying Group Change',
    description:
      'Has the buying group of an opportunity counted when members were added or changed, once for all that were saved together. ' +
      `What the opportunity refuses never refuses the member: RevOps gets a task. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      first: elementName(LABEL.speaker),
      filterFormula: and(
        NOT_BYPASSED,
        `NOT(ISBLANK(${record(MEMBER_FIELD.change)}))`,
        or('ISNEW()', `ISCHANGED(${record(MEMBER_FIELD.change)})`),
      ),
      object: MEMBER,
      triggerType: 'RecordAfterSave',
    },
    elements: {
      decisions: [
        question(
          { label: LABEL.isSpeaker, description: 'One member speaks for all that were saved together.' },
          {
            label: 'This member speaks',
            description: 'No member of the same change has a higher id.',
            logic: 'and',
            conditions: isItself(LABEL.speaker),
            connector: to(LABEL.count),
          },
          { label: 'Another one does' },
        ),
      ],
      recordLookups: [
        getFirst(
          {
            label: LABEL.speaker,
            description: 'The member with the highest id among those of the same group and change.',
          },
          {
            object: MEMBER,
            filters: [
              equals('OpportunityId', reference('$Record.OpportunityId')),
              equals(MEMBER_FIELD.change, reference(`$Record.${MEMBER_FIELD.change}`)),
            ],
            fields: ['Id'],
            latestFirst: 'Id',
          },
          to(LABEL.isSpeaker),
          to(LABEL.tell),
        ),
      ],
      subflows: [
        subflow(
          { label: LABEL.count, description: 'Counts the group and writes the result to the opportunity.' },
          FLOW.countGroup,
          { Opportunity_Id: reference('$Record.OpportunityId') },
        ),
        tellOfGroup(
          { label: LABEL.tell, description: 'The members could not be read.' },
          {
            recordId: reference('$Record.OpportunityId'),
            otherwise: reference('$Record.Opportunity.OwnerId'),
            subject: 'Buying group not counted',
          },
        ),
      ],
    },
  });
