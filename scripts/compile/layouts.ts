import type { Layout } from '@salesforce/types/metadata';

import type { Stage, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { fullGroups, keepsBuyingGroups } from './buying-groups/full-group.ts';
import { define } from './define.ts';
import { section, type Item, type Section } from './layout-section.ts';
import { FIELD, layoutName, SINGLE_LAYOUT, stageDateField } from './names.ts';
import { relatedLists } from './related-lists.ts';
import { allStageReasons, hasStageSla, nurturingStages } from './stage-reasons.ts';

const edit = (...fields: readonly string[]): readonly Item[] => fields.map((field) => ({ behavior: 'Edit', field }));
const required = (...fields: readonly string[]): readonly Item[] =>
  fields.map((field) => ({ behavior: 'Required', field }));
const readonly = (...fields: readonly string[]): readonly Item[] =>
  fields.map((field) => ({ behavior: 'Readonly', field }));

/**
 * Dates of stages, down the left column first. Read-only to everybody: automation writes them, and what an edit form
 * does not offer a clone does not copy. Corrections are made by import, by whoever may edit the fields.
 */
const stageDates = (label: string, stages: readonly Stage[]): Section => {
  const fields = stages.map(({ name }) => stageDateField(name));
  const half = Math.ceil(fields.length / 2);
  return section(
    `${label} Stage Dates`,
    true,
    'TwoColumnsTopToBottom',
    readonly(...fields.slice(0, half)),
    readonly(...fields.slice(half)),
  );
};

/** A field stands on a layout once: the dates of stages that types share have a section of their own. */
const stageDatesOfAllTypes = ({ opportunityTypes }: Waterfall): readonly Section[] => {
  const users = (stage: Stage): number =>
    opportunityTypes.filter(({ stages }) => stages.some(({ name }) => name === stage.name)).length;
  const shared = new Map(
    opportunityTypes.flatMap(({ stages }) =>
      stages.filter((stage) => users(stage) > 1).map((stage) => [stage.name, stage]),
    ),
  );
  return [
    ...opportunityTypes.map(({ label, stages }) => [label, stages.filter((stage) => users(stage) === 1)] as const),
    ['Shared', [...shared.values()]] as const,
  ]
    .filter(([, stages]) => stages.length > 0)
    .map(([label, stages]) => stageDates(label, stages));
};

/** Where the opportunity stands: what automation keeps, and what people fill in when they recycle, disqualify or lose it. */
const currentStage = (waterfall: Waterfall): Section =>
  section(
    'Current Stage',
    true,
    'TwoColumnsTopToBottom',
    [
      ...readonly(FIELD.stageEnteredAt, FIELD.stageSlaDue),
      ...(hasStageSla(waterfall) ? readonly(FIELD.slaBreached, FIELD.slaBreaches) : []),
      ...(waterfall.promotions.length > 0 ? readonly(FIELD.promotedAt, FIELD.promotionReason) : []),
    ],
    [
      ...readonly(FIELD.previousStage, ...(waterfall.handshakes.length > 0 ? [FIELD.handshakeStatus] : [])),
      ...edit(
        ...(allStageReasons(waterfall).length > 0 ? [FIELD.stageReason] : []),
        ...(nurturingStages(waterfall).length > 0 ? [FIELD.nurtureUntil] : []),
      ),
    ],
  );

/** What is known of the buying group; nothing of it where there are none. */
const buyingGroup = (waterfall: Waterfall): readonly Section[] =>
  keepsBuyingGroups(waterfall)
    ? [
        section(
          'Buying Group',
          true,
          'TwoColumnsTopToBottom',
          readonly(
            ...[FIELD.groupSize, FIELD.groupConfirmed],
            ...(fullGroups(waterfall).length > 0 ? [FIELD.rolesCovered, FIELD.groupCoverage, FIELD.missingRoles] : []),
          ),
          readonly(
            ...[FIELD.highestScore, FIELD.totalScore, FIELD.leastEngaged, FIELD.signalCount, FIELD.lastSignalAt],
          ),
        ),
      ]
    : [];

/**
 * The forecast category is left to the stage, which implies it (object reference, Opportunity): on a layout it is a
 * required field, and what the form then sends overrides the stage. `Type` is required where it carries the opportunity
 * type; in an org without record types a layout cannot have the record type.
 */
const sections = (waterfall: Waterfall, dates: readonly Section[]): readonly Section[] => {
  const { solutions, typeCarrier } = waterfall;
  return [
    section(
      'Opportunity Information',
      false,
      'TwoColumnsTopToBottom',
      [
        ...required('Name'),
        ...edit('AccountId'),
        ...(typeCarrier === 'typeField' ? required('Type') : edit('Type')),
        ...edit(...(solutions.length > 0 ? [FIELD.solution] : []), 'LeadSource', 'CampaignId', 'OwnerId'),
      ],
      [
        ...required('StageName', 'CloseDate'),
        ...edit('Amount', 'Probability', 'NextStep'),
        ...readonly('ExpectedRevenue'),
      ],
    ),
    section('Contract', true, 'TwoColumnsTopToBottom', edit(FIELD.contractStart, FIELD.contractEnd), [
      ...edit(FIELD.contractTermMonths),
      ...readonly(FIELD.sourceOpportunity),
    ]),
    currentStage(waterfall),
    ...buyingGroup(waterfall),
    ...dates,
    section('Description Information', false, 'OneColumn', edit('Description')),
    section(
      'System Information',
      false,
      'TwoColumnsTopToBottom',
      [...(typeCarrier === 'recordType' ? edit('RecordTypeId') : []), ...readonly('CreatedById')],
      readonly('LastModifiedById'),
    ),
  ];
};

const layout = (waterfall: Waterfall, name: string, layoutSections: readonly Section[], source: string): Component =>
  define<Layout>(
    'Layout',
    name,
    {
      layoutSections,
      relatedLists: relatedLists(waterfall),
      relatedObjects: ['AccountId'],
      showEmailCheckbox: false,
      showHighlightsPanel: false,
      showInteractionLogPanel: false,
      showRunAssignmentRulesCheckbox: false,
      showSubmitAndAttachButton: false,
    },
    source,
  );

/**
 * A page layout per opportunity type; profiles are assigned to it by the plan. Layouts follow the record type, so that
 * where the Type field carries the type there is one layout with the stages of all. Shape: a retrieved Opportunity
 * layout, API version 66.
 */
export const compileLayouts = (waterfall: Waterfall): readonly Component[] =>
  waterfall.typeCarrier === 'typeField'
    ? [layout(waterfall, SINGLE_LAYOUT, sections(waterfall, stageDatesOfAllTypes(waterfall)), 'typeCarrier')]
    : waterfall.opportunityTypes.map((type) =>
        layout(waterfall, layoutName(type), sections(waterfall, [stageDates(type.label, type.stages)]), type.source),
      );
