import { Flags } from '@salesforce/sf-plugins-core';
import { listRuns } from '../../apply/run-journal.ts';
import type { RunSummary } from '../../apply/run-journal.ts';
import { connectOrg } from '../../org/connect.ts';
import { WaterfallCommand } from '../waterfall-command.ts';

export default class RunsCommand extends WaterfallCommand<readonly RunSummary[]> {
  static override readonly summary =
    'List the deploys and rollbacks made from this folder, and where each one stopped.';
  static override readonly description = 'With --target-org only those of that org.';
  static override readonly examples = ['<%= config.bin %> <%= command.id %>'];
  static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: 'Alias or username of an org; without it the runs of all orgs.' }),
  };

  async run(): Promise<readonly RunSummary[]> {
    const { flags } = await this.parse(RunsCommand);
    const orgId = flags['target-org'] === undefined ? null : (await connectOrg(flags['target-org'])).identity.orgId;
    const runs = listRuns(process.cwd()).filter((run) => orgId === null || run.orgId === orgId);
    if (runs.length === 0) this.log('No run yet.');
    else {
      this.table({
        data: runs.map(({ id, kind, orgId: org, state, done, steps }) => ({
          run: id,
          kind,
          org,
          state,
          steps: `${done} of ${steps}`,
        })),
        columns: ['run', 'kind', 'org', 'state', 'steps'],
      });
    }
    for (const { id, stoppedAt } of runs.filter(({ state }) => state !== 'finished'))
      this.log(`${id} stopped ${stoppedAt}`);
    return runs;
  }
}
