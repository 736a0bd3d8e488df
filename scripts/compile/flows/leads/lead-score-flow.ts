/**
 * When the score of a lead is counted: two flows that call the one that counts. A new lead and a changed one need a flow each, since a start
 * condition says "this has changed" of a lead that is there, and an asynchronous path on an update asks for that (see `changedToMeet`).
 */
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { countsLeadScores } from '../../leads/what-leads-need.ts';
import { FIELD, FLOW, LEAD_FIELD } from '../../names.ts';
import { condition, elementName, formula, question, reference, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, or, record, relationship, through } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { RUNS_LAST, asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, subflow } from '../steps.ts';
import { OWNER_IF_USER, ownerIfUser } from './lead-record.ts';
import { SCORED } from './scored-lead.ts';

const LABEL = { counts: 'Does the score count, or did it?', count: 'Count the score' } as const;
const COUNTS = 'Score_Counts';
const GROUP_CHANGED_AT = 'Group_Changed_At_Of_Lead';
const SOLUTION = 'Solution_Of_Lead';

/** A score counts for what the lead is about, or for the contact that the lead has become. */
const counts = ({ leadScore }: Waterfall): string =>
  and(
    NOT_BYPASSED,
    `NOT(ISBLANK(${record(leadScore.lead)}))`,
    or(
      `NOT(ISBLANK(${record('ConvertedContactId')}))`,
      and(
        `NOT(${record('IsConverted')})`,
        `NOT(ISBLANK(${record(LEAD_FIELD.matchedAccount)}))`,
        `NOT(ISBLANK(TEXT(${record(LEAD_FIELD.solution)})))`,
      ),
    ),
  );

/** Of an opportunity that it names, a lead may have to take leave. */
const countsOrNames = (waterfall: Waterfall): string =>
  or(
    counts(waterfall),
    and(NOT_BYPASSED, `NOT(${record('IsConverted')})`, `NOT(ISBLANK(${record(LEAD_FIELD.opportunity)}))`),
  );

const count = ({ leadScore }: Waterfall): FlowElements => ({
  subflows: [
    subflow(
      { label: LABEL.count, description: 'For the opportunity, no longer for another one, or for the contact.' },
      FLOW.countLeadScore,
      {
        [SCORED.account]: reference(`$Record.${LEAD_FIELD.matchedAccount}`),
        [SCORED.contact]: reference('$Record.ConvertedContactId'),
        [SCORED.groupChangedAt]: reference(GROUP_CHANGED_AT),
        [SCORED.lead]: reference('$Record.Id'),
        [SCORED.name]: reference('$Record.Name'),
        [SCORED.opportunity]: reference(`$Record.${LEAD_FIELD.opportunity}`),
        [SCORED.otherwise]: reference(OWNER_IF_USER),
        [SCORED.savedAt]: reference('$Record.SystemModstamp'),
        [SCORED.score]: reference(`$Record.${leadScore.lead}`),
        [SCORED.solution]: reference(SOLUTION),
      },
    ),
  ],
  formulas: [
    ownerIfUser,
    formula(
      GROUP_CHANGED_AT,
      'DateTime',
      'When the group of the opportunity that the lead names last changed.',
      through(
        LEAD_FIELD.opportunity,
        record(`${relationship(LEAD_FIELD.opportunity)}.${FIELD.groupChangedAt}`),
        'NULL',
      ),
    ),
    formula(SOLUTION, 'String', 'The solution as text.', `TEXT(${record(LEAD_FIELD.solution)})`),
  ],
});

/**
 * On the asynchronous path, so that nothing can refuse the score. What is no question of a change is asked there: a start with conditions on
 * changes has no formula beside them.
 */
export const leadScoreFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !countsLeadScores(waterfall)
    ? null
    : recordTriggeredFlow({
        name: FLOW.leadScore,
        label: 'Waterfall: Lead Score',
        description:
          'Has the score of a lead counted when the score, the account or the solution of the lead changes, and when the lead is converted. ' +
          `${RUNS_LAST} ${COMPILED}`,
        source: 'leadScore',
        start: {
          filterLogic: 'or',
          filters: [waterfall.leadScore.lead, LEAD_FIELD.matchedAccount, LEAD_FIELD.solution, 'IsConverted'].map(
            (field) => filter(field, 'IsChanged', yesNo(true)),
          ),
          object: 'Lead',
          on: 'Update',
          paths: [asynchronously(elementName(LABEL.counts))],
          triggerType: 'RecordAfterSave',
        },
        elements: joinElements(count(waterfall), {
          decisions: [
            question(
              {
                label: LABEL.counts,
                description:
                  'Not without a score, and not before the lead says what it is about, unless it counts for an opportunity already.',
              },
              {
                label: 'It counts',
                description:
                  'There is something that the score counts for or counted for, and the automation is not turned off.',
                logic: 'and',
                conditions: [condition(COUNTS, 'EqualTo', yesNo(true))],
                connector: to(LABEL.count),
              },
              { label: 'It does not count' },
            ),
          ],
          formulas: [
            formula(
              COUNTS,
              'Boolean',
              'Whether there is a score and something that it counts for, or an opportunity that the lead names, and who saved does not bypass the automation.',
              countsOrNames(waterfall),
            ),
          ],
        }),
      });

/** A lead that comes with score, account and solution. */
export const newLeadScoreFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !countsLeadScores(waterfall)
    ? null
    : recordTriggeredFlow({
        name: FLOW.newLeadScore,
        label: 'Waterfall: New Lead Score',
        description: `Has the score of a lead counted that is created with score, account and solution. ${RUNS_LAST} ${COMPILED}`,
        source: 'leadScore',
        start: {
          filterFormula: counts(waterfall),
          object: 'Lead',
          on: 'Create',
          paths: [asynchronously(elementName(LABEL.count))],
          triggerType: 'RecordAfterSave',
        },
        elements: count(waterfall),
      });
