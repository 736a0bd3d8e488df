/**
 * What the score of a lead counts for. Before the conversion it counts for the open opportunity of its account for its solution, so that
 * promotions do not wait for the conversion: the lead names that opportunity, which is then counted again. So is the one that it named
 * before and that it counts for no longer. By the conversion the contact gets the highest score of all leads that became this person, if
 * it is higher than its own.
 *
 * An opportunity or a contact that many leads of a batch belong to is written by one of them: a batch takes 12 updates of one record.
 */
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { countsLeadScores } from '../../leads/what-leads-need.ts';
import { FLOW } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  keepFault,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { merge } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { filter, inputVariable, isFound, isItself, recordVariable, updateFrom } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { FOR_OPPORTUNITY, forOpportunity } from './opportunity-score-steps.ts';
import { SCORED, SCORE_FAILED, failed } from './scored-lead.ts';

const LABEL = {
  converted: 'Is it converted?',
  highest: 'Find the lead with the highest score',
  isHighest: 'Is it the highest?',
  contact: 'Find the contact',
  isHigher: 'Is it higher than that of the contact?',
  score: 'Note the score',
  give: 'Give it to the contact',
  tell: 'Tell RevOps',
} as const;

const PROBLEM = 'Problem';
const SUBJECT = 'Task_Subject';
const PERSON = 'Contact_With_Score';
const IS_HIGHER = 'Is_Higher';

/** After the conversion. */
const forContact = ({ leadScore }: Waterfall): FlowElements => {
  // Of this lead: the flow goes on where it is the highest.
  const score = `${elementName(LABEL.highest)}.${leadScore.lead}`;
  const present = `${elementName(LABEL.contact)}.${leadScore.contact}`;
  return {
    recordLookups: [
      getFirst(
        { label: LABEL.highest, description: 'Of all leads that became this person.' },
        {
          object: 'Lead',
          filters: [
            equals('ConvertedContactId', reference(SCORED.contact)),
            filter(leadScore.lead, 'IsNull', yesNo(false)),
          ],
          fields: ['Id', leadScore.lead],
          latestFirst: leadScore.lead,
        },
        to(LABEL.isHighest),
        failed,
      ),
      getFirst(
        { label: LABEL.contact, description: 'What it scores already.' },
        {
          object: 'Contact',
          filters: [equals('Id', reference(SCORED.contact))],
          fields: ['Id', leadScore.contact],
        },
        to(LABEL.isHigher),
        failed,
      ),
    ],
    decisions: [
      question(
        { label: LABEL.isHighest, description: 'One of several leads writes the contact.' },
        {
          label: 'It is',
          description: 'No lead of this person scores higher.',
          logic: 'and',
          conditions: isItself(LABEL.highest, SCORED.lead),
          connector: to(LABEL.contact),
        },
        { label: 'It is not' },
      ),
      question(
        { label: LABEL.isHigher, description: 'A score is never lowered.' },
        {
          label: 'It is higher',
          description: 'The contact is there, and scores less or nothing.',
          logic: 'and',
          conditions: [isFound(LABEL.contact), condition(IS_HIGHER, 'EqualTo', yesNo(true))],
          connector: to(LABEL.score),
        },
        { label: 'It is not higher' },
      ),
    ],
    assignments: [
      assignment(
        { label: LABEL.score, description: 'Only the score is written.' },
        [
          set(`${PERSON}.Id`, reference(`${elementName(LABEL.contact)}.Id`)),
          set(`${PERSON}.${leadScore.contact}`, reference(score)),
        ],
        to(LABEL.give),
      ),
    ],
    recordUpdates: [
      updateFrom(
        { label: LABEL.give, description: 'Its buying groups are counted with that save.' },
        PERSON,
        to(SCORE_FAILED),
      ),
    ],
    formulas: [
      formula(
        IS_HIGHER,
        'Boolean',
        'Whether the lead scores more than the contact, which may score nothing.',
        `OR(ISBLANK(${merge(present)}), ${merge(score)} > ${merge(present)})`,
      ),
    ],
    variables: [recordVariable(PERSON, 'Contact', 'The contact with the score.')],
  };
};

const frame = (): FlowElements => ({
  decisions: [
    question(
      { label: LABEL.converted, description: 'A lead counts for an opportunity, a contact by itself.' },
      {
        label: 'It is a contact now',
        description: 'The lead is converted.',
        logic: 'and',
        conditions: [condition(SCORED.contact, 'IsNull', yesNo(false))],
        connector: to(LABEL.highest),
      },
      { label: 'It is a lead', connector: to(FOR_OPPORTUNITY) },
    ),
  ],
  assignments: [keepFault(SCORE_FAILED, PROBLEM, to(LABEL.tell))],
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'A score that does not count may keep an opportunity from being moved on.' },
      {
        recordId: reference(SCORED.lead),
        subject: reference(SUBJECT),
        reason: reference(PROBLEM),
        whatToDo: text('Remove the reason, then change the score of the lead or the contact: it is counted then.'),
        otherwise: reference(SCORED.otherwise),
      },
    ),
  ],
  formulas: [
    formula(SUBJECT, 'String', 'What the task is about.', `"Lead score not counted: " & ${merge(SCORED.name)}`),
  ],
  variables: [
    inputVariable(SCORED.lead, 'String', 'The lead that scores.'),
    inputVariable(SCORED.name, 'String', 'Its name, for RevOps.'),
    inputVariable(SCORED.otherwise, 'String', 'Who is told of a problem when nobody is RevOps.'),
    inputVariable(SCORED.opportunity, 'String', 'The opportunity that it names already; may be blank.'),
    inputVariable(SCORED.groupChangedAt, 'DateTime', 'When the group of that opportunity last changed; may be blank.'),
    inputVariable(SCORED.savedAt, 'DateTime', 'When it was saved.'),
    variable(PROBLEM, 'String', 'What RevOps has to know.'),
    inputVariable(SCORED.account, 'String', 'Its matched account; may be blank.'),
    inputVariable(SCORED.solution, 'String', 'Its solution; may be blank.'),
    inputVariable(SCORED.score, 'Number', 'What it scores; may be blank.'),
    inputVariable(SCORED.contact, 'String', 'The contact that it has become; blank before the conversion.'),
  ],
});

/** At most three queries and two updates; for a batch of which some leads stay, some leave and some come, four updates. */
export const countLeadScoreFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !countsLeadScores(waterfall)
    ? null
    : autolaunchedFlow({
        name: FLOW.countLeadScore,
        label: 'Waterfall: Count Lead Score',
        description:
          'Has the score of a lead that is not converted yet count for the open opportunity of its account for its solution, and no longer ' +
          `for another one, and gives it to the contact that the lead has become, if it is higher. ${COMPILED}`,
        source: 'leadScore',
        first: elementName(LABEL.converted),
        elements: joinElements(frame(), forOpportunity(), forContact(waterfall)),
      });
