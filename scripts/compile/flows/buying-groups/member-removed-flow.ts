import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW, MEMBER_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { and, merge, or, quoted } from '../formula-text.ts';
import { count } from '../number-and-list-steps.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { decision, getAll, isFound, loop, recordVariable, updateFrom, whenFound } from '../steps.ts';
import { ASK_IF_ON, askIfOn } from '../turned-off.ts';
import { MEMBER, tellOfGroup, truth } from './builders.ts';
import { CHANGED_AT, changedAt } from './changed-at.ts';

const LABEL = {
  members: 'Find the members of the group',
  found: 'Are there members?',
  each: 'For each of them',
  look: 'Look for the one beside',
  beside: 'Name the one beside',
  alone: 'Is there anybody else?',
  pass: 'Pass the word to the one beside',
  refused: 'Is the one beside leaving too?',
  taken: 'Find who took the word',
  speaks: 'Does this member speak for all?',
  name: 'Name the opportunity',
  ask: 'Ask for a new count',
  tell: 'Tell RevOps that the group was not counted',
} as const;

const FIRST = 'First_Member_Id';
const NEXT = 'Next_Member_Id';
const BESIDE = 'Member_Beside_Id';
const PASSED = 'Has_Passed_This_Member';
const HIGHEST = 'Highest_Change';
const NEIGHBOUR = 'Member_Beside';
const OPPORTUNITY = 'Opportunity_to_Count';

const FIRST_OF_ALL = 'First_of_All';
const FIRST_AFTER = 'First_After_This_Member';
const PASSED_NOW = 'Passed_by_Now';
const HIGHER = 'Higher_Change';
const ONE_BESIDE = 'One_Beside';
const THIS_CHANGE = 'This_Change';
const LEAVES_TOO = 'The_One_Beside_Leaves_Too';

/** What the platform answers when something that runs before a deletion updates a record that is being deleted. */
const IS_BEING_DELETED = 'SELF_REFERENCE_FROM_TRIGGER';

const each = (field: string): string => merge(`${elementName(LABEL.each)}.${field}`);
const blank = (resource: string): string => `ISBLANK(${merge(resource)})`;

const formulas: readonly Authored<FlowFormula>[] = [
  formula(FIRST_OF_ALL, 'String', 'The first member by id.', `IF(${blank(FIRST)}, ${each('Id')}, ${merge(FIRST)})`),
  formula(
    FIRST_AFTER,
    'String',
    'The first member by id after this one, once it has come by.',
    `IF(${and(merge(PASSED), blank(NEXT))}, ${each('Id')}, ${merge(NEXT)})`,
  ),
  truth(PASSED_NOW, 'Whether this member has come by.', or(merge(PASSED), `${each('Id')} = ${merge('$Record.Id')}`)),
  formula(
    HIGHER,
    'Number',
    'The highest number of a change of the group so far.',
    `MAX(${merge(HIGHEST)}, BLANKVALUE(${each(MEMBER_FIELD.change)}, 0))`,
  ),
  formula(
    ONE_BESIDE,
    'String',
    'The next member by id, the first one after the last: members sit in a circle.',
    `IF(${blank(NEXT)}, ${merge(FIRST)}, ${merge(NEXT)})`,
  ),
  formula(THIS_CHANGE, 'Number', 'The number of this change of the group.', `${merge(HIGHEST)} + 1`),
  truth(
    LEAVES_TOO,
    'Whether the one beside could not take the word because it is being deleted as well.',
    `CONTAINS(${merge('$Flow.FaultMessage')}, ${quoted(IS_BEING_DELETED)})`,
  ),
  changedAt(`$Record.Opportunity.${FIELD.groupChangedAt}`),
];

const variables: readonly Authored<FlowVariable>[] = [
  variable(FIRST, 'String', 'The first member by id.'),
  variable(NEXT, 'String', 'The member after this one by id.'),
  variable(BESIDE, 'String', 'The member beside this one.'),
  { ...variable(PASSED, 'Boolean', 'Whether this member has come by.'), value: { booleanValue: false } },
  count(HIGHEST, 'The highest number of a change of the group.'),
  recordVariable(NEIGHBOUR, MEMBER, 'The member beside this one, with the number of this change.'),
  recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity, with the moment of the change.'),
];

const decisions: FlowMetadata['decisions'] = [
  whenFound(
    { label: LABEL.found, description: 'This member is one of them.' },
    LABEL.members,
    { found: 'Members found', none: 'No members' },
    to(LABEL.each),
  ),
  decision(
    { label: LABEL.alone, description: 'Who is alone speaks for itself.' },
    [
      {
        label: 'Nobody else',
        description: 'This member is beside itself: the group has no other.',
        logic: 'and',
        conditions: [condition(BESIDE, 'EqualTo', reference('$Record.Id'))],
        connector: to(LABEL.name),
      },
    ],
    { label: 'Somebody else', connector: to(LABEL.pass) },
  ),
  question(
    {
      label: LABEL.refused,
      description: 'A member who stays and refuses for a reason of the org leaves it to who passed the word.',
    },
    {
      label: 'Leaving too',
      description: 'The platform lets nobody update it any more.',
      logic: 'and',
      conditions: [condition(LEAVES_TOO, 'EqualTo', yesNo(true))],
      connector: jumpTo(LABEL.taken),
    },
    { label: 'Staying', connector: jumpTo(LABEL.name) },
  ),
  decision(
    { label: LABEL.speaks, description: 'One of those who leave together speaks for all of them.' },
    [
      {
        label: 'It sits beside the first who took the word',
        description: 'Somebody stays in the group, and this member passed the word to the first of those.',
        logic: 'and',
        conditions: [isFound(LABEL.taken), condition(`${elementName(LABEL.taken)}.Id`, 'EqualTo', reference(BESIDE))],
        connector: to(LABEL.name),
      },
      {
        label: 'Everybody leaves and it is the first',
        description: 'Nobody could take the word, since all leave: the first by id speaks.',
        logic: 'and',
        conditions: [
          condition(elementName(LABEL.taken), 'IsNull', yesNo(true)),
          condition(FIRST, 'EqualTo', reference('$Record.Id')),
        ],
        connector: to(LABEL.name),
      },
    ],
    { label: 'Another one does' },
  ),
];

const assignments: FlowMetadata['assignments'] = [
  assignment(
    { label: LABEL.look, description: 'Keeps the first member, the one after this member, and the highest change.' },
    [
      set(FIRST, reference(FIRST_OF_ALL)),
      set(NEXT, reference(FIRST_AFTER)),
      set(PASSED, reference(PASSED_NOW)),
      set(HIGHEST, reference(HIGHER)),
    ],
    to(LABEL.each),
  ),
  assignment(
    { label: LABEL.beside, description: 'The member beside this one, with the number of this change.' },
    [
      set(BESIDE, reference(ONE_BESIDE)),
      set(`${NEIGHBOUR}.Id`, reference(BESIDE)),
      set(`${NEIGHBOUR}.${MEMBER_FIELD.change}`, reference(THIS_CHANGE)),
    ],
    to(LABEL.alone),
  ),
  assignment(
    { label: LABEL.name, description: 'A new moment of change has the group counted after the commit.' },
    [
      set(`${OPPORTUNITY}.Id`, reference('$Record.OpportunityId')),
      set(`${OPPORTUNITY}.${FIELD.groupChangedAt}`, reference(CHANGED_AT)),
    ],
    to(LABEL.ask),
  ),
];

const ask = askIfOn(LABEL.members);

/**
 * Before delete, the only moment at which a flow sees a record go. Two things are unknown there: the group without the members that go,
 * since they are all still stored, so that counting is left to the time after the commit ({@link recountFlow}); and which members go
 * together, so that one of them could act for all, as a record must not be updated over and over (help: "Per-Transaction Flow Limits",
 * twelve duplicate updates in a batch). So each passes the word to the member beside it in the order of ids. One who is leaving too may
 * refuse it ({@link IS_BEING_DELETED}: SOAP API Developer Guide, StatusCode); the first
 * who has it tells who speaks. With nobody left to take it, the first of all speaks.
 *
 * For a batch: two queries and two updates.
 */
export const memberRemovedFlow = (): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.memberRemoved,
    label: 'Waterfall: Buying Group Removal',
    description:
      'Has the buying group of an opportunity counted again right after members were deleted, once for all that go together. Never keeps ' +
      `a member from being deleted: RevOps gets a task. ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      first: ASK_IF_ON,
      object: MEMBER,
      on: 'Delete',
      triggerType: 'RecordBeforeDelete',
    },
    elements: {
      assignments,
      decisions: [...ask.decisions, ...decisions],
      formulas: [...formulas, ...ask.formulas],
      loops: [
        loop(
          { label: LABEL.each, description: 'Goes through the members in the order of their ids.' },
          elementName(LABEL.members),
          to(LABEL.look),
          to(LABEL.beside),
        ),
      ],
      recordLookups: [
        getAll(
          { label: LABEL.members, description: 'All members, those who leave now included.' },
          {
            object: MEMBER,
            filters: [equals('OpportunityId', reference('$Record.OpportunityId'))],
            fields: ['Id', MEMBER_FIELD.change],
            sort: { field: 'Id', order: 'Asc' },
          },
          to(LABEL.found),
          to(LABEL.tell),
        ),
        getFirst(
          { label: LABEL.taken, description: 'The first by id of the members who took the word.' },
          {
            object: MEMBER,
            filters: [
              equals('OpportunityId', reference('$Record.OpportunityId')),
              equals(MEMBER_FIELD.change, reference(THIS_CHANGE)),
            ],
            fields: ['Id'],
            oldestFirst: 'Id',
          },
          to(LABEL.speaks),
          to(LABEL.tell),
        ),
      ],
      recordUpdates: [
        updateFrom(
          { label: LABEL.pass, description: 'Gives the one beside the number of this change.' },
          NEIGHBOUR,
          to(LABEL.refused),
          to(LABEL.taken),
        ),
        updateFrom(
          { label: LABEL.ask, description: 'The opportunity counts its group after the commit.' },
          OPPORTUNITY,
          to(LABEL.tell),
        ),
      ],
      subflows: [
        tellOfGroup(
          { label: LABEL.tell, description: 'The opportunity could not be told that a member goes.' },
          {
            recordId: reference('$Record.OpportunityId'),
            otherwise: reference('$Record.Opportunity.OwnerId'),
            subject: 'Buying group not counted after a member was removed',
          },
        ),
      ],
      variables,
    },
  });
