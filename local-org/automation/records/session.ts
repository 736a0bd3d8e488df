import type { Row, Transaction } from '../../data/types.ts';
import type { Schema } from '../../schema/types.ts';
import { localDate } from '../formula/calendar.ts';
import type { Session } from '../formula/types.ts';

/** Record types are part of the schema; a formula reads them as rows of RecordType all the same. */
const recordTypeRows = new WeakMap<Schema, ReadonlyMap<string, Row>>();

function recordTypes(schema: Schema): ReadonlyMap<string, Row> {
  let rows = recordTypeRows.get(schema);
  if (!rows) {
    const entries = [...schema.objects.values()].flatMap((object) =>
      object.recordTypes.map((type): [string, Row] => [
        type.id,
        {
          Id: type.id,
          Name: type.label,
          DeveloperName: type.developerName,
          SobjectType: object.name,
          IsActive: type.active,
          Description: type.description,
        },
      ]),
    );
    rows = new Map(entries);
    recordTypeRows.set(schema, rows);
  }
  return rows;
}

/**
 * A session for one batch of one transaction. Reading parents is the platform's own look-up: it counts against no
 * limit.
 */
export function createSession(tx: Transaction): Session {
  const seconds = Math.floor(tx.now.getTime() / 1000) * 1000;
  const now = new Date(seconds).toISOString();
  const parents = new Map<string, Map<string, Row | null>>();

  const loaded = (object: string): Map<string, Row | null> => {
    let rows = parents.get(object);
    if (!rows) parents.set(object, (rows = new Map<string, Row | null>()));
    return rows;
  };
  const load = (object: string, ids: readonly string[]): void => {
    const rows = loaded(object);
    const missing = [...new Set(ids)].filter((id) => !rows.has(id));
    if (missing.length === 0) return;
    const found = tx.byIds(object, missing);
    for (const id of missing) rows.set(id, found.get(id) ?? null);
  };
  const parent = (object: string, id: string): Row | null => {
    if (object === 'RecordType') return recordTypes(tx.schema).get(id) ?? null;
    const rows = loaded(object);
    if (!rows.has(id)) load(object, [id]);
    return rows.get(id) ?? null;
  };

  return {
    tx,
    now,
    today: localDate(now, tx.user.timeZone),
    timeZone: tx.user.timeZone,
    parent,
    preload(rows, paths) {
      for (const path of paths) {
        let level = rows;
        for (const hop of path) {
          const byObject = new Map<string, string[]>();
          for (const row of level) {
            const id = row?.[hop.field];
            if (typeof id !== 'string') continue;
            const object = targetObject(tx.schema, hop.to, id);
            if (object === null || object === 'RecordType') continue;
            const ids = byObject.get(object);
            if (ids) ids.push(id);
            else byObject.set(object, [id]);
          }
          for (const [object, ids] of byObject) load(object, ids);
          level = [...byObject].flatMap(([object, ids]) => [...new Set(ids)].map((id) => parent(object, id)));
        }
      }
    },
  };
}

/** The object a lookup's value points to: the only one it may, or the one its key prefix names. */
export function targetObject(schema: Schema, to: readonly string[], id: string): string | null {
  if (to.length === 1) return to[0]!;
  const name = schema.objectOfId(id)?.name;
  return name !== undefined && to.includes(name) ? name : null;
}
