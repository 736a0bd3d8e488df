import type { CustomField, ValueSet } from '@salesforce/types/metadata';

import type { Authored, ComponentMetadata } from '../metadata/component-metadata.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';

/**
 * Nothing is history-tracked: an object tracks at most 20 fields (Help, "Field History Tracking"), which an org in use
 * may have spent, and every stage change is kept in OpportunityHistory already.
 */
const UNTRACKED = { externalId: false, required: false, trackHistory: false } as const;

export const opportunityField = (name: string, metadata: ComponentMetadata<CustomField>, source: string): Component =>
  define<CustomField>(
    'CustomField',
    `Opportunity.${name}`,
    { ...UNTRACKED, trackTrending: false, ...metadata },
    source,
  );

export const accountField = (name: string, metadata: ComponentMetadata<CustomField>, source: string): Component =>
  define<CustomField>('CustomField', `Account.${name}`, { ...UNTRACKED, ...metadata }, source);

export const leadField = (name: string, metadata: ComponentMetadata<CustomField>, source: string): Component =>
  define<CustomField>('CustomField', `Lead.${name}`, { ...UNTRACKED, ...metadata }, source);

/** A picklist of its own that takes these values and no others, in this order. */
export const restrictedPicklist = (values: readonly string[]): Authored<ValueSet> => ({
  restricted: true,
  valueSetDefinition: {
    sorted: false,
    value: values.map((name) => ({ fullName: name, default: false, label: name })),
  },
});
