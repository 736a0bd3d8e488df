import type { DatabaseSync } from 'node:sqlite';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { layoutOf } from '../layout.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';
import { lockedRow } from './save-errors.ts';

const heldBy = new WeakMap<DatabaseSync, Map<string, number>>();

/**
 * Holds records as a transaction of somebody else would that takes longer than a save waits for it (ten seconds;
 * https://www.gammone.com/en/programming/how-to-fix-the-unable_to_lock_row-error-in-salesforce). One transaction runs at a time here, so that none ever meets
 * another: tests of what automation does about a locked row hold it by hand. No API does this. Answers how to let go again.
 */
export function holdRows(database: DatabaseSync, ids: readonly string[]): () => void {
  const held = heldBy.get(database) ?? new Map<string, number>();
  heldBy.set(database, held);
  for (const id of ids) held.set(id, (held.get(id) ?? 0) + 1);
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    for (const id of ids) {
      const times = (held.get(id) ?? 1) - 1;
      if (times > 0) held.set(id, times);
      else held.delete(id);
    }
  };
}

/** Records that are updated or deleted are locked for it. */
export function refuseHeld(context: SaveContext, rows: readonly WorkingRow[]): void {
  const held = heldBy.get(context.store.database);
  if (!held || held.size === 0) return;
  for (const row of rows) {
    const id = row.input.id;
    if (id !== null && row.errors.length === 0 && held.has(id)) row.errors.push(lockedRow(id));
  }
}

/**
 * A record that comes to belong to another one locks that one too: an opportunity its account ("Opportunity inserts lock the related
 * account record … The lookup may lock the lookup record depending on its configuration", Record Locking Cheatsheet,
 * https://www.scribd.com/document/367266449), an open task with a date who and what it is about ("Task locks", Salesforce Data Architect
 * Certification Guide, chapter 10). Which configuration: unconfirmed; here lookups that only clear when their target goes lock nothing.
 */
export function refuseHeldParents(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  const held = heldBy.get(context.store.database);
  if (!held || held.size === 0) return;
  for (const field of layoutOf(object).columns) {
    if (!field.reference) continue;
    for (const row of rows) {
      const id = row.after[field.name];
      if (typeof id !== 'string' || row.before?.[field.name] === id || !held.has(id)) continue;
      if (locksTarget(object, field, row)) row.errors.push(lockedRow(id));
    }
  }
}

const locksTarget = (object: ObjectDef, field: FieldDef, { after }: WorkingRow): boolean =>
  object.name === 'Task' && (field.name === 'WhoId' || field.name === 'WhatId')
    ? after['IsClosed'] !== true && after['ActivityDate'] !== null
    : field.reference?.onDelete !== 'setNull';
