import type { Layout } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import type { Component } from './component.ts';
import { define } from './define.ts';
import { FIELD, layoutName, stageDateField } from './names.ts';
import { RELATED_LISTS } from './related-lists.ts';

type Section = Authored<Layout['layoutSections'][number]>;
type Item = Authored<Layout['layoutSections'][number]['layoutColumns'][number]['layoutItems'][number]>;

const edit = (...fields: readonly string[]): readonly Item[] => fields.map((field) => ({ behavior: 'Edit', field }));
const required = (...fields: readonly string[]): readonly Item[] =>
  fields.map((field) => ({ behavior: 'Required', field }));
const readonly = (...fields: readonly string[]): readonly Item[] =>
  fields.map((field) => ({ behavior: 'Readonly', field }));

const column = (
  items: readonly Item[],
): Section['layoutColumns'] extends readonly (infer Column)[] | undefined ? Column : never =>
  items.length > 0 ? { layoutItems: items } : {};

const section = (
  label: string,
  custom: boolean,
  style: Section['style'],
  ...columns: readonly (readonly Item[])[]
): Section => ({
  customLabel: custom,
  detailHeading: true,
  editHeading: true,
  label,
  layoutColumns: columns.map(column),
  style,
});

/** The dates of the type's own stages, down the left column first. People read them; automation writes them. */
const stageDates = (type: OpportunityType): Section => {
  const fields = type.stages.map(({ name }) => stageDateField(name));
  const half = Math.ceil(fields.length / 2);
  return section(
    `${type.label} Stage Dates`,
    true,
    'TwoColumnsTopToBottom',
    readonly(...fields.slice(0, half)),
    readonly(...fields.slice(half)),
  );
};

const sections = (type: OpportunityType, { solutions }: Waterfall): readonly Section[] => [
  section(
    'Opportunity Information',
    false,
    'TwoColumnsTopToBottom',
    [
      ...required('Name'),
      ...edit(
        'AccountId',
        'Type',
        ...(solutions.length > 0 ? [FIELD.solution] : []),
        'LeadSource',
        'CampaignId',
        'OwnerId',
      ),
    ],
    [
      ...required('StageName', 'CloseDate'),
      ...edit('Amount', 'Probability', 'ForecastCategoryName', 'NextStep'),
      ...readonly('ExpectedRevenue'),
    ],
  ),
  section('Contract', true, 'TwoColumnsTopToBottom', edit(FIELD.contractStart, FIELD.contractEnd), [
    ...edit(FIELD.contractTermMonths),
    ...readonly(FIELD.sourceOpportunity),
  ]),
  section(
    'Current Stage',
    true,
    'TwoColumnsTopToBottom',
    readonly(FIELD.stageEnteredAt, FIELD.stageSlaDue),
    readonly(FIELD.previousStage),
  ),
  stageDates(type),
  section('Description Information', false, 'OneColumn', edit('Description')),
  section(
    'System Information',
    false,
    'TwoColumnsTopToBottom',
    [...edit('RecordTypeId'), ...readonly('CreatedById')],
    readonly('LastModifiedById'),
  ),
];

/**
 * A page layout per opportunity type; profiles are assigned to it by the plan. Shape: a retrieved Opportunity layout,
 * API version 66.
 */
export const compileLayouts = (waterfall: Waterfall): readonly Component[] =>
  waterfall.opportunityTypes.map((type) =>
    define<Layout>(
      'Layout',
      layoutName(type),
      {
        layoutSections: sections(type, waterfall),
        relatedLists: RELATED_LISTS,
        relatedObjects: ['AccountId'],
        showEmailCheckbox: false,
        showHighlightsPanel: false,
        showInteractionLogPanel: false,
        showRunAssignmentRulesCheckbox: false,
        showSubmitAndAttachButton: false,
      },
      type.source,
    ),
  );
