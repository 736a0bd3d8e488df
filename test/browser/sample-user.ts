import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { assign } from './waterfall-org.ts';

export interface SampleUser {
  readonly id: string;
  readonly username: string;
  /** A session of that user. */
  readonly token: string;
}

/** A user with the profile Standard User and the permission sets, as an admin would make him, and a session of his. */
export function addUser(
  running: RunningOrg,
  name: string,
  { timeZone, permissionSets = [] }: { readonly timeZone: string; readonly permissionSets?: readonly string[] },
): SampleUser {
  const { org, server } = running;
  const username = `${name.toLowerCase().replaceAll(' ', '.')}@sample.waterfall.local`;
  const [FirstName = '', LastName = ''] = name.split(' ');
  const id = org.transact(org.user('admin@waterfall.local'), (tx) => {
    const idOf = (object: string, value: string): string => {
      const [row] = tx.select({ object, filter: { field: 'Name', operator: '=', value }, limit: 1 });
      if (typeof row?.Id !== 'string') throw new Error(`the org has no ${object} ${value}`);
      return row.Id;
    };
    const insert = (object: string, record: Readonly<Record<string, string>>): string => {
      const [result] = tx.save({ operation: 'insert', object, records: [record], allOrNone: true });
      if (!result?.id) throw new Error(`the ${object} was refused: ${JSON.stringify(result?.errors)}`);
      return result.id;
    };
    const user = insert('User', {
      FirstName,
      LastName,
      Username: username,
      Email: username,
      Alias: FirstName.slice(0, 8),
      ProfileId: idOf('Profile', 'Standard User'),
      TimeZoneSidKey: timeZone,
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    });
    return user;
  });
  for (const set of permissionSets) assign(running, set, id);
  return { id, username, token: server.context.sessions.open(id) };
}
