import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../../data/types.ts';
import type { Schema } from '../../schema/types.ts';
import type { StoredComponent } from '../types.ts';
import { apart, isApart } from '../metadata-ids.ts';
import { auditOf, text, type RowSource } from './row-maker.ts';
import { writeRows } from './write-rows.ts';

interface QueueMetadata {
  readonly name?: string;
  readonly email?: string;
  readonly doesSendEmailToMembers?: boolean;
  readonly queueSobject?: readonly { readonly sobjectType?: string }[];
  readonly queueMembers?: {
    readonly users?: { readonly user?: readonly string[] };
  };
}

const queueOf = (component: StoredComponent): QueueMetadata => component.metadata;

/**
 * Deployed queues as records: a Group of type Queue, a QueueSobject for each object, a GroupMember for each user. Groups, objects and
 * members that were saved as records stay: rows of deployed queues have ids of their own number space. Object Reference, Group.
 */
export function syncQueues(database: DatabaseSync, source: RowSource, schema: Schema): void {
  const queues = source.metadata.ofType('Queue');
  const groups = queues.map((component): Row => {
    const queue = queueOf(component);
    return {
      Id: component.id,
      Name: queue.name ?? component.fullName,
      DeveloperName: component.fullName,
      Type: 'Queue',
      Email: text(queue.email),
      DoesSendEmailToMembers: queue.doesSendEmailToMembers === true,
      DoesIncludeBosses: true,
      ...auditOf(component),
    };
  });
  const objects = queues.flatMap((component) =>
    (queueOf(component).queueSobject ?? []).map((one): Row => ({
      Id: apart(source.ids.idOf('QueueSobject', '03g', `${component.id} ${one.sobjectType ?? ''}`)),
      QueueId: component.id,
      SobjectType: one.sobjectType ?? '',
      CreatedById: component.createdById,
    })),
  );
  const userId = database.prepare('SELECT "Id" FROM "User" WHERE "Username" = ?');
  const members = queues.flatMap((component) =>
    (queueOf(component).queueMembers?.users?.user ?? []).flatMap((username): Row[] => {
      const user = userId.get(username);
      if (!user) return [];
      return [
        {
          Id: apart(source.ids.idOf('GroupMember', '011', `${component.id} ${username}`)),
          GroupId: component.id,
          UserOrGroupId: String(user.Id),
          SystemModstamp: component.lastModifiedDate,
        },
      ];
    }),
  );
  const parts: readonly (readonly [string, readonly Row[]])[] = [
    ['Group', groups],
    ['QueueSobject', objects],
    ['GroupMember', members],
  ];
  for (const [name, rows] of parts) {
    const object = schema.object(name);
    if (object) writeRows(database, object, rows, isApart);
  }
}
