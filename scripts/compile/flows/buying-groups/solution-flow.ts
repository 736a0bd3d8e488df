import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW, MEMBER_FIELD } from '../../names.ts';
import { equals, fieldValue, reference, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { wholeNumber } from '../number-and-list-steps.ts';
import { asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, subflow, updateWhere } from '../steps.ts';
import { ASK_IF_ON, askIfOn } from '../turned-off.ts';
import { MEMBER, tellOfGroup } from './builders.ts';

const LABEL = {
  ask: 'Have responses counted for the solution',
  count: 'Count the buying group',
  tell: 'Tell RevOps that responses were not counted',
} as const;

const NO_NUMBER = 'No_Number';

/**
 * On the asynchronous path, as {@link recountFlow} is and for its reasons. One save may start both, and either may come first: the members
 * count their responses anew here, and whoever counts the group after that finds them. Members that are saved have their group counted;
 * a group without any, or whose leads count, has other roles to cover for another solution all the same, so that it is counted here too.
 */
export const solutionFlow = (): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.solutionChanged,
    label: 'Waterfall: Solution Change',
    description:
      'When the solution of an opportunity has changed: has the responses of its members counted for the new one, and its buying group, ' +
      `right after the save. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      filterLogic: 'and',
      filters: [filter(FIELD.solution, 'IsChanged', yesNo(true))],
      object: 'Opportunity',
      on: 'Update',
      paths: [asynchronously(ASK_IF_ON)],
      triggerType: 'RecordAfterSave',
    },
    elements: {
      ...askIfOn(LABEL.ask),
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
      subflows: [
        tellOfGroup(
          { label: LABEL.tell, description: 'A member could not be updated.' },
          {
            recordId: reference('$Record.Id'),
            otherwise: reference('$Record.OwnerId'),
            subject: 'Responses not counted for a new solution',
          },
          to(LABEL.count),
        ),
        subflow(
          { label: LABEL.count, description: 'Counts the group and writes the result to the opportunity.' },
          FLOW.countGroup,
          { Opportunity_Id: reference('$Record.Id') },
        ),
      ],
      variables: [wholeNumber(NO_NUMBER, 'Never set: clears a number.')],
    },
  });
