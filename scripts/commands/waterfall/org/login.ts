import { Flags } from '@salesforce/sf-plugins-core';
import { aliasFor, findUser } from '../../../local-org-client/find-user.ts';
import { logInAs } from '../../../local-org-client/log-in-as.ts';
import type { LoggedIn } from '../../../local-org-client/log-in-as.ts';
import { openLocalOrg } from '../../../local-org-client/open-local-org.ts';
import { readUsers } from '../../../local-org-client/users.ts';
import { LOCAL_ALIAS } from '../../../org/connection.ts';
import { WaterfallCommand, orgFlag } from '../../waterfall-command.ts';

export default class OrgLoginCommand extends WaterfallCommand<LoggedIn> {
  static override readonly summary = 'Log in to the local org as one of its users.';
  static override readonly description =
    'Stores the login for waterfall and sf under an alias of its own, so that you can see what that user sees. The session lasts until the local org stops.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --as sales',
    '<%= config.bin %> <%= command.id %> --as revops --alias ops',
    '<%= config.bin %> <%= command.id %> --as someone@sample.waterfall.local',
  ];
  static override readonly flags = {
    ...orgFlag,
    as: Flags.string({
      summary:
        'A username, or the department, role or permission set of a user: marketing, sales-development, sales, customer-success, revops.',
      required: true,
    }),
    alias: Flags.string({ char: 'a', summary: `Alias of the login; ${LOCAL_ALIAS}-<who> without it.` }),
  };

  async run(): Promise<LoggedIn> {
    const { flags } = await this.parse(OrgLoginCommand);
    const org = await openLocalOrg(flags['target-org']);
    const user = findUser(await readUsers(org), flags.as);
    const loggedIn = await logInAs(org, user.username, flags.alias ?? aliasFor(flags.as, LOCAL_ALIAS));
    const held = user.permissionSets.map(({ label }) => label).join(', ');
    this.log(
      `Logged in as ${user.name} (${user.username}): ${[user.role, `profile ${user.profile}`].filter(Boolean).join(', ')}, ${held === '' ? 'no permission sets' : held}.`,
    );
    this.log(`
  With sf       npx sf data query -o ${loggedIn.alias} -q "SELECT Name, StageName FROM Opportunity LIMIT 5"
  In a browser  ${loggedIn.browserUrl}`);
    return loggedIn;
  }
}
