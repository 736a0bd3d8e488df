import { dayRange } from '../data/soql/date-literals.ts';
import { localParts, toDateText, utcDay } from '../data/time-zone.ts';
import type { Transaction } from '../data/types.ts';
import type { ObjectDef } from '../schema/types.ts';

/**
 * Last day of the current fiscal quarter, for the converting user. Salesforce Help, "Lead Conversion Field Mapping":
 * "the Close Date … is automatically set to the last day of the current fiscal quarter".
 */
export function closeDate(tx: Transaction): string {
  const [organization] = tx.select({ object: 'Organization', filter: null, limit: 1 });
  const startMonth = Number(organization?.['FiscalYearStartMonth'] ?? 1);
  const { year, month, day } = localParts(tx.now, tx.user.timeZone);
  const { end } = dayRange('THIS_FISCAL_QUARTER', null, utcDay(year, month, day), { startMonth });
  return toDateText(end - 1);
}

/** The stage of a new opportunity: the default, or the first that the record type's sales process has. */
export function firstStage(opportunity: ObjectDef, recordTypeId: string | null): string | null {
  const active = (opportunity.fields.get('stagename')?.picklist?.values ?? []).filter((value) => value.active);
  const allowed = opportunity.recordTypes.find(({ id }) => id === recordTypeId)?.picklistValues.get('StageName');
  const own = allowed ? active.filter(({ value }) => allowed.values.includes(value)) : active;
  return (own.find(({ isDefault }) => isDefault) ?? own[0])?.value ?? null;
}
