/** A local org with the whole default model, in which things go wrong on purpose: what is there, what fails, and who is told. */
import assert from 'node:assert/strict';
import { holdRows } from '../../../../local-org/data/save/held-rows.ts';
import type { LimitName } from '../../../../local-org/data/types.ts';
import { PlatformError } from '../../../../local-org/platform-error.ts';
import { FIELD, HANDSHAKE, PRODUCT_FIELD } from '../../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../../scripts/model/waterfall.ts';
import { reasonOf } from '../../../../scripts/verify/integrity/told-tasks.ts';
import { openLab } from '../org-lab.ts';
import type { Lab, Values } from '../org-lab.ts';

export type Ids = Readonly<Record<string, string>>;
/** Ends the failure. */
export type Ending = () => void | Promise<void>;

/** A task that names a reason. */
export interface Told {
  readonly subject: string;
  readonly reason: string;
  readonly ownerId: string;
}

export const OWN_RULE = 'Refused by a rule of this org.';
export const LOCKED = 'unable to obtain exclusive access to this record or 1 records';

/** Everything at the win, in its transaction. */
const atOnce = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({ ...rule, delayDays: 0 })),
});

const DAY = 86_400_000;

export const openFailureWorld = async (standard: Waterfall) => {
  const model = atOnce(standard);
  const lab: Lab = await openLab(model);
  const acquisition = await lab.recordType('Acquisition');
  const head = await lab.createUser('head');
  const rep = await lab.createUser('rep', { ManagerId: head });
  const role = lab.createOne('UserRole', { Name: 'Account Executive', DeveloperName: 'Account_Executive' });
  await lab.createUser('executive', { ManagerId: head, UserRoleId: role });
  await lab.deploy('Queue', 'Waterfall_Sales_Development', {
    name: 'Waterfall Sales Development',
    queueSobject: [{ sobjectType: HANDSHAKE }],
    queueMembers: { users: { user: ['rep@lab.example'] } },
  });
  const standardBook = String((await lab.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true'))[0]!.Id);
  lab.update('Pricebook2', [{ Id: standardBook, IsActive: true }]);
  const product = lab.createOne('Product2', { Name: 'Licence', IsActive: true, [PRODUCT_FIELD.renewable]: true });
  const campaign = lab.createOne('Campaign', { Name: 'Webinar', IsActive: true, [FIELD.solution]: 'Automation' });

  let number = 0;
  const account = (more: Values = {}): string =>
    lab.createOne('Account', {
      Name: `Failing ${String((number += 1))}`,
      Website: `f${String(number)}.example`,
      ...more,
    });
  const contact = (AccountId: string, more: Values = {}): string =>
    lab.createOne('Contact', { LastName: `Person ${String((number += 1))}`, AccountId, ...more });
  const opportunity = (AccountId: string, more: Values = {}): string =>
    lab.createOne('Opportunity', {
      Name: 'Deal',
      AccountId,
      RecordTypeId: acquisition,
      StageName: 'Negotiation',
      CloseDate: '2030-12-31',
      Amount: 1000,
      [FIELD.solution]: 'Core Platform',
      [FIELD.contractTermMonths]: 12,
      ...more,
    });
  const price = (): string =>
    lab.createOne('PricebookEntry', {
      Pricebook2Id: standardBook,
      Product2Id: product,
      UnitPrice: 100,
      IsActive: true,
    });

  const tasks = async (): Promise<readonly (Told & { readonly id: string })[]> =>
    (await lab.query('SELECT Id, Subject, Description, OwnerId FROM Task')).flatMap((row) => {
      const reason = reasonOf(row);
      return reason === null
        ? []
        : [{ id: String(row.Id), subject: String(row.Subject), reason, ownerId: String(row.OwnerId) }];
    });

  return {
    lab,
    model,
    rep,
    head,
    /** A reason to reject a handshake. */
    rejection: model.handshakes[0]!.onReject.reasons[0]!,
    campaign,
    account,
    contact,
    opportunity,
    member: (OpportunityId: string, ContactId: string, more: Values = {}): string =>
      lab.createOne('OpportunityContactRole', { OpportunityId, ContactId, ...more }),
    line: (OpportunityId: string): Ids => {
      const entry = price();
      const id = lab.createOne('OpportunityLineItem', {
        OpportunityId,
        PricebookEntryId: entry,
        Quantity: 2,
        UnitPrice: 100,
      });
      return { id, entry };
    },
    set: (object: string, Id: string, values: Values): void => void lab.update(object, [{ Id, ...values }]),
    count: async (from: string): Promise<number> =>
      ((await lab.query(`SELECT COUNT(Id) n FROM ${from}`)) as [{ n: number }])[0].n,
    /** Asynchronous paths and what they start. */
    settle: (): void => void lab.work(),
    minutes: (count: number): void =>
      lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + count * 60_000)),
    days: (count: number): void => {
      lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + count * DAY));
      lab.work();
    },
    tasks,
    /** The org's own validation rule on an object; the ending deactivates it. */
    rule: async (object: string, formula: string): Promise<Ending> => {
      const deploy = (active: boolean) =>
        lab.deploy('ValidationRule', `${object}.Own_Rule`, {
          active,
          errorConditionFormula: formula,
          errorMessage: OWN_RULE,
        });
      await deploy(true);
      return () => deploy(false);
    },
    /** As a transaction of somebody else would hold them. */
    hold: (...ids: readonly string[]): Ending => holdRows(lab.local.database, ids),
    user: (name: string): Promise<string> => lab.createUser(`${name}${String((number += 1))}`),
    inactive: (id: string): Ending => {
      lab.update('User', [{ Id: id, IsActive: false }]);
      return () => void lab.update('User', [{ Id: id, IsActive: true }]);
    },
    /** Saves when a limit is nearly used up, and sees that the platform ends the whole transaction for it. */
    beyond: (limit: LimitName, left: number, object: string, records: readonly Values[]): void => {
      assert.throws(
        () =>
          lab.transact((tx) => {
            tx.limits.use(limit, tx.limits.limit(limit) - left);
            return tx.save({ operation: 'update', object, records, allOrNone: false });
          }),
        (error: unknown) =>
          error instanceof PlatformError && error.code === 'LIMIT_EXCEEDED' && error.message.startsWith('Too many '),
      );
    },
    close: () => lab.close(),
  };
};

export type FailureWorld = Awaited<ReturnType<typeof openFailureWorld>>;
