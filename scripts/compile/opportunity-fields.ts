import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { opportunityField, restrictedPicklist } from './field.ts';
import { FIELD } from './names.ts';

const STAMPED = 'Stamped by the flow "Waterfall: Stage Stamping".';

/** What the stamping flow writes beside the stage dates. */
const stageState = (): readonly Component[] => [
  opportunityField(
    FIELD.stageEnteredAt,
    {
      description: `When the opportunity entered its current stage. ${STAMPED}`,
      inlineHelpText: 'Set automatically when the stage changes: when this opportunity entered its current stage.',
      label: 'Stage Entered At',
      type: 'DateTime',
    },
    'stageDates',
  ),
  opportunityField(
    FIELD.previousStage,
    {
      description: `The stage before the current one; blank until the stage changes for the first time. ${STAMPED}`,
      inlineHelpText: 'Set automatically when the stage changes: the stage this opportunity was in before.',
      label: 'Previous Stage',
      length: 255,
      type: 'Text',
      unique: false,
    },
    'stageDates',
  ),
  opportunityField(
    FIELD.stageSlaDue,
    {
      description: `By when the current stage should be left; blank for a stage without a service level. ${STAMPED}`,
      inlineHelpText:
        'Set automatically when the stage changes: move on by this time to keep the service level of the stage.',
      label: 'Stage SLA Due',
      type: 'DateTime',
    },
    'stageDates',
  ),
  opportunityField(
    FIELD.stampedAt,
    {
      description: `When the stage dates were last written; a new record that already has it is a clone. ${STAMPED}`,
      inlineHelpText: 'Set automatically whenever the stage dates are written. Leave it blank on import.',
      label: 'Stage Stamped At',
      type: 'DateTime',
    },
    'stageDates',
  ),
];

const origin = (): readonly Component[] => [
  opportunityField(
    FIELD.sourceOpportunity,
    {
      deleteConstraint: 'SetNull',
      description: 'The won opportunity out of which automation created this one. Set by the flow that creates it.',
      inlineHelpText: 'Set automatically: the won opportunity out of which this one was created.',
      label: 'Source Opportunity',
      referenceTo: 'Opportunity',
      relationshipLabel: 'Created Opportunities',
      relationshipName: 'Created_Opportunities',
      type: 'Lookup',
    },
    'closedWon',
  ),
  opportunityField(
    FIELD.key,
    {
      caseSensitive: true,
      description:
        'Names what created this opportunity, so that the same win creates it only once. Set by the flow that creates it.',
      externalId: true,
      inlineHelpText:
        'Set automatically on opportunities that automation creates, so that none is created twice. Do not change it.',
      label: 'Waterfall Key',
      length: 255,
      type: 'Text',
      unique: true,
    },
    'closedWon',
  ),
];

const contract = (): readonly Component[] => [
  opportunityField(
    FIELD.contractStart,
    {
      description: 'First day of the contract that this opportunity sells.',
      inlineHelpText: 'First day of the contract. Fill it in before you close the opportunity as won.',
      label: 'Contract Start Date',
      type: 'Date',
    },
    'closedWon',
  ),
  opportunityField(
    FIELD.contractEnd,
    {
      description: 'Last day of the contract that this opportunity sells. The renewal closes on it.',
      inlineHelpText: 'Last day of the contract; the renewal will be due then. Left blank, start date and term decide.',
      label: 'Contract End Date',
      type: 'Date',
    },
    'closedWon',
  ),
  opportunityField(
    FIELD.contractTermMonths,
    {
      description:
        'Length of the contract in months. Gives the close date of the renewal when the contract end date is blank.',
      inlineHelpText: 'Length of the contract in months, for example 12.',
      label: 'Contract Term Months',
      precision: 3,
      scale: 0,
      type: 'Number',
      unique: false,
    },
    'closedWon',
  ),
];

const solution = ({ solutions }: Waterfall): readonly Component[] =>
  solutions.length === 0
    ? []
    : [
        opportunityField(
          FIELD.solution,
          {
            description: 'The solution this opportunity is about: one account, one solution, one buying decision.',
            inlineHelpText: 'What the account would buy. Another solution is another opportunity.',
            label: 'Solution',
            type: 'Picklist',
            valueSet: restrictedPicklist(solutions.map(({ name }) => name)),
          },
          'solutions',
        ),
      ];

/** The fields of Opportunity that automation and people need beside the stage dates. */
export const compileOpportunityFields = (waterfall: Waterfall): readonly Component[] => [
  ...contract(),
  ...origin(),
  ...solution(waterfall),
  ...stageState(),
];
