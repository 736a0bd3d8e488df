/** A company's data of any size through Bulk API 2.0 with the automation at work, as a migration or a busy year would bring it. */
import { runDueWork } from '../../local-org/scheduler/run-due-work.ts';
import type { LocalOrg } from '../../local-org/types.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { FIELD, recordTypeName } from '../../scripts/compile/names.ts';
import { bulk } from './bulk-client.ts';
import type { BulkOrg, Values } from './bulk-client.ts';

export interface LoadedOrg extends BulkOrg {
  readonly org: LocalOrg;
}

export interface LoadReport {
  /** Records that were sent, by what was done with them. */
  readonly sent: Readonly<Record<string, number>>;
  readonly total: number;
  /** Scheduled and asynchronous paths that ran, by flow. */
  readonly paths: Readonly<Record<string, number>>;
  /** Paths that ended otherwise than by running. */
  readonly failures: readonly string[];
  /** Milliseconds of each part. */
  readonly durations: Readonly<Record<string, number>>;
}

const DAY_MS = 86_400_000;
/** Every so many accounts one is targeted, one brings a lead, one a response. */
const TARGETED_EVERY = 10;
const LEAD_EVERY = 20;
const RESPONSE_EVERY = 4;
/** Scores of contacts run from 0 to this: some reach what a promotion asks for. */
const HIGHEST_SCORE = 119;
const TITLES = ['Chief Financial Officer', 'Head of Sales', 'Senior Engineer', 'Legal Counsel'];
const ROLES = ['Decision Maker', 'Champion', 'User', 'Influencer'];

const each = (count: number, of: (index: number) => Values): readonly Values[] =>
  Array.from({ length: count }, (_, index) => of(index));

const chunks = (ids: readonly string[], records: readonly Values[]): readonly Values[] =>
  records.map((record, index) => ({ Id: ids[index]!, ...record }));

/**
 * Loads `accounts` accounts with two contacts and two opportunities each, both contacts in both buying groups, leads and responses, and
 * wins one opportunity of each account; then runs what waits, past the delays of all follow-ups. At 20,000 accounts more than 200,000
 * records are sent. Throws when a record is refused.
 */
export const loadCompany = async (
  running: LoadedOrg,
  waterfall: Waterfall,
  accounts: number,
  progress: (what: string) => void = () => undefined,
): Promise<LoadReport> => {
  const { org } = running;
  const sent: Record<string, number> = {};
  const paths: Record<string, number> = {};
  const failures: string[] = [];
  const durations: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T> | T): Promise<T> => {
    progress(what);
    const started = performance.now();
    const result = await work();
    durations[what] = Math.round(performance.now() - started);
    return result;
  };
  const send = (what: string, operation: 'insert' | 'update', object: string, records: readonly Values[]) =>
    timed(what, async () => {
      const ids = await bulk(running, operation, object, records);
      sent[what] = records.length;
      return ids;
    });
  const settle = (what: string) =>
    timed(what, () => {
      for (let interrupted = true; interrupted;) {
        const report = runDueWork(org);
        interrupted = report.interrupted;
        for (const { flow, outcome, error } of report.done) {
          paths[flow] = (paths[flow] ?? 0) + 1;
          if (outcome === 'failed') failures.push(`${flow}: ${error ?? 'failed'}`);
        }
      }
    });

  const acquisition = waterfall.opportunityTypes[0]!;
  const recordType = org.schema
    .object('Opportunity')
    ?.recordTypes.find(({ developerName }) => developerName === recordTypeName(acquisition));
  if (!recordType) throw new Error('The package brought no record type of Opportunity.');

  const accountIds = await send(
    'accounts',
    'insert',
    'Account',
    each(accounts, (n) => ({
      Name: `Company ${String(n)}`,
      Website: `https://www.company${String(n)}.example`,
      Targeted_Solutions__c: n % TARGETED_EVERY === 0 ? 'Automation' : '',
    })),
  );
  const contactIds = await send(
    'contacts',
    'insert',
    'Contact',
    each(2 * accounts, (n) => ({
      LastName: `Person ${String(n)}`,
      Email: `person${String(n)}@company${String(n >> 1)}.example`,
      Title: TITLES[n % TITLES.length]!,
      AccountId: accountIds[n >> 1]!,
      [waterfall.leadScore.contact]: (n * 7) % (HIGHEST_SCORE + 1),
    })),
  );
  // One that is about to be won, and one in marketing, which members with a high score move on.
  const opportunityIds = await send(
    'opportunities',
    'insert',
    'Opportunity',
    each(2 * accounts, (n) => ({
      Name: `Company ${String(n >> 1)} ${n % 2 === 0 ? 'Platform' : 'Analytics'}`,
      AccountId: accountIds[n >> 1]!,
      RecordTypeId: recordType.id,
      StageName: n % 2 === 0 ? 'Negotiation' : 'Engaged',
      CloseDate: org.clock.now().toISOString().slice(0, 10),
      Amount: 1000 + (n % 977),
      [FIELD.contractTermMonths]: 12,
      [FIELD.solution]: n % 2 === 0 ? 'Core Platform' : 'Analytics',
    })),
  );
  await send(
    'contact roles',
    'insert',
    'OpportunityContactRole',
    each(4 * accounts, (n) => ({
      OpportunityId: opportunityIds[n >> 1]!,
      ContactId: contactIds[2 * (n >> 2) + (n % 2)]!,
      Role: ROLES[n % ROLES.length]!,
    })),
  );
  if (waterfall.leads)
    await send(
      'leads',
      'insert',
      'Lead',
      each(Math.ceil(accounts / LEAD_EVERY), (n) => ({
        LastName: `Lead ${String(n)}`,
        Company: `Company ${String(n * LEAD_EVERY)}`,
        // Half of them are contacts already.
        Email: `${n % 2 === 0 ? 'person' : 'lead'}${String(2 * n * LEAD_EVERY)}@company${String(n * LEAD_EVERY)}.example`,
        [FIELD.solution]: 'Analytics',
      })),
    );
  const [campaign] = await send('campaigns', 'insert', 'Campaign', [
    { Name: 'Webinar on Automation', IsActive: true, [FIELD.solution]: 'Automation' },
  ]);
  await send(
    'responses',
    'insert',
    'CampaignMember',
    each(Math.ceil((2 * accounts) / RESPONSE_EVERY), (n) => ({
      CampaignId: campaign!,
      ContactId: contactIds[n * RESPONSE_EVERY]!,
      Status: 'Responded',
    })),
  );
  await settle('what the load left waiting');
  await send(
    'wins',
    'update',
    'Opportunity',
    chunks(
      opportunityIds.filter((_, n) => n % 2 === 0),
      each(accounts, () => ({ StageName: 'Closed Won' })),
    ),
  );
  await settle('what the wins left waiting');
  for (const days of [...new Set(waterfall.closedWon.map(({ delayDays }) => delayDays))].toSorted((a, b) => a - b)) {
    if (days === 0) continue;
    const passed =
      [...Object.keys(durations)]
        .filter((what) => what.startsWith('day '))
        .at(-1)
        ?.slice(4) ?? '0';
    org.clock.moveTo(new Date(org.clock.now().getTime() + (days + 3 - Number(passed)) * DAY_MS));
    await settle(`day ${String(days + 3)}`);
  }
  return {
    sent,
    total: Object.values(sent).reduce((sum, count) => sum + count, 0),
    paths,
    failures: [...new Set(failures)],
    durations,
  };
};
