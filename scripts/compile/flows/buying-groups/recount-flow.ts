import type { Component } from '../../../metadata/component.ts';
import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW, MEMBER_FIELD } from '../../names.ts';
import { condition, elementName, equals, fieldValue, question, reference, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, anyOf, or, quoted, record } from '../formula-text.ts';
import { wholeNumber } from '../number-and-list-steps.ts';
import { asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { subflow, updateWhere } from '../steps.ts';
import { MEMBER, tellOfGroup } from './builders.ts';

const LABEL = {
  solution: 'Has the solution changed?',
  ask: 'Have responses counted for the solution',
  count: 'Count the buying group',
  tell: 'Tell RevOps that responses were not counted',
} as const;

const NO_NUMBER = 'No_Number';

/** Scores are not counted while an opportunity is closed, so that a reopened one has to catch up. */
const reopened = (waterfall: Waterfall): string =>
  and(
    `ISCHANGED(${record('StageName')})`,
    `NOT(${record('IsClosed')})`,
    anyOf(
      allStages(waterfall)
        .filter(({ outcome }) => outcome !== 'open')
        .map(({ name }) => `ISPICKVAL(PRIORVALUE(${record('StageName')}), ${quoted(name)})`),
    ),
  );

/**
 * On the asynchronous path, after the commit: a member that is being deleted is gone by then, and this save of the opportunity is over, so
 * that what counting moves on is a save like any other.
 */
export const recountFlow = (waterfall: Waterfall): Component<FlowMetadata> => {
  const hasSolutions = waterfall.solutions.length > 0;
  return recordTriggeredFlow({
    name: FLOW.recount,
    label: 'Waterfall: Buying Group Recount',
    description:
      'Has the buying group of an opportunity counted again right after the save: when a member has gone' +
      `${hasSolutions ? ', when the solution has changed' : ''} and when the opportunity was reopened. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      filterFormula: and(
        NOT_BYPASSED,
        or(
          `ISCHANGED(${record(FIELD.groupChangedAt)})`,
          ...(hasSolutions ? [`ISCHANGED(${record(FIELD.solution)})`] : []),
          reopened(waterfall),
        ),
      ),
      object: 'Opportunity',
      on: 'Update',
      paths: [asynchronously(elementName(hasSolutions ? LABEL.solution : LABEL.count))],
      triggerType: 'RecordAfterSave',
    },
    elements: {
      ...(hasSolutions && {
        decisions: [
          question(
            { label: LABEL.solution, description: 'Responses count for the solution that they are about.' },
            {
              label: 'Another solution',
              description: 'The save changed the solution.',
              logic: 'and',
              conditions: [condition(`$Record.${FIELD.solution}`, 'IsChanged', yesNo(true))],
              connector: to(LABEL.ask),
            },
            { label: 'The same solution', connector: to(LABEL.count) },
          ),
        ],
        recordUpdates: [
          updateWhere(
            { label: LABEL.ask, description: 'Empties the number of the last change on all members.' },
            {
              object: MEMBER,
              filters: [equals('OpportunityId', reference('$Record.Id'))],
              values: [fieldValue(MEMBER_FIELD.change, reference(NO_NUMBER))],
            },
            to(LABEL.tell),
            to(LABEL.count),
          ),
        ],
        variables: [wholeNumber(NO_NUMBER, 'Never set: clears a number.')],
      }),
      subflows: [
        ...(hasSolutions
          ? [
              tellOfGroup(
                { label: LABEL.tell, description: 'A member could not be updated.' },
                {
                  recordId: reference('$Record.Id'),
                  otherwise: reference('$Record.OwnerId'),
                  subject: 'Responses not counted for a new solution',
                },
                to(LABEL.count),
              ),
            ]
          : []),
        subflow(
          { label: LABEL.count, description: 'Counts the group and writes the result to the opportunity.' },
          FLOW.countGroup,
          { Opportunity_Id: reference('$Record.Id') },
        ),
      ],
    },
  });
};
