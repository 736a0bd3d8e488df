import type { RecordType } from '@salesforce/types/metadata';

import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { COMPACT_LAYOUT, FIELD, recordTypeName, salesProcessName } from './names.ts';
import { shorten } from './text.ts';

/**
 * A record type per opportunity type. It offers its own value of `Type`, which forms choose by default, and every solution.
 * Other picklists are the org's: the plan lists them when it creates the record type.
 */
export const compileRecordTypes = ({ opportunityTypes, solutions }: Waterfall): readonly Component[] =>
  opportunityTypes.map((type) =>
    define<RecordType>(
      'RecordType',
      `Opportunity.${recordTypeName(type)}`,
      {
        active: true,
        businessProcess: salesProcessName(type),
        compactLayoutAssignment: COMPACT_LAYOUT,
        description: shorten(type.description, LIMIT.recordTypeDescription),
        label: type.label,
        picklistValues: [
          ...(solutions.length === 0
            ? []
            : [
                { picklist: FIELD.solution, values: solutions.map(({ name }) => ({ fullName: name, default: false })) },
              ]),
          { picklist: 'Type', values: [{ fullName: type.typeValue, default: true }] },
        ],
      },
      type.source,
    ),
  );
