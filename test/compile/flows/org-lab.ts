/** A local org with a model deployed into it, and short ways to try flows in it. */
import assert from 'node:assert/strict';
import type { FieldValue, Transaction } from '../../../local-org/data/types.ts';
import { moveClock } from '../../../local-org/scheduler/move-clock.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../scripts/org/types.ts';
import { deployedOrg } from '../../verify/deployed-org.ts';
import { deployComponent, validationRule } from './deploy-component.ts';

export type Values = Readonly<Record<string, FieldValue>>;

/** What a piece of work has used of its transaction's limits. */
export interface Used {
  readonly queries: number;
  readonly queryRows: number;
  readonly dmlStatements: number;
  readonly dmlRows: number;
  readonly cpuMs: number;
}

export const openLab = async (waterfall: Waterfall) => {
  const deployed = await deployedOrg(waterfall);
  const { org: local } = deployed.running;
  const userId = deployed.org.identity.userId;

  const transact = <T>(work: (tx: Transaction) => T): T => local.transact(local.user(userId), work);

  /** All or nothing; ids in the order of the records. */
  const save = (operation: 'insert' | 'update' | 'delete', object: string, records: readonly Values[]) =>
    transact((tx) =>
      tx.save({ operation, object, records, allOrNone: true }).map(({ id, errors }) => {
        assert.deepEqual(errors, []);
        return id!;
      }),
    );

  const used = (work: (tx: Transaction) => void): Used => {
    const started = process.cpuUsage();
    return transact((tx) => {
      work(tx);
      const { user } = process.cpuUsage(started);
      return {
        queries: tx.limits.used('queries'),
        queryRows: tx.limits.used('queryRows'),
        dmlStatements: tx.limits.used('dmlStatements'),
        dmlRows: tx.limits.used('dmlRows'),
        cpuMs: Math.round(user / 1000),
      };
    });
  };

  /** What it takes to update these records in one transaction; the org has to take them all. */
  const usedToUpdate = (object: string, records: readonly Values[]): Used =>
    used((tx) => {
      const outcomes = tx.save({ operation: 'update', object, records, allOrNone: true });
      assert.ok(outcomes.every(({ success }) => success));
    });

  const query = (soql: string) => deployed.org.query(soql);

  return {
    deployed,
    local,
    userId,
    transact,
    used,
    usedToUpdate,
    query,
    create: (object: string, records: readonly Values[]) => save('insert', object, records),
    createOne: (object: string, record: Values): string => save('insert', object, [record])[0]!,
    update: (object: string, records: readonly Values[]) => save('update', object, records),
    remove: (object: string, ids: readonly string[]) =>
      save(
        'delete',
        object,
        ids.map((Id) => ({ Id })),
      ),
    /** What waits for a moment up to now. */
    work: () => runDueWork(local).done,
    /** Moves the org's clock so many days on. */
    days: (count: number): void => local.clock.moveTo(new Date(local.clock.now().getTime() + count * 86_400_000)),
    /** Lets so many days pass: what waits runs when its time comes. */
    pass: (count: number) => moveClock(local, new Date(local.clock.now().getTime() + count * 86_400_000)).done,
    recordType: async (name: string): Promise<string> => {
      const [type] = await query(
        `SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = '${name}'`,
      );
      return String(type!.Id);
    },
    /** A further user of the administrator's profile. */
    createUser: async (name: string, more: OrgRecord = {}): Promise<string> => {
      const [admin] = await query(`SELECT ProfileId FROM User WHERE Id = '${userId}'`);
      return save('insert', 'User', [
        {
          Username: `${name}@lab.example`,
          LastName: name,
          Alias: name.slice(0, 8),
          Email: `${name}@lab.example`,
          ProfileId: String(admin!.ProfileId),
          TimeZoneSidKey: 'Europe/Berlin',
          LocaleSidKey: 'en_US',
          LanguageLocaleKey: 'en_US',
          EmailEncodingKey: 'UTF-8',
          DigestFrequency: 'N',
          DefaultGroupNotificationFrequency: 'N',
          IsActive: true,
          ...(more as Values),
        },
      ])[0]!;
    },
    deploy: (type: string, fullName: string, metadata: Readonly<Record<string, unknown>>): Promise<void> =>
      deployComponent(deployed.org, { type, fullName, metadata }),
    close: () => deployed.close(),
  };
};

export type Lab = Awaited<ReturnType<typeof openLab>>;

/** The org's own rule on opportunities, as an admin may have written one. */
export const ownRule = (lab: Lab, formula: string, message: string, active = true): Promise<void> =>
  deployComponent(lab.deployed.org, validationRule('Opportunity', { formula, message, active }));

/** What the flows of a save have used, flow by flow, as the transaction's log says it. */
export const within = (used: Used, limits: Partial<Used>): void => {
  for (const [name, limit] of Object.entries(limits))
    assert.ok(used[name as keyof Used] <= limit, `${name}: ${String(used[name as keyof Used])} of ${String(limit)}`);
};
