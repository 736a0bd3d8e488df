import type { CompactLayout } from '@salesforce/types/metadata';

import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { COMPACT_LAYOUT, FIELD } from './names.ts';

/** What the highlights panel shows; the record types are assigned to it. The first seven fields show on a desktop. */
export const compileCompactLayouts = ({ solutions }: Waterfall): readonly Component[] => [
  define<CompactLayout>(
    'CompactLayout',
    `Opportunity.${COMPACT_LAYOUT}`,
    {
      fields: [
        ...['Name', 'AccountId', 'CloseDate', 'Amount', 'OwnerId'],
        ...(solutions.length > 0 ? [FIELD.solution] : []),
        FIELD.stageSlaDue,
      ],
      label: 'Waterfall Opportunity',
    },
    'name',
  ),
];
