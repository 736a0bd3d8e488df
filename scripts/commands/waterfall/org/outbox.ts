import { Flags, StandardColors } from '@salesforce/sf-plugins-core';
import { readClock } from '../../../local-org-client/clock.ts';
import { openLocalOrg } from '../../../local-org-client/open-local-org.ts';
import { readOutbox } from '../../../local-org-client/outbox.ts';
import type { SentMessage } from '../../../local-org-client/outbox.ts';
import type { Paint } from '../../../local-org-client/render-log.ts';
import { renderMessage } from '../../../local-org-client/render-outbox.ts';
import { readUsers } from '../../../local-org-client/users.ts';
import { WaterfallCommand, orgFlag } from '../../waterfall-command.ts';

const DEFAULT_LAST = 10;
const KINDS = ['email', 'notification'] as const;

/** Labels step back behind what they label. */
const paint: Paint = (tone, text) => (tone === 'quiet' ? StandardColors.info(text) : text);

export default class OrgOutboxCommand extends WaterfallCommand<readonly SentMessage[]> {
  static override readonly summary = 'Show the emails and notifications that flows of the local org sent.';
  static override readonly description =
    'The local org sends nothing: it keeps what a Salesforce org would have sent, with the flow that sent it, in whose name, to whom and what it says. The newest comes last.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --kind email --contains renewal',
  ];
  static override readonly flags = {
    ...orgFlag,
    last: Flags.integer({ summary: `How many messages; ${DEFAULT_LAST} without it.`, min: 1, max: 1000 }),
    kind: Flags.option({ options: KINDS, summary: 'Only emails, or only notifications.' })(),
    contains: Flags.string({ summary: 'Only messages in which this occurs: an address, a record id, words.' }),
  };

  async run(): Promise<readonly SentMessage[]> {
    const { flags } = await this.parse(OrgOutboxCommand);
    const org = await openLocalOrg(flags['target-org']);
    const { kind, contains } = flags;
    const messages = await readOutbox(org, { last: flags.last ?? DEFAULT_LAST, kind, contains });
    if (this.jsonEnabled()) return messages;
    if (messages.length === 0) this.log(nothing(kind, contains));
    else {
      const [{ timeZone }, users] = await Promise.all([readClock(org), readUsers(org)]);
      const usernames = new Map(users.map(({ id, username }) => [id, username]));
      for (const message of messages)
        this.log(`${renderMessage(message, { timeZone, usernames, paint }).join('\n')}\n`);
    }
    return messages;
  }
}

function nothing(kind: string | undefined, contains: string | undefined): string {
  if (contains !== undefined) return `No ${kind ?? 'message'} that is kept tells of "${contains}".`;
  return `No flow has sent ${kind === 'email' ? 'an email' : kind === undefined ? 'anything' : 'a notification'} yet.`;
}
