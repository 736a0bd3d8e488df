/**
 * The flow that brings a person to the open opportunity of an account and a solution. With none open it has one created.
 *
 * An opportunity that many of a batch join is written once: a batch takes 12 duplicate updates of a record, and the thirteenth undoes the
 * whole transaction, fault paths or not (help: flow_considerations_limit_transaction). So the campaign is linked by one of those who joined
 * at the same moment, the last by id. Callers let one response per person and solution of a batch come here.
 *
 * Three queries and two saves, for a batch as for one record, beside what creating takes; one query more where somebody was refused.
 */
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FLOW } from '../../names.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import { assignment, condition, elementName, jumpTo, question, reference, set, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { decision, inputVariable, isFound, subflow } from '../steps.ts';
import { createdByJoining, joins } from './creation-rules.ts';
import { findOpen } from './finding.ts';
import { HAS_CAMPAIGN, JOIN, JOIN_LABEL as LABEL } from './join-names.ts';
import { joiningSteps } from './join-steps.ts';
import { OPEN } from './open-opportunity-values.ts';

const opened = (output: string): string => `${elementName(LABEL.create)}.${output}`;

const start = (creates: boolean): FlowElements => ({
  decisions: [
    question(
      {
        label: LABEL.complete,
        description: 'Without an account or a solution there is no opportunity that it could belong to.',
      },
      {
        label: 'It is known',
        description: 'Account, solution and what brought it about are given.',
        logic: 'and',
        conditions: [JOIN.account, JOIN.solution, JOIN.createdBy].map((input) =>
          condition(input, 'IsNull', yesNo(false)),
        ),
        connector: to(LABEL.open),
      },
      { label: 'Something is missing' },
    ),
    question(
      { label: LABEL.isOpen, description: 'One account, one solution, one opportunity at a time.' },
      {
        label: 'One is open',
        description: 'The look-up found it.',
        logic: 'and',
        conditions: [isFound(LABEL.open)],
        connector: to(LABEL.take),
      },
      { label: 'None is open', ...(creates && { connector: to(LABEL.create) }) },
    ),
  ],
  recordLookups: [
    findOpen(
      { label: LABEL.open, description: 'Of whatever type: a signal belongs to the decision that is being made.' },
      JOIN,
      to(LABEL.isOpen),
      jumpTo(LABEL.failed),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.take, description: 'Keeps what the next steps need of it.' },
      [
        set(JOIN.opportunity, reference(`${elementName(LABEL.open)}.Id`)),
        set(HAS_CAMPAIGN, reference(`${elementName(LABEL.open)}.CampaignId`)),
      ],
      to(LABEL.member),
    ),
  ],
});

const creation: FlowElements = {
  subflows: [
    subflow(
      { label: LABEL.create, description: 'At the stage, with the type and the owner that the model says.' },
      FLOW.openOpportunity,
      {
        [OPEN.account]: reference(JOIN.account),
        [OPEN.campaign]: reference(JOIN.campaign),
        [OPEN.createdBy]: reference(JOIN.createdBy),
        [OPEN.solution]: reference(JOIN.solution),
      },
      to(LABEL.created),
    ),
  ],
  decisions: [
    decision(
      { label: LABEL.created, description: 'The model may create none for this, or the org may have refused it.' },
      [
        {
          label: 'It was there',
          description: 'Somebody else of the same batch has got it.',
          logic: 'and',
          conditions: [condition(opened(OPEN.wasThere), 'EqualTo', yesNo(true))],
          connector: to(LABEL.takeOther),
        },
        {
          label: 'It is new',
          description: 'It was created for this person.',
          logic: 'and',
          conditions: [condition(opened(OPEN.opportunity), 'IsNull', yesNo(false))],
          connector: to(LABEL.takeNew),
        },
      ],
      { label: 'There is none', connector: to(LABEL.none) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.takeOther, description: 'Nobody of this batch is a member of it twice.' },
      [
        set(JOIN.opportunity, reference(opened(OPEN.opportunity))),
        set(HAS_CAMPAIGN, reference(opened(OPEN.campaignOfOther))),
      ],
      jumpTo(LABEL.join),
    ),
    assignment(
      { label: LABEL.takeNew, description: 'It has its campaign, and no members yet.' },
      [set(JOIN.opportunity, reference(opened(OPEN.opportunity)))],
      to(LABEL.first),
    ),
    assignment({ label: LABEL.none, description: 'Blank where the model creates none for this.' }, [
      set(JOIN.problem, reference(opened(OPEN.problem))),
    ]),
  ],
};

/** Null where there is nothing to join. */
export const joinGroupFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  if (!joins(waterfall)) return null;
  const creates = createdByJoining(waterfall).length > 0;
  return autolaunchedFlow({
    name: FLOW.joinGroup,
    label: 'Waterfall: Join Buying Group',
    description:
      'Called by the other waterfall flows: finds the open opportunity of an account and a solution, has one created where there is ' +
      `none, adds the person to its buying group or notes the engagement, and links the campaign. ${COMPILED}`,
    source: 'solutions',
    first: elementName(LABEL.complete),
    elements: joinElements(start(creates), creates ? creation : {}, joiningSteps(waterfall, creates), {
      variables: [
        inputVariable(JOIN.createdBy, 'String', 'What brought it about: signal or lead.'),
        inputVariable(JOIN.solution, 'String', 'What the person is interested in.'),
      ],
    }),
  });
};
