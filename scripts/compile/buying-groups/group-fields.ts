import type { Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { opportunityField } from '../field.ts';
import { FIELD } from '../names.ts';
import { fullGroups, keepsBuyingGroups } from './full-group.ts';

const SOURCE = 'buyingGroups';
const COUNTED = 'Written by the flow "Waterfall: Count Buying Group".';

const number = (name: string, label: string, what: string): Component =>
  opportunityField(
    name,
    {
      description: `${what} ${COUNTED}`,
      inlineHelpText: `Set automatically. ${what}`,
      label,
      precision: 18,
      scale: 0,
      type: 'Number',
      unique: false,
    },
    SOURCE,
  );

const moment = (name: string, label: string, description: string, help: string): Component =>
  opportunityField(name, { description, inlineHelpText: help, label, type: 'DateTime' }, SOURCE);

const people = (): readonly Component[] => [
  number(FIELD.groupSize, 'Buying Group Size', 'How many people belong to the buying group.'),
  number(FIELD.groupConfirmed, 'Buying Group Confirmed', 'How many members of the buying group are confirmed.'),
  number(FIELD.highestScore, 'Highest Lead Score', 'The highest lead score among the members of the buying group.'),
  number(FIELD.totalScore, 'Total Lead Score', 'The lead scores of all members of the buying group together.'),
  opportunityField(
    FIELD.leastEngaged,
    {
      deleteConstraint: 'SetNull',
      description: `The member who has not responded for longest, or never has. ${COUNTED}`,
      inlineHelpText: 'Set automatically: the member of the buying group to address next.',
      label: 'Least Engaged Member',
      referenceTo: 'Contact',
      relationshipLabel: 'Least Engaged In',
      relationshipName: 'Least_Engaged_In',
      type: 'Lookup',
    },
    SOURCE,
  ),
];

const roles = (waterfall: Waterfall): readonly Component[] =>
  fullGroups(waterfall).length === 0
    ? []
    : [
        number(
          FIELD.rolesCovered,
          'Buying Group Roles Covered',
          'How many roles of a full buying group for the solution have a member.',
        ),
        opportunityField(
          FIELD.groupCoverage,
          {
            description: `How much of a full buying group for the solution is there; blank without a solution. ${COUNTED}`,
            inlineHelpText: 'Set automatically: roles that have a member, in percent of the roles of a full group.',
            label: 'Buying Group Coverage',
            precision: 18,
            scale: 0,
            type: 'Percent',
          },
          SOURCE,
        ),
        opportunityField(
          FIELD.missingRoles,
          {
            description: `The roles of a full buying group that nobody has; blank when none is missing. ${COUNTED}`,
            inlineHelpText: 'Set automatically: roles of the buying group that nobody has yet.',
            label: 'Missing Roles',
            length: 255,
            type: 'Text',
            unique: false,
          },
          SOURCE,
        ),
      ];

const signals = (): readonly Component[] => [
  number(FIELD.signalCount, 'Signal Count', 'How often members of the buying group responded about the solution.'),
  moment(
    FIELD.lastSignalAt,
    'Last Signal At',
    `When a member of the buying group last responded about the solution. ${COUNTED}`,
    'Set automatically: when a member of the buying group last responded.',
  ),
];

/** What is known of the buying group, on its opportunity; nothing where there are no buying groups. */
export const compileGroupFields = (waterfall: Waterfall): readonly Component[] =>
  keepsBuyingGroups(waterfall)
    ? [
        ...people(),
        ...roles(waterfall),
        ...signals(),
        moment(
          FIELD.groupChangedAt,
          'Buying Group Changed At',
          'When the buying group was last to be counted again, because a member has gone or changed. Written by automation.',
          'Set automatically. A new value has the buying group counted again.',
        ),
      ]
    : [];
