import type { BusinessProcess } from '@salesforce/types/metadata';

import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { salesProcessName } from './names.ts';
import { shorten } from './text.ts';

/**
 * A sales process per opportunity type: its stages in path order. Opportunity allows no default value (CumulusCI
 * EnsureRecordTypes).
 */
export const compileSalesProcesses = ({ opportunityTypes }: Waterfall): readonly Component[] =>
  opportunityTypes.map((type) =>
    define<BusinessProcess>(
      'BusinessProcess',
      `Opportunity.${salesProcessName(type)}`,
      {
        description: shorten(type.description, LIMIT.businessProcessDescription),
        isActive: true,
        values: type.stages.map(({ name }) => ({ fullName: name, default: false })),
      },
      type.source,
    ),
  );
