import type { RecordType } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { HANDSHAKE_OUTCOMES } from './handshakes/outcomes.ts';
import { LIMIT } from './limits.ts';
import { COMPACT_LAYOUT, FIELD, recordTypeName, salesProcessName } from './names.ts';
import { allStageReasons } from './stage-reasons.ts';
import { shorten } from './text.ts';

type Offered = NonNullable<Authored<RecordType>['picklistValues']>[number];

const offer = (picklist: string, values: readonly string[]): readonly Offered[] =>
  values.length === 0 ? [] : [{ picklist, values: values.map((fullName) => ({ fullName, default: false })) }];

/**
 * The picklists of ours, in the order of their names. A restricted picklist refuses what the record type does not offer, whoever saves
 * (https://gearset.com/blog/data-deployments-and-picklist-errors/, case 2), so that every value which automation sets is offered.
 */
const picklists = (waterfall: Waterfall, type: OpportunityType): readonly Offered[] => [
  ...offer(FIELD.handshakeStatus, waterfall.handshakes.length > 0 ? HANDSHAKE_OUTCOMES : []),
  ...offer(
    FIELD.solution,
    waterfall.solutions.map(({ name }) => name),
  ),
  ...offer(FIELD.stageReason, allStageReasons(waterfall)),
  { picklist: 'Type', values: [{ fullName: type.typeValue, default: true }] },
];

/**
 * A record type per opportunity type. It offers its own value of `Type`, which forms choose by default, and all of what the automation
 * sets. Other picklists are the org's: the plan lists them when it creates the record type.
 */
export const compileRecordTypes = (waterfall: Waterfall): readonly Component[] =>
  waterfall.opportunityTypes.map((type) =>
    define<RecordType>(
      'RecordType',
      `Opportunity.${recordTypeName(type)}`,
      {
        active: true,
        businessProcess: salesProcessName(type),
        compactLayoutAssignment: COMPACT_LAYOUT,
        description: shorten(type.description, LIMIT.recordTypeDescription),
        label: type.label,
        picklistValues: picklists(waterfall, type),
      },
      type.source,
    ),
  );
