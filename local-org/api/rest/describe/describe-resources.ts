import type { Transaction } from '../../../data/types.ts';
import type { ApiContext } from '../../context.ts';
import { objectOfPath } from '../records/find-object.ts';
import type { Resource } from '../resource.ts';
import { describeObject, describeSummary } from './describe-object.ts';
import { recordTypeAccess, type RecordTypeAccess } from './record-type-access.ts';

/** Names of the permission sets that the user was assigned. */
function permissionSetsOf(tx: Transaction): readonly string[] {
  if (!tx.schema.object('PermissionSetAssignment')) return [];
  const filter = { field: 'AssigneeId', operator: '=', value: tx.user.id } as const;
  const ids = tx.select({ object: 'PermissionSetAssignment', filter }).map((row) => String(row.PermissionSetId));
  return [...tx.byIds('PermissionSet', ids).values()].map((row) => String(row.Name));
}

/** Which record types of an object the transaction's user may choose. */
export const accessOf = (context: ApiContext, tx: Transaction, object: string): RecordTypeAccess =>
  recordTypeAccess(context.org.metadata, tx.user, permissionSetsOf(tx), object);

const describeGlobal: Resource = {
  method: 'GET',
  path: '/sobjects',
  handle: (_context, tx, { version }) => ({
    status: 200,
    body: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: [...tx.schema.objects.values()]
        .toSorted((one, other) => one.name.localeCompare(other.name))
        .map((object) => describeSummary(object, version)),
    },
  }),
};

const describeOne: Resource = {
  method: 'GET',
  path: '/sobjects/:object/describe',
  handle(context, tx, { version, params }) {
    const object = objectOfPath(tx, params.object ?? '');
    return { status: 200, body: describeObject(tx.schema, object, version, accessOf(context, tx, object.name)) };
  },
};

const basicInformation: Resource = {
  method: 'GET',
  path: '/sobjects/:object',
  handle(_context, tx, { version, params }) {
    const object = objectOfPath(tx, params.object ?? '');
    // Which records a user has looked at is not kept.
    return { status: 200, body: { objectDescribe: describeSummary(object, version), recentItems: [] } };
  },
};

/** What the org tells of its objects. */
export const describeResources: readonly Resource[] = [describeGlobal, describeOne, basicInformation];
