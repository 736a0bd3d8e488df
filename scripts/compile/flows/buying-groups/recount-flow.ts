import type { Component } from '../../../metadata/component.ts';
import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW } from '../../names.ts';
import { equals, reference, text, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, subflow } from '../steps.ts';
import { ASK_IF_ON, askIfOn } from '../turned-off.ts';

const COUNT = 'Count the buying group';

/** Scores are not counted while an opportunity is closed, so that a reopened one has to catch up. */
const closedStages = (waterfall: Waterfall): readonly string[] =>
  allStages(waterfall)
    .filter(({ outcome }) => outcome !== 'open')
    .map(({ name }) => name);

/** `1 OR (2 AND 3 AND (4 OR 5))`: asked for, or reopened from one of so many stages. */
const askedOrReopened = (stages: number): string =>
  `1 OR (2 AND 3 AND (${Array.from({ length: stages }, (_, index) => String(index + 4)).join(' OR ')}))`;

/**
 * On the asynchronous path, after the commit: a member that is being deleted is gone by then, and this save of the opportunity is over, so
 * that what counting moves on is a save like any other.
 *
 * Such a path on an update needs a start filter with the operator IsChanged, or records that have come to meet the conditions (rule
 * "missing-async-path-entry-guard" of Salesforce's SF Pi; active flows of public repositories have one or the other). Filters do not know
 * what a field was before; the stage before is what stamping has written in the same save.
 */
export const recountFlow = (waterfall: Waterfall): Component<FlowMetadata> => {
  const closed = closedStages(waterfall);
  return recordTriggeredFlow({
    name: FLOW.recount,
    label: 'Waterfall: Buying Group Recount',
    description:
      'Has the buying group of an opportunity counted again right after the save: when a member has gone, when the score of a lead has ' +
      `changed, and when the opportunity was reopened. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      filterLogic: askedOrReopened(closed.length),
      filters: [
        filter(FIELD.groupChangedAt, 'IsChanged', yesNo(true)),
        filter('StageName', 'IsChanged', yesNo(true)),
        equals('IsClosed', yesNo(false)),
        ...closed.map((stage) => equals(FIELD.previousStage, text(stage))),
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
};
