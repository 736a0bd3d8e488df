import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { scoreField } from '../buying-groups/score-field.ts';
import { leadField, opportunityField, restrictedPicklist } from '../field.ts';
import { LIMIT } from '../limits.ts';
import { carriedStatusDateField, LEAD_FIELD, leadStatusDateField, MATCH_STATUS } from '../names.ts';
import { shorten } from '../text.ts';
import { compileMatchKeyFields } from './match-key-fields.ts';
import {
  carriesStatusDates,
  convertsLeads,
  datedStatuses,
  joinsAfterConversion,
  leadsNameSolutions,
} from './what-leads-need.ts';

const SOURCE = 'leads';
const MATCHED_BY = 'Set by the flow "Waterfall: Lead Matching".';

const match = (): readonly Component[] => [
  leadField(
    LEAD_FIELD.matchedAccount,
    {
      deleteConstraint: 'SetNull',
      description: `The account that this lead belongs to. ${MATCHED_BY} People may choose one themselves.`,
      inlineHelpText: 'The account of this lead. Set automatically; choose another one where it is wrong.',
      label: 'Matched Account',
      referenceTo: 'Account',
      relationshipLabel: 'Matched Leads',
      relationshipName: 'Matched_Leads',
      type: 'Lookup',
    },
    SOURCE,
  ),
  leadField(
    LEAD_FIELD.matchStatus,
    {
      description:
        'Whether this lead is still to be matched, whether an account was found, and whether it could be converted. Set by automation.',
      inlineHelpText: 'Set automatically: whether an account was found, and whether the lead could be converted.',
      label: 'Match Status',
      type: 'Picklist',
      valueSet: restrictedPicklist(Object.values(MATCH_STATUS)),
    },
    SOURCE,
  ),
  leadField(
    LEAD_FIELD.matchReason,
    {
      description: `Why it is this account, in words. ${MATCHED_BY}`,
      inlineHelpText: 'Set automatically: why the lead belongs to this account.',
      label: 'Match Reason',
      length: 255,
      type: 'Text',
      unique: false,
    },
    SOURCE,
  ),
];

const conversion = (): Component =>
  leadField(
    LEAD_FIELD.conversionProblem,
    {
      description:
        'Why this lead could not be converted, in the words of the org. Set by the flow "Waterfall: Lead Conversion", which tries ' +
        'again when the lead is changed more than a minute after its last change: what automation saves at once is no correction.',
      inlineHelpText:
        'Set automatically: why the lead could not be converted. It is tried again when you change the lead more than a minute after its last change.',
      label: 'Conversion Problem',
      length: 255,
      type: 'Text',
      unique: false,
    },
    SOURCE,
  );

const solution = ({ solutions }: Waterfall): readonly Component[] => [
  leadField(
    LEAD_FIELD.solution,
    {
      description: 'The solution that this lead is interested in: it decides which opportunity the person belongs to.',
      inlineHelpText: 'What this person is interested in.',
      label: 'Solution',
      type: 'Picklist',
      valueSet: restrictedPicklist(solutions.map(({ name }) => name)),
    },
    'solutions',
  ),
  leadField(
    LEAD_FIELD.opportunity,
    {
      deleteConstraint: 'SetNull',
      description:
        'The open opportunity of the matched account for the solution, whose lead scores this lead counts for until it is converted. ' +
        'Set by the flow "Waterfall: Lead Score".',
      inlineHelpText: 'Set automatically: the opportunity whose lead scores this lead counts for.',
      label: 'Waterfall Opportunity',
      referenceTo: 'Opportunity',
      relationshipLabel: 'Unconverted Leads',
      relationshipName: 'Unconverted_Leads',
      type: 'Lookup',
    },
    SOURCE,
  ),
];

const engagement = (): readonly Component[] => [
  leadField(
    LEAD_FIELD.campaign,
    {
      deleteConstraint: 'SetNull',
      description:
        'The campaign that a converted lead last responded to. Set by the flow "Waterfall: Lead Engagement".',
      inlineHelpText: 'Set automatically when the lead is converted: the campaign that it last responded to.',
      label: 'Responded Campaign',
      referenceTo: 'Campaign',
      relationshipLabel: 'Converted Leads',
      relationshipName: 'Waterfall_Converted_Leads',
      type: 'Lookup',
    },
    SOURCE,
  ),
  leadField(
    LEAD_FIELD.engagedAt,
    {
      description:
        'When the lead last responded before it was converted; the contact joins the buying group with it. Set by the flow "Waterfall: Lead Conversion".',
      inlineHelpText: 'Set automatically when the lead is converted: when it last responded.',
      label: 'Engaged At',
      type: 'DateTime',
    },
    SOURCE,
  ),
];

const REENTRY = {
  first: 'A later return to the status keeps the first date.',
  latest: 'A later return to the status overwrites the date.',
} as const;

const statusDates = (waterfall: Waterfall): readonly Component[] =>
  datedStatuses(waterfall).flatMap(({ name, source }) => [
    leadField(
      leadStatusDateField(name),
      {
        description: `Day on which the lead reached ${name}. Stamped by the flow "Waterfall: Lead Status Stamping". ${REENTRY[waterfall.stageDates.reentry]}`,
        inlineHelpText: `Set automatically on the day this lead reaches ${name}.`,
        label: shorten(`${name} Date`, LIMIT.fieldLabel),
        type: 'Date',
      },
      source,
    ),
    ...(carriesStatusDates(waterfall)
      ? [
          opportunityField(
            carriedStatusDateField(name),
            {
              description: `Day on which the first lead of this opportunity reached ${name}. Carried over when leads are converted.`,
              inlineHelpText: `Set automatically when a lead is converted: when the first lead of this opportunity reached ${name}.`,
              label: shorten(`Lead ${name} Date`, LIMIT.fieldLabel),
              type: 'Date',
            },
            source,
          ),
        ]
      : []),
  ]);

/** What automation needs to know of leads; nothing where the organisation leaves leads alone. */
export const compileLeadFields = (waterfall: Waterfall): readonly Component[] =>
  waterfall.leads === null
    ? []
    : [
        ...compileMatchKeyFields(waterfall),
        ...match(),
        ...(convertsLeads(waterfall) ? [conversion()] : []),
        ...(leadsNameSolutions(waterfall) ? solution(waterfall) : []),
        ...(joinsAfterConversion(waterfall) ? engagement() : []),
        ...scoreField('Lead', waterfall),
        ...statusDates(waterfall),
      ];
