import { Args } from '@oclif/core';
import { readRun } from '../../apply/run-journal.ts';
import { rollbackRun } from '../../apply/rollback-run.ts';
import type { RollbackOutcome } from '../../apply/rollback-run.ts';
import { connectOrg } from '../../org/connect.ts';
import { takeSnapshot } from '../../org/take-snapshot.ts';
import type { Change } from '../../plan/types.ts';
import { WaterfallCommand, orgFlag, productionFlag } from '../waterfall-command.ts';

const keyOf = (change: Change): readonly { readonly type: string; readonly fullName: string }[] => {
  if (change.kind === 'deploy') return [{ type: change.component.type, fullName: change.component.fullName }];
  return change.kind === 'deactivateFlow' ? [{ type: 'Flow', fullName: change.flow }] : [];
};

export default class RollbackCommand extends WaterfallCommand<RollbackOutcome> {
  static override readonly summary = 'Take a deploy back, as far as the platform lets it.';
  static override readonly description =
    'Deletes what the run created, puts back what it changed, deactivates what the API cannot delete (record types, picklist values), and says what stays and why. Values stored in deleted fields are lost.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> 20260105-093012-deploy --target-org my-sandbox',
  ];
  static override readonly args = {
    run: Args.string({ required: true, description: 'The deploy run, as waterfall runs lists it.' }),
  };
  static override readonly flags = { ...orgFlag, ...productionFlag };

  async run(): Promise<RollbackOutcome> {
    const { args, flags } = await this.parse(RollbackCommand);
    const { plan } = readRun(process.cwd(), args.run);
    const org = await connectOrg(flags['target-org']);
    const snapshot = await takeSnapshot(
      org,
      plan.steps.flatMap((step) => keyOf(step.do.change)),
    );
    const outcome = await rollbackRun({
      org,
      root: process.cwd(),
      run: args.run,
      snapshot,
      confirmed: flags['allow-production'],
      watch: this.watch,
      now: new Date(),
    });
    this.log(`Taken back (${outcome.done.length} steps, run ${outcome.run}).`);
    for (const [message, stays] of Map.groupBy(outcome.stays, (finding) => `${finding.message} ${finding.action}`)) {
      this.log(`  stays        ${stays.map(({ place }) => place).join(', ')}`);
      this.log(`               ${message}`);
    }
    return outcome;
  }
}
