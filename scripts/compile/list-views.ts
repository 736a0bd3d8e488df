import type { ListView } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { apiName, FIELD, recordTypeName } from './names.ts';
import { fitName, shorten } from './text.ts';

type Filter = Authored<ListView['filters'][number]>;

/**
 * Standard fields have names of their own in list views (DOC metadata-api/listview); these are as retrieved from orgs.
 */
const COLUMN = {
  name: 'OPPORTUNITY.NAME',
  account: 'ACCOUNT.NAME',
  amount: 'OPPORTUNITY.AMOUNT',
  closeDate: 'OPPORTUNITY.CLOSE_DATE',
  closed: 'OPPORTUNITY.CLOSED',
  owner: 'CORE.USERS.ALIAS',
  recordType: 'OPPORTUNITY.RECORDTYPE',
  stage: 'OPPORTUNITY.STAGE_NAME',
  type: 'OPPORTUNITY.TYPE',
} as const;

const filter = (field: string, operation: Filter['operation'], value: string): Filter => ({ field, operation, value });
const OPEN = filter(COLUMN.closed, 'equals', '0');

const ofType = ({ typeCarrier }: Waterfall, type: OpportunityType): Filter =>
  typeCarrier === 'recordType'
    ? filter(COLUMN.recordType, 'equals', `Opportunity.${recordTypeName(type)}`)
    : filter(COLUMN.type, 'equals', type.typeValue);

const columnsBeside = (...more: readonly string[]): readonly string[] => [
  ...[COLUMN.name, COLUMN.account, COLUMN.stage],
  ...more,
  ...[COLUMN.amount, COLUMN.closeDate, COLUMN.owner],
];

interface View {
  /** Ends the API name, which has room for 40 characters. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly filters: readonly Filter[];
}

const views = (type: OpportunityType): readonly View[] => {
  const detours = type.stages.filter(({ kind, outcome }) => kind === 'detour' && outcome === 'open');
  return [
    { name: 'Open', title: 'Open', columns: columnsBeside(FIELD.stageEnteredAt), filters: [OPEN] },
    {
      name: 'Overdue',
      title: 'SLA Overdue',
      columns: columnsBeside(FIELD.stageEnteredAt, FIELD.stageSlaDue),
      filters: [OPEN, filter(FIELD.stageSlaDue, 'lessThan', 'TODAY')],
    },
    {
      name: 'Closing',
      title: 'Closing This Quarter',
      columns: columnsBeside(FIELD.stageEnteredAt),
      filters: [OPEN, filter(COLUMN.closeDate, 'equals', 'THIS_QUARTER')],
    },
    ...detours.map(({ name }) => ({
      name: apiName(name),
      title: name,
      columns: columnsBeside(FIELD.stageEnteredAt, FIELD.previousStage),
      filters: [filter(COLUMN.stage, 'equals', name)],
    })),
  ];
};

/**
 * List views per opportunity type, for everybody: open ones, those past the service level of their stage, closing soon,
 * on a detour.
 */
export const compileListViews = (waterfall: Waterfall): readonly Component[] =>
  waterfall.opportunityTypes.flatMap((type) =>
    views(type).map(({ name, title, columns, filters }) =>
      define<ListView>(
        'ListView',
        `Opportunity.${fitName(`Waterfall_${apiName(type.label)}_${name}`, LIMIT.listViewName)}`,
        {
          columns,
          filterScope: 'Everything',
          filters: [ofType(waterfall, type), ...filters],
          label: shorten(`${type.label} ${title}`, LIMIT.listViewLabel),
        },
        type.source,
      ),
    ),
  );
