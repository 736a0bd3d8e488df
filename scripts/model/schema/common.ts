import { z } from 'zod';

/**
 * Names become picklist values, record types and field labels. Letters, digits and single spaces only: the Metadata API
 * percent-encodes punctuation in business processes and record types (NPSP's `Proposal%2FPrice Quote`), which breaks comparisons.
 */
export const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/;

/** A custom field's API name is at most 40 characters without `__c` (Metadata API, CustomField); the stage date adds `_Date`. */
export const STAGE_NAME_MAX = 35;
/** A record type's label is at most 80 characters; paths, layouts and sales processes are named after it with a prefix. */
export const TYPE_LABEL_MAX = 40;
export const PICKLIST_VALUE_MAX = 255;
/** Kept short, so that reasons read well in reports. */
export const REASON_MAX = 80;
/** A path's guidance for success takes 1,000 characters for definition, entry rule, next step and RACI together. */
export const GUIDANCE_MAX = 240;
/** RecordType.description (Metadata API, RecordType). */
export const DESCRIPTION_MAX = 255;

/** zod reports these texts as they are; they are written for the person who edits the file. */
export const name = (max: number) =>
  z
    .string()
    .min(1)
    .max(max, { error: `is longer than ${max} characters, which is what the platform takes here` })
    .regex(NAME_PATTERN, { error: 'may hold letters, digits and single spaces only, and starts with a letter' });

export const text = (max: number) => z.string().trim().min(1).max(max);

/** API name of a field, standard or custom, without the object. */
export const fieldName = z
  .string()
  .regex(/^[A-Za-z]\w{0,39}(__c)?$/, { error: 'is not the API name of a field, such as Amount or Solution__c' });

export const revenueFunction = z.enum(['marketing', 'salesDevelopment', 'sales', 'customerSuccess']);
export const opportunityTypeKey = z.enum(['acquisition', 'renewal', 'upsell', 'crossSell']);

/** `24 hours`, `1 hour`, `5 business days`. Business days are weekdays. */
export const SLA_PATTERN = /^([1-9]\d{0,3}) (hours?|business days?)$/;
export const sla = z
  .string()
  .regex(SLA_PATTERN, { error: 'is not a duration such as "24 hours" or "5 business days"' })
  .describe('How long an opportunity may stay here: "24 hours" or "5 business days" (weekdays).');
