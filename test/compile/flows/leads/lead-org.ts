/** A local org with the compiled package, and the few steps that the tests of leads share. */
import assert from 'node:assert/strict';
import { convertLeads } from '../../../../local-org/lead-conversion/convert-leads.ts';
import { readTransactionLog } from '../../../../local-org/log/transaction-log.ts';
import type { TransactionRecord } from '../../../../local-org/log/transaction-log.ts';
import { runDueWork } from '../../../../local-org/scheduler/run-due-work.ts';
import type { Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { deployedOrg } from '../../../verify/deployed-org.ts';
import { deployComponent, validationRule } from '../deploy-component.ts';

/** Matching leads to conversion, that to joining, that to counting. */
const ROUNDS = 5;
/** Two minutes. */
const LATER = 120_000;

export const openLeadOrg = async (waterfall: Waterfall) => {
  const deployed = await deployedOrg(waterfall, { worksByItself: false });
  const { org, running } = deployed;
  const query = (soql: string): Promise<readonly OrgRecord[]> => org.query(soql);

  const createAll = async (object: string, records: readonly OrgRecord[]): Promise<readonly string[]> => {
    const outcomes = await org.create(object, records);
    return outcomes.map(({ id, errors }) => {
      assert.deepEqual(errors, []);
      return id!;
    });
  };

  return {
    org,
    running,
    close: () => deployed.close(),
    query,
    createAll,
    create: async (object: string, record: OrgRecord): Promise<string> => (await createAll(object, [record]))[0]!,
    update: async (object: string, record: OrgRecord & { readonly Id: string }): Promise<void> => {
      const [outcome] = await org.update(object, [record]);
      assert.deepEqual(outcome?.errors, []);
    },
    one: async (soql: string): Promise<OrgRecord> => {
      const [record] = await query(soql);
      assert.ok(record, soql);
      return record;
    },
    /** As a person or an API does, into an account that is there. */
    convertByHand: (
      account: string,
      ids: readonly string[],
      more: { readonly opportunityName?: string } = {},
    ): void => {
      const { org: local } = running;
      const how = more.opportunityName === undefined ? { doNotCreateOpportunity: true } : more;
      const results = local.transact(local.user(org.identity.userId), (tx) =>
        convertLeads(
          tx,
          local.metadata,
          ids.map((leadId) => ({ leadId, accountId: account, convertedStatus: 'Closed - Converted', ...how })),
        ),
      );
      assert.deepEqual(
        results.flatMap(({ errors }) => errors),
        [],
      );
    },
    tasksOf: (lead: string) => query(`SELECT Subject, Description, OwnerId FROM Task WHERE WhoId = '${lead}'`),
    /** Asynchronous paths, and those that they start; none may fail. They are due at the next full second. */
    settle: (): void => {
      for (let round = 0; round < ROUNDS; round++) {
        running.org.clock.moveTo(new Date(running.org.clock.now().getTime() + 1000));
        const { done, interrupted } = runDueWork(running.org);
        assert.equal(interrupted, false);
        assert.deepEqual(
          done.filter(({ outcome }) => outcome !== 'ran' && outcome !== 'record deleted'),
          [],
        );
      }
    },
    /** Later than what an automation still does at once. */
    later: (): void => running.org.clock.moveTo(new Date(running.org.clock.now().getTime() + LATER)),
    /** The last transactions in which the path of a flow ran, newest first. */
    pathsOf: (flow: string, limit: number): readonly TransactionRecord[] =>
      readTransactionLog(running.org.database, { contains: `Flow ${flow} (path`, limit }),
    /** The last transactions that converted leads or tried to, newest first. The log of a large one ends before the path that did. */
    conversions: (limit: number): readonly TransactionRecord[] =>
      readTransactionLog(running.org.database, { contains: 'convert leads', limit }),
    deployRule: (object: string, formula: string, active: boolean, message: string): Promise<void> =>
      deployComponent(org, validationRule(object, { formula, message, active })),
  };
};

export type LeadOrg = Awaited<ReturnType<typeof openLeadOrg>>;

export const budgetOf = ({ limits }: TransactionRecord) => ({
  queries: limits.queries.used,
  dml: limits.dmlStatements.used,
});
