import { encode, quote } from '../layout.ts';
import type { ObjectRules, SaveContext, WorkingRow } from './save-context.ts';

/**
 * Tasks: closed by status, and their mark on the opportunity they are about. DOC object-reference/task, /opportunity
 * "HasOpenActivity".
 */
export const activityRules: ObjectRules = {
  derive(context, object, rows) {
    const statuses = object.fields.get('status')?.picklist?.values ?? [];
    const closing = new Set(statuses.filter(({ closed }) => closed === true).map(({ value }) => value));
    for (const { after, before } of rows) {
      after['Status'] ??= statuses.find(({ isDefault }) => isDefault)?.value ?? statuses[0]?.value ?? null;
      after['Priority'] ??= 'Normal';
      after['TaskSubtype'] ??= 'Task';
      after['IsClosed'] = closing.has(String(after['Status']));
      after['IsHighPriority'] = after['Priority'] === 'High';
      if (after['IsClosed'] && !before?.['IsClosed']) after['CompletedDateTime'] = context.timestamp;
      if (!after['IsClosed']) after['CompletedDateTime'] = null;
      const what = after['WhatId'];
      if (typeof what === 'string' && what.startsWith('001')) after['AccountId'] = what;
    }
  },
  written: (context, _object, rows) => markRelated(context, rows),
  removed: (context, _object, rows) => markRelated(context, rows),
};

function markRelated(context: SaveContext, rows: readonly WorkingRow[]): void {
  markOpportunities(context, rows);
  markAccounts(context, rows);
}

/** "Due date of the most recently closed task associated with the record" (Object Reference, Account, LastActivityDate). */
function markAccounts({ store }: SaveContext, rows: readonly WorkingRow[]): void {
  const ids = new Set(
    rows
      .flatMap(({ before, after }) => [before?.['AccountId'], after['AccountId']])
      .filter((id) => typeof id === 'string'),
  );
  const sql = `UPDATE ${quote('Account')} SET "LastActivityDate" = (SELECT MAX("ActivityDate") FROM "Task" WHERE "AccountId" = ?1 AND "IsClosed" = 1 AND "IsDeleted" = 0) WHERE "Id" = ?1`;
  for (const id of ids) store.statement(sql).run(encode(id));
}

function markOpportunities(context: SaveContext, rows: readonly WorkingRow[]): void {
  const opportunity = context.schema.object('Opportunity')!;
  const ids = new Set(
    rows
      .flatMap(({ before, after }) => [before?.['WhatId'], after['WhatId']])
      .filter((id) => typeof id === 'string' && id.startsWith(opportunity.keyPrefix)),
  );
  const sql = `UPDATE ${quote('Opportunity')} SET "HasOpenActivity" = EXISTS (SELECT 1 FROM "Task" WHERE "WhatId" = ?1 AND "IsClosed" = 0 AND "IsDeleted" = 0),
    "HasOverdueTask" = EXISTS (SELECT 1 FROM "Task" WHERE "WhatId" = ?1 AND "IsClosed" = 0 AND "IsDeleted" = 0 AND "ActivityDate" < ?2),
    "LastActivityDate" = (SELECT MAX("ActivityDate") FROM "Task" WHERE "WhatId" = ?1 AND "IsClosed" = 1 AND "IsDeleted" = 0) WHERE "Id" = ?1`;
  for (const id of ids) context.store.statement(sql).run(encode(id), context.timestamp.slice(0, 10));
}
