import { ADMIN_USERNAME } from '../../local-org/open-org.ts';
import type { FieldValue } from '../../local-org/data/types.ts';
import type { LocalOrg } from '../../local-org/types.ts';
import { PERMISSION_SET, queueName } from '../../scripts/compile/names.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';

type Values = Readonly<Record<string, FieldValue>>;

/**
 * The people that the model hands over to: a manager, and a user in each role and queue that a handshake names. The administrator
 * gets the RevOps permission set, unless it is there.
 */
export const hirePeople = (org: LocalOrg, waterfall: Waterfall): void => {
  const admin = org.user(ADMIN_USERNAME);
  const insert = (object: string, record: Values): string =>
    org.transact(admin, (tx) => {
      const [result] = tx.save({ operation: 'insert', object, records: [record], allOrNone: true });
      if (!result?.id) throw new Error(`${object}: ${result?.errors.map(({ message }) => message).join('; ') ?? ''}`);
      return result.id;
    });
  const find = (object: string, field: string, value: string): string | undefined =>
    org.transact(admin, (tx) => {
      const [row] = tx.select({ object, filter: { field, operator: '=', value }, limit: 1 });
      return row?.['Id'] as string | undefined;
    });
  const hire = (name: string, more: Values): string =>
    insert('User', {
      Username: `${name.toLowerCase().replaceAll(' ', '.')}@load.example`,
      LastName: name,
      Alias: name.slice(0, 8),
      Email: `${name.toLowerCase().replaceAll(' ', '.')}@load.example`,
      ProfileId: admin.profileId,
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      DigestFrequency: 'N',
      DefaultGroupNotificationFrequency: 'N',
      IsActive: true,
      ...more,
    });

  const revOps = find('PermissionSet', 'Name', PERMISSION_SET.revOps);
  if (revOps && !find('PermissionSetAssignment', 'PermissionSetId', revOps))
    insert('PermissionSetAssignment', { AssigneeId: admin.id, PermissionSetId: revOps });
  const manager = hire('Head of Revenue', {});
  const receivers = new Map(
    waterfall.handshakes.map(({ assignment }) => [`${assignment.by}:${assignment.value}`, assignment]),
  );
  for (const { by, value } of receivers.values()) {
    if (by === 'role') {
      const role =
        find('UserRole', 'Name', value) ??
        insert('UserRole', { Name: value, DeveloperName: queueName(value), RollupDescription: value });
      hire(value, { ManagerId: manager, UserRoleId: role });
    } else if (by === 'queue') {
      const queue = find('Group', 'DeveloperName', queueName(value));
      if (queue)
        insert('GroupMember', { GroupId: queue, UserOrGroupId: hire(`${value} 1`.slice(-40), { ManagerId: manager }) });
    }
  }
};
