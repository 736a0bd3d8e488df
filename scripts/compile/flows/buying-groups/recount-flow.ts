import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW } from '../../names.ts';
import { equals, reference, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, subflow } from '../steps.ts';
import { ASK_IF_ON, askIfOn } from '../turned-off.ts';

const COUNT = 'Count the buying group';

/**
 * On the asynchronous path, after the commit: a member that is being deleted is gone by then, and this save of the opportunity is over, so
 * that what counting moves on is a save like any other.
 *
 * Such a path on an update needs a start filter with the operator IsChanged, or records that have come to meet the conditions (rule
 * "missing-async-path-entry-guard" of Salesforce's SF Pi; active flows of public repositories have one or the other). Filters do not tell
 * what a stage was before, so that every move to an open stage has the group counted, not only the one that reopens: scores were not counted
 * while it was closed. Counting writes only what is new, and what it writes asks for nothing here.
 */
export const recountFlow = (): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.recount,
    label: 'Waterfall: Buying Group Recount',
    description:
      'Has the buying group of an opportunity counted again right after the save: when a member has gone, when the score of a lead has ' +
      `changed, and when it is moved to an open stage, which catches up on what has happened while it was closed. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      filterLogic: '1 OR (2 AND 3)',
      filters: [
        filter(FIELD.groupChangedAt, 'IsChanged', yesNo(true)),
        filter('StageName', 'IsChanged', yesNo(true)),
        equals('IsClosed', yesNo(false)),
      ],
      object: 'Opportunity',
      on: 'Update',
      paths: [asynchronously(ASK_IF_ON)],
      triggerType: 'RecordAfterSave',
    },
    elements: {
      ...askIfOn(COUNT),
      subflows: [
        subflow(
          { label: COUNT, description: 'Counts the group and writes the result to the opportunity.' },
          FLOW.countGroup,
          { Opportunity_Id: reference('$Record.Id') },
        ),
      ],
    },
  });
