import { Flags } from '@salesforce/sf-plugins-core';
import { assign, missingAssignments, waterfallSets } from '../../../local-org-client/assign-permission-sets.ts';
import { openLocalOrg } from '../../../local-org-client/open-local-org.ts';
import { readUsers } from '../../../local-org-client/users.ts';
import type { OrgUser } from '../../../local-org-client/users.ts';
import { WaterfallCommand, orgFlag } from '../../waterfall-command.ts';

export interface UsersResult {
  readonly users: readonly OrgUser[];
  /** What --assign has assigned. */
  readonly assigned: readonly { readonly username: string; readonly permissionSet: string }[];
}

export default class OrgUsersCommand extends WaterfallCommand<UsersResult> {
  static override readonly summary = 'List the users of the local org, and what they hold.';
  static override readonly description =
    'With --assign, every active user gets the permission set of the department he works in, as an admin would assign it in Setup. In a real org you assign them yourself: in Setup, or with sf org assign permset.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --assign',
  ];
  static override readonly flags = {
    ...orgFlag,
    assign: Flags.boolean({
      summary: "Assign the waterfall's permission sets to the users of each department.",
      default: false,
    }),
  };

  async run(): Promise<UsersResult> {
    const { flags } = await this.parse(OrgUsersCommand);
    const org = await openLocalOrg(flags['target-org']);
    const before = await readUsers(org);
    if (!flags.assign) {
      this.show(before);
      return { users: before, assigned: [] };
    }
    const missing = missingAssignments(before, await waterfallSets(org));
    await assign(org, missing);
    if (missing.length === 0) {
      this.log('Every user of the sample company holds the permission set of his department already.');
      return { users: before, assigned: [] };
    }
    const users = await readUsers(org);
    for (const [label, of] of Map.groupBy(missing, ({ set }) => set.label))
      this.log(`  ${label}: ${of.map(({ user }) => user.name).join(', ')}`);
    this.log(
      `Assigned ${missing.length} permission sets. In a real org this is yours to do: Setup, or sf org assign permset.`,
    );
    return {
      users,
      assigned: missing.map(({ user, set }) => ({ username: user.username, permissionSet: set.name })),
    };
  }

  private show(users: readonly OrgUser[]): void {
    this.table({
      data: users.map(({ username, name, active, profile, role, permissionSets }) => ({
        username,
        name: active ? name : `${name} (inactive)`,
        role: role ?? '',
        profile,
        'permission sets': permissionSets.map(({ label }) => label).join(', '),
      })),
      columns: ['username', 'name', 'role', 'profile', 'permission sets'],
    });
  }
}
