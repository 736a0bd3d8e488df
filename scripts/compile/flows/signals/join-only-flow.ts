/**
 * The flow that brings a person to the opportunity of an account of whom nobody knows what the person wants: the only one that is open.
 * With none or several open it says how many, and the caller decides.
 *
 * Four queries and two saves, for a batch as for one record; one query more where somebody was refused.
 */
import type { Component } from '../../../metadata/component.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { joinsWithoutSolution } from '../../leads/what-leads-need.ts';
import { FLOW } from '../../names.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  jumpTo,
  number,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { added } from '../number-and-list-steps.ts';
import { allAndAny, ofTypes } from '../of-types.ts';
import { getAll, loop, outputVariable, whenFound } from '../steps.ts';
import { HAS_CAMPAIGN, JOIN, JOIN_LABEL, OPEN_COUNT } from './join-names.ts';
import { joiningSteps } from './join-steps.ts';

const LABEL = {
  begin: 'Begin with none',
  open: 'Find what is open',
  anyOpen: 'Is something open?',
  each: 'Each open opportunity',
  count: 'Count it',
  isOnly: 'Is it the only one?',
  take: 'Take the only one',
} as const;

const CANDIDATE = 'Opportunity_Found';
const each = elementName(LABEL.each);

/** A renewal is open at every customer, and a newcomer is as a rule not about it; it counts where the model has nothing else. */
const typesToJoin = ({ opportunityTypes }: Waterfall): readonly OpportunityType[] => {
  const others = opportunityTypes.filter(({ key }) => key !== 'renewal');
  return others.length > 0 ? others : opportunityTypes;
};

const finding = (waterfall: Waterfall): FlowElements => {
  const types = typesToJoin(waterfall);
  const words = types.map(({ label }) => label).join(', ');
  const some = ofTypes(
    waterfall,
    types,
    {
      look: 'Find the record types that count',
      variable: 'Record_Types_That_Count',
      description: `Record types of ${words}.`,
    },
    LABEL.open,
    JOIN_LABEL.failed,
  );
  const all = [equals('AccountId', reference(JOIN.account)), equals('IsClosed', yesNo(false))];
  return joinElements(some.elements, {
    assignments: [
      assignment(
        { label: LABEL.begin, description: 'None is counted yet.' },
        [set(OPEN_COUNT, number(0))],
        to(some.first),
      ),
      assignment(
        { label: LABEL.count, description: 'And keep what the next steps need of it.' },
        [
          added(OPEN_COUNT, number(1)),
          set(CANDIDATE, reference(`${each}.Id`)),
          set(HAS_CAMPAIGN, reference(`${each}.CampaignId`)),
        ],
        to(LABEL.each),
      ),
      assignment(
        { label: LABEL.take, description: 'There is no other that the person could belong to.' },
        [set(JOIN.opportunity, reference(CANDIDATE))],
        to(JOIN_LABEL.member),
      ),
    ],
    recordLookups: [
      {
        ...getAll(
          { label: LABEL.open, description: `Open opportunities of the account: ${words}.` },
          { object: 'Opportunity', filters: [...all, ...some.filters], fields: ['Id', 'CampaignId'] },
          to(LABEL.anyOpen),
          jumpTo(JOIN_LABEL.failed),
        ),
        filterLogic: allAndAny(all.length, some.filters.length),
      },
    ],
    decisions: [
      whenFound(
        { label: LABEL.anyOpen, description: 'There may be nothing to join.' },
        LABEL.open,
        { found: 'Something is open', none: 'Nothing is open' },
        to(LABEL.each),
      ),
      question(
        { label: LABEL.isOnly, description: 'Of several nobody but a person can tell.' },
        {
          label: 'The only one',
          description: 'One was counted.',
          logic: 'and',
          conditions: [condition(OPEN_COUNT, 'EqualTo', number(1))],
          connector: to(LABEL.take),
        },
        { label: 'One of several' },
      ),
    ],
    loops: [
      loop(
        { label: LABEL.each, description: 'One after the other.' },
        elementName(LABEL.open),
        to(LABEL.count),
        to(LABEL.isOnly),
      ),
    ],
    variables: [
      { ...outputVariable(OPEN_COUNT, 'Number', 'How many are open.'), scale: 0 },
      variable(CANDIDATE, 'String', 'The open opportunity that was counted last.'),
    ],
  });
};

/** Null where every lead has a solution, or leads are left alone. */
export const joinOnlyFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  joinsWithoutSolution(waterfall)
    ? autolaunchedFlow({
        name: FLOW.joinOnly,
        label: 'Waterfall: Join Only Opportunity',
        description:
          'Called by the other waterfall flows for a person of whom nobody knows which solution: where the account has one open opportunity ' +
          `that it could be about, adds the person to its buying group or notes the engagement, and links the campaign. ${COMPILED}`,
        source: 'leads.noSolution',
        first: elementName(LABEL.begin),
        elements: joinElements(finding(waterfall), joiningSteps(waterfall, false)),
      })
    : null;
