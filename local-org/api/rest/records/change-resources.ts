import type { Resource } from '../resource.ts';
import { changedRecords } from './changes.ts';
import { objectOfPath } from './find-object.ts';

const rest = (moment: string): string => moment.replace(/Z$/, '+0000');

/** `/sobjects/Account/updated?start=&end=` (REST API Developer Guide, "sObject Get Updated"). */
const updated: Resource = {
  method: 'GET',
  path: '/sobjects/:object/updated',
  handle(_context, tx, { params, query }) {
    const object = objectOfPath(tx, params.object ?? '');
    const { records, latestDateCovered } = changedRecords(tx, object, false, query.start, query.end);
    return { status: 200, body: { ids: records.map(({ id }) => id), latestDateCovered: rest(latestDateCovered) } };
  },
};

/** `/sobjects/Account/deleted?start=&end=` ("sObject Get Deleted"). */
const deleted: Resource = {
  method: 'GET',
  path: '/sobjects/:object/deleted',
  handle(_context, tx, { params, query }) {
    const object = objectOfPath(tx, params.object ?? '');
    const changes = changedRecords(tx, object, true, query.start, query.end);
    return {
      status: 200,
      body: {
        deletedRecords: changes.records.map(({ id, at }) => ({ id, deletedDate: rest(at) })),
        earliestDateAvailable: rest(changes.earliestDateAvailable),
        latestDateCovered: rest(changes.latestDateCovered),
      },
    };
  },
};

/** `/recent`: the local org keeps nobody's views, so there are never any ("Recently Viewed Items"). */
const recent: Resource = { method: 'GET', path: '/recent', handle: () => ({ status: 200, body: [] }) };

/** What changed, and what was looked at. */
export const changeResources: readonly Resource[] = [updated, deleted, recent];
