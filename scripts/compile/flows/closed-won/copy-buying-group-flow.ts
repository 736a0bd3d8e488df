import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { keepsBuyingGroups } from '../../buying-groups/full-group.ts';
import { FIELD, FLOW, MEMBER_FIELD, MEMBER_SOURCE } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
  jumpTo,
  keepFault,
  question,
  reference,
  set,
  text,
  to,
  variable,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { createdUnderRuleThatCopies, rulesThatCopy, typesThatCopy } from './follow-up-copies.ts';
import { merge, quoted, record } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { added } from '../number-and-list-steps.ts';
import { createFrom, filter, getAll, listVariable, loop, recordVariable, subflow, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';

const LABEL = {
  find: 'Find the members',
  found: 'Are there members?',
  each: 'Each member',
  copied: 'Is the person copied already?',
  add: 'Add the member',
  create: 'Create the members',
  refused: 'Note why it was refused',
  tell: 'Tell RevOps',
  count: 'Count the buying group',
} as const;

const MEMBER = 'New_Member';
const MEMBERS = 'New_Members';
const COPIED = 'Copied_Contacts';
const REASON = 'Refusal_Reason';
const SUBJECT = 'Task_Subject';
const KEY = 'Member_Key';

const each = elementName(LABEL.each);

/** Fields that are taken over as they are. Status exists only where the model has buying groups. */
const takenOver = (waterfall: Waterfall): readonly string[] => [
  'ContactId',
  'Role',
  'IsPrimary',
  ...(keepsBuyingGroups(waterfall) ? [MEMBER_FIELD.status] : []),
];

/**
 * After the creation of an opportunity that a win has created: its buying group begins as that of the won one, each person once, with role
 * and status. They are members as people of a customer, whatever brought them into the first group. One query and
 * one insert for a batch, and what counting the new groups costs. Their members say by their key that this flow has the group counted, so
 * that it is counted once and not anew for each 200 members.
 *
 * A contact that was deleted has no contact role any more, and is not missed.
 */
export const copyBuyingGroupFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const [first] = rulesThatCopy(waterfall, 'buyingGroup');
  if (!first) return null;
  const fields = takenOver(waterfall);
  const groups = keepsBuyingGroups(waterfall);
  return recordTriggeredFlow({
    name: FLOW.copyBuyingGroup,
    label: 'Waterfall: Copy Buying Group',
    description:
      `Gives an opportunity that a win has created (${typesThatCopy(waterfall, 'buyingGroup')}) the buying group of the won one, with ` +
      `roles. What the org refuses is told to RevOps. ${COMPILED}`,
    source: first.rules[0]!.rule.source,
    order: ORDER.last,
    start: {
      first: elementName(LABEL.find),
      filterFormula: createdUnderRuleThatCopies(waterfall, 'buyingGroup'),
      object: 'Opportunity',
      on: 'Create',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      recordLookups: [
        getAll(
          { label: LABEL.find, description: 'The contact roles of the won opportunity, the primary one first.' },
          {
            object: 'OpportunityContactRole',
            filters: [filter('OpportunityId', 'EqualTo', reference(`$Record.${FIELD.sourceOpportunity}`))],
            fields: ['Id', ...fields],
            sort: { field: 'IsPrimary', order: 'Desc' },
          },
          to(LABEL.found),
          to(LABEL.refused),
        ),
      ],
      decisions: [
        whenFound(
          { label: LABEL.found, description: 'The won opportunity may have no contact roles.' },
          LABEL.find,
          { found: 'There are members', none: 'No members' },
          to(LABEL.each),
        ),
        question(
          {
            label: LABEL.copied,
            description:
              'The platform lets a contact have two roles in an opportunity; in a buying group everybody is once.',
          },
          {
            label: 'The person is copied',
            description: 'A role of the same contact came before.',
            logic: 'and',
            conditions: [condition(COPIED, 'Contains', reference(`${each}.ContactId`))],
            connector: to(LABEL.each),
          },
          { label: 'Not yet', connector: to(LABEL.add) },
        ),
      ],
      loops: [
        loop(
          { label: LABEL.each, description: 'One after the other.' },
          elementName(LABEL.find),
          to(LABEL.copied),
          to(LABEL.create),
        ),
      ],
      assignments: [
        assignment(
          { label: LABEL.add, description: 'The same person with the same role, in the new opportunity.' },
          [
            set(`${MEMBER}.OpportunityId`, reference('$Record.Id')),
            ...fields.map((field) => set(`${MEMBER}.${field}`, reference(`${each}.${field}`))),
            ...(groups
              ? [
                  set(`${MEMBER}.${MEMBER_FIELD.source}`, text(MEMBER_SOURCE.customer)),
                  set(`${MEMBER}.${MEMBER_FIELD.key}`, reference(KEY)),
                ]
              : []),
            added(MEMBERS, reference(MEMBER)),
            added(COPIED, reference(`${each}.ContactId`)),
          ],
          to(LABEL.each),
        ),
        keepFault(LABEL.refused, REASON, to(LABEL.tell)),
      ],
      recordCreates: [
        createFrom(
          { label: LABEL.create, description: 'The buying group of the new opportunity.' },
          MEMBERS,
          jumpTo(LABEL.refused),
          groups ? to(LABEL.count) : undefined,
        ),
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.tell, description: 'A task that says whose buying group is incomplete and why.' },
          {
            recordId: reference('$Record.Id'),
            subject: reference(SUBJECT),
            reason: reference(REASON),
            whatToDo: text(
              'Compare the contact roles with those of the source opportunity, and add by hand who is missing.',
            ),
            otherwise: reference('$Record.OwnerId'),
          },
          // Refused for one member, the others may be there.
          groups ? jumpTo(LABEL.count) : undefined,
        ),
        ...(groups
          ? [
              subflow({ label: LABEL.count, description: 'Once for the whole group.' }, FLOW.countGroup, {
                Opportunity_Id: reference('$Record.Id'),
              }),
            ]
          : []),
      ],
      formulas: [
        ...(groups
          ? [
              formula(
                KEY,
                'String',
                'Opportunity and contact. That it is there on creation says that the group is counted by this flow.',
                `${record('Id')} & ":" & ${merge(`${each}.ContactId`)}`,
              ),
            ]
          : []),
        formula(
          SUBJECT,
          'String',
          'What the task is about.',
          `${quoted('Buying group not copied completely: ')} & ${record('Name')}`,
        ),
      ],
      variables: [
        recordVariable(MEMBER, 'OpportunityContactRole', 'The member that is being put together.'),
        recordVariable(MEMBERS, 'OpportunityContactRole', 'The members to create.', true),
        listVariable(COPIED, 'Contacts that have a place already.'),
        variable(REASON, 'String', 'Why the org refused.'),
      ],
    },
  });
};
