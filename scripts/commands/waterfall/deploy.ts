import { Flags } from '@salesforce/sf-plugins-core';
import type { DeployOutcome } from '../../apply/deploy-plan.ts';
import { deployPlan } from '../../apply/deploy-plan.ts';
import { readPlan } from '../../apply/plan-file.ts';
import { resumeRun, settleRun } from '../../apply/resume-run.ts';
import { listRuns, readRun } from '../../apply/run-journal.ts';
import type { RunSummary } from '../../apply/run-journal.ts';
import { connectOrg } from '../../org/connect.ts';
import type { MetadataOrg } from '../../org/metadata-org.ts';
import { planSummary } from '../../plan/render/plan-text.ts';
import { nameOf, readMapping } from '../mapping-file.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { preparePlan } from '../prepare-plan.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag, productionFlag } from '../waterfall-command.ts';

const unfinishedDeploy = (root: string, orgId: string): RunSummary | undefined => {
  const last = listRuns(root).findLast((run) => run.orgId === orgId && run.kind === 'deploy');
  return last?.state === 'finished' ? undefined : last;
};

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

export default class DeployCommand extends WaterfallCommand<DeployOutcome> {
  static override readonly summary = 'Bring the waterfall into an org, as planned.';
  static override readonly description =
    'Deploys all of it or nothing, activates flows that landed inactive, and journals every step under .waterfall/runs. Without --plan it plans first; deploying twice changes nothing the second time.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --plan .waterfall/plan.json',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --resume 20260105-093012-deploy',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    ...productionFlag,
    plan: Flags.string({ char: 'p', summary: 'A plan that waterfall plan has saved.', exclusive: ['resume'] }),
    resume: Flags.string({ summary: 'Go on with a run that was broken off (see waterfall runs).' }),
  };

  async run(): Promise<DeployOutcome> {
    const { flags } = await this.parse(DeployCommand);
    const saved = flags.plan === undefined ? undefined : readPlan(flags.plan);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const unfinished = await this.settle(org, flags.resume);
    const mapping = readMapping(PROJECT_FOLDER, nameOf(org, flags['target-org']), flags.mapping);
    const { plan: current, snapshot } = await preparePlan({
      org,
      waterfall,
      mapping,
      projectFolder: PROJECT_FOLDER,
      now: new Date(),
    });
    const plan = saved ?? current;
    const common = { org, root: process.cwd(), watch: this.watch };
    const outcome =
      flags.resume === undefined
        ? await deployPlan({ ...common, plan, snapshot, confirmed: flags['allow-production'], now: new Date() })
        : await resumeRun({ ...common, run: flags.resume, remaining: current });
    this.tell(outcome, planSummary(plan));
    // Whoever did the rest of it: a run of which nothing is left need not be told of again.
    if (outcome.run === null && unfinished) readRun(process.cwd(), unfinished.id).run.write({ event: 'finished' });
    return outcome;
  }

  /** What is left to do shows only when a run that broke off has come to rest. */
  private async settle(org: MetadataOrg, resumed: string | undefined): Promise<RunSummary | undefined> {
    const root = process.cwd();
    const last = unfinishedDeploy(root, org.identity.orgId);
    if (last && resumed === undefined)
      this.log(
        `The last run, ${last.id}, stopped ${sentence(last.stoppedAt)} What is left of it, if anything, is done now.`,
      );
    const id = resumed ?? last?.id;
    if (id !== undefined) await settleRun(org, root, id, this.watch);
    this.stopText = () => {
      const run = unfinishedDeploy(root, org.identity.orgId);
      return run
        ? `Stopped ${sentence(run.stoppedAt)} Go on with: ${this.spelled(`waterfall deploy --resume ${run.id}`)}`
        : 'Stopped before anything was sent.';
    };
    return last;
  }

  private tell(outcome: DeployOutcome, summary: string): void {
    if (outcome.run === null) this.log(`Nothing to deploy: ${summary}.`);
    else
      this.log(
        `Deployed (run ${outcome.run}). Take it back with: ${this.spelled(`waterfall rollback ${outcome.run}`)}`,
      );
    for (const step of outcome.manual) this.log(`By hand: ${step.do.text}. ${step.why}`);
  }
}
