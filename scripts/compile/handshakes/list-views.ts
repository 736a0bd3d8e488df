import type { ListView } from '@salesforce/types/metadata';

import type { Component } from '../../metadata/component.ts';
import { define } from '../define.ts';
import { HANDSHAKE, HANDSHAKE_FIELD } from '../names.ts';
import { SOURCE } from './object.ts';
import { OUTCOME } from './outcomes.ts';

const { breached, dueAt, fromFunction, opportunity, outcome, stage, toFunction } = HANDSHAKE_FIELD;

/** Standard columns of a custom object's list views have names of their own (DOC metadata-api/listview). */
const COLUMNS: readonly string[] = [
  'NAME',
  opportunity,
  stage,
  fromFunction,
  toFunction,
  outcome,
  dueAt,
  breached,
  'OWNER.ALIAS',
];

const PENDING = { field: outcome, operation: 'equals', value: OUTCOME.pending } as const;

const view = (name: string, metadata: Pick<ListView, 'filterScope' | 'label'> & Partial<Pick<ListView, 'filters'>>) =>
  define<ListView>('ListView', `${HANDSHAKE}.${name}`, { columns: COLUMNS, ...metadata }, SOURCE);

/** What a person has to answer, what nobody answered in time, and everything. */
export const handshakeListViews = (): readonly Component[] => [
  view('All', { filterScope: 'Everything', label: 'All' }),
  view('My_Pending', { filterScope: 'Mine', filters: [PENDING], label: 'My Pending' }),
  view('Overdue', {
    filterScope: 'Everything',
    filters: [PENDING, { field: breached, operation: 'equals', value: '1' }],
    label: 'Overdue',
  }),
];
