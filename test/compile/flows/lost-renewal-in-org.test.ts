/** What a lost renewal does to the account and to what is open there. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileWaterfall } from '../../../scripts/compile/compile-waterfall.ts';
import { ACCOUNT_FIELD, FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab, ownRule, within } from './org-lab.ts';
import type { Lab, Values } from './org-lab.ts';

const LOST = { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' };

const trial = (title: string, model: (standard: Waterfall) => Waterfall, tell: (lab: () => Lab) => void): void => {
  describe(title, () => {
    let lab: Lab;
    before(async () => {
      lab = await openLab(model(await defaultModel()));
    });
    after(() => lab.close());
    tell(() => lab);
  });
};

const accountOf = async (lab: Lab, id: string) =>
  (await lab.query(`SELECT ${ACCOUNT_FIELD.churned}, ${ACCOUNT_FIELD.churnedOn} FROM Account WHERE Id = '${id}'`))[0]!;
const stagesAt = async (lab: Lab, account: string) =>
  Object.fromEntries(
    (await lab.query(`SELECT Name, StageName FROM Opportunity WHERE AccountId = '${account}'`)).map(
      ({ Name, StageName }) => [Name, StageName],
    ),
  );

/** An opportunity of a type, by its record type and its Type value. */
const opportunity = async (lab: Lab, type: 'Renewal' | 'Upsell' | 'Cross Sell' | 'Acquisition', more: Values) => ({
  Name: type,
  StageName: {
    Renewal: 'Renewal Scheduled',
    Upsell: 'Upsell Identified',
    'Cross Sell': 'Cross Sell Identified',
    Acquisition: 'Negotiation',
  }[type],
  CloseDate: '2026-01-31',
  RecordTypeId: await lab.recordType(type.replace(' ', '_')),
  Type: type === 'Acquisition' ? 'New Business' : type,
  [FIELD.solution]: 'Analytics',
  ...more,
});

const today = (lab: Lab): string => lab.local.clock.now().toISOString().slice(0, 10);

trial(
  'a lost renewal in a local org',
  (standard) => standard,
  (lab) => {
    it('marks the account, ends open upsells and cross-sells with the reason, and nothing else', async () => {
      const AccountId = lab().createOne('Account', { Name: 'Leaver' });
      const other = lab().createOne('Account', { Name: 'Stayer' });
      const [renewal] = lab().create('Opportunity', [
        await opportunity(lab(), 'Renewal', { AccountId }),
        await opportunity(lab(), 'Upsell', { AccountId }),
        await opportunity(lab(), 'Cross Sell', { AccountId, [FIELD.solution]: 'Automation' }),
        await opportunity(lab(), 'Acquisition', { AccountId }),
        await opportunity(lab(), 'Upsell', { AccountId: other }),
      ]);
      lab().update('Opportunity', [{ Id: renewal!, ...LOST }]);
      assert.deepEqual(await accountOf(lab(), AccountId), {
        [ACCOUNT_FIELD.churned]: true,
        [ACCOUNT_FIELD.churnedOn]: today(lab()),
      });
      assert.deepEqual(await stagesAt(lab(), AccountId), {
        Renewal: 'Closed Lost',
        Upsell: 'Closed Lost',
        'Cross Sell': 'Closed Lost',
        Acquisition: 'Negotiation',
      });
      const ended = await lab().query(
        `SELECT ${FIELD.stageReason} FROM Opportunity WHERE AccountId = '${AccountId}' AND Name IN ('Upsell', 'Cross Sell')`,
      );
      assert.deepEqual(
        ended.map((row) => row[FIELD.stageReason]),
        ['Customer churned', 'Customer churned'],
      );
      assert.deepEqual(await stagesAt(lab(), other), { Upsell: 'Upsell Identified' });
      assert.deepEqual(await accountOf(lab(), other), {
        [ACCOUNT_FIELD.churned]: false,
        [ACCOUNT_FIELD.churnedOn]: null,
      });
    });

    it('takes the mark back with the next win, and marks no account for another kind of loss', async () => {
      const AccountId = lab().createOne('Account', { Name: 'Back again' });
      const [renewal, acquisition, lost] = lab().create('Opportunity', [
        await opportunity(lab(), 'Renewal', { AccountId }),
        await opportunity(lab(), 'Acquisition', { AccountId }),
        await opportunity(lab(), 'Acquisition', { AccountId, Name: 'Lost' }),
      ]);
      lab().update('Opportunity', [{ Id: lost!, ...LOST }]);
      assert.equal((await accountOf(lab(), AccountId))[ACCOUNT_FIELD.churned], false);
      lab().update('Opportunity', [{ Id: renewal!, ...LOST }]);
      assert.equal((await accountOf(lab(), AccountId))[ACCOUNT_FIELD.churned], true);
      lab().update('Opportunity', [{ Id: acquisition!, StageName: 'Closed Won' }]);
      assert.deepEqual(await accountOf(lab(), AccountId), {
        [ACCOUNT_FIELD.churned]: false,
        [ACCOUNT_FIELD.churnedOn]: null,
      });
    });

    it('lets the loss stand when the org refuses to end one, ends the others, and tells RevOps', async () => {
      const AccountId = lab().createOne('Account', { Name: 'Refused' });
      const [renewal] = lab().create('Opportunity', [
        await opportunity(lab(), 'Renewal', { AccountId }),
        await opportunity(lab(), 'Upsell', { AccountId, NextStep: 'Signed tomorrow' }),
        await opportunity(lab(), 'Cross Sell', { AccountId }),
      ]);
      await ownRule(
        lab(),
        'AND(NextStep = "Signed tomorrow", ISPICKVAL(StageName, "Closed Lost"))',
        'Nearly signed: ask Sales first.',
      );
      lab().update('Opportunity', [{ Id: renewal!, ...LOST }]);
      await ownRule(lab(), 'FALSE', 'Nearly signed: ask Sales first.', false);
      assert.deepEqual(await stagesAt(lab(), AccountId), {
        Renewal: 'Closed Lost',
        Upsell: 'Upsell Identified',
        'Cross Sell': 'Closed Lost',
      });
      const [task] = await lab().query(`SELECT Subject, Description FROM Task WHERE WhatId = '${renewal!}'`);
      assert.equal(task!.Subject, 'Lost renewal not carried through: Renewal');
      assert.match(String(task!.Description), /Nearly signed: ask Sales first/);
    });

    it('tells RevOps when the org refuses the mark, and still ends what is open', async () => {
      await lab().deploy('ValidationRule', 'Account.Own_Rule', {
        active: true,
        errorConditionFormula: `AND(${ACCOUNT_FIELD.churned}, BEGINS(Name, "Strategic"))`,
        errorMessage: 'Strategic accounts do not churn.',
      });
      const AccountId = lab().createOne('Account', { Name: 'Strategic' });
      const [renewal] = lab().create('Opportunity', [
        await opportunity(lab(), 'Renewal', { AccountId }),
        await opportunity(lab(), 'Upsell', { AccountId }),
      ]);
      lab().update('Opportunity', [{ Id: renewal!, ...LOST }]);
      assert.deepEqual(await stagesAt(lab(), AccountId), { Renewal: 'Closed Lost', Upsell: 'Closed Lost' });
      const tasks = await lab().query(`SELECT Description FROM Task WHERE WhatId = '${renewal!}'`);
      assert.equal(tasks.length, 1);
      assert.match(String(tasks[0]!.Description), /Strategic accounts do not churn/);
    });

    it('does it once for an account, however many of its renewals are lost at once', async () => {
      const [one, ...others] = lab().create(
        'Account',
        Array.from({ length: 101 }, (_, index) => ({ Name: `Many ${String(index)}` })),
      );
      const renewals = lab().create('Opportunity', [
        ...(await Promise.all(Array.from({ length: 100 }, () => opportunity(lab(), 'Renewal', { AccountId: one! })))),
        ...(await Promise.all(others.map((AccountId) => opportunity(lab(), 'Renewal', { AccountId })))),
      ]);
      lab().create('Opportunity', [
        await opportunity(lab(), 'Upsell', { AccountId: one! }),
        ...(await Promise.all(others.map((AccountId) => opportunity(lab(), 'Upsell', { AccountId })))),
      ]);
      const used = lab().used((tx) => {
        const results = tx.save({
          operation: 'update',
          object: 'Opportunity',
          records: renewals.map((Id) => ({ Id, ...LOST })),
          allOrNone: true,
        });
        assert.ok(results.every(({ success }) => success));
      });
      within(used, { queries: 50, dmlStatements: 75, dmlRows: 5000 });
      const [{ churned }] = (await lab().query(
        `SELECT COUNT(Id) churned FROM Account WHERE Name LIKE 'Many %' AND ${ACCOUNT_FIELD.churned} = true`,
      )) as [{ churned: number }];
      assert.equal(churned, 101);
      const [{ open }] = (await lab().query(
        `SELECT COUNT(Id) open FROM Opportunity WHERE Account.Name LIKE 'Many %' AND IsClosed = false`,
      )) as [{ open: number }];
      assert.equal(open, 0);
    });
  },
);

trial(
  'a lost renewal where the type is a picklist and only the same solution ends',
  (standard) => ({
    ...standard,
    typeCarrier: 'typeField',
    lostRenewal: { ...standard.lostRenewal!, scope: 'solution' },
  }),
  (lab) => {
    const byType = async (type: 'Renewal' | 'Upsell' | 'Cross Sell', more: Values): Promise<Values> => {
      const { Name, StageName, CloseDate, Type, [FIELD.solution]: solution } = await opportunityByType(type);
      return { Name, StageName, CloseDate, Type, [FIELD.solution]: solution, ...more } as Values;
    };
    const opportunityByType = (type: 'Renewal' | 'Upsell' | 'Cross Sell') =>
      opportunity({ ...lab(), recordType: () => Promise.resolve('') }, type, {}) as Promise<Record<string, unknown>>;

    it('ends upsells of that solution and leaves the others', async () => {
      const AccountId = lab().createOne('Account', { Name: 'Part' });
      const [renewal] = lab().create('Opportunity', [
        await byType('Renewal', { AccountId }),
        await byType('Upsell', { AccountId }),
        await byType('Cross Sell', { AccountId, [FIELD.solution]: 'Automation' }),
      ]);
      lab().update('Opportunity', [{ Id: renewal!, ...LOST }]);
      assert.deepEqual(await stagesAt(lab(), AccountId), {
        Renewal: 'Closed Lost',
        Upsell: 'Closed Lost',
        'Cross Sell': 'Cross Sell Identified',
      });
      assert.equal((await accountOf(lab(), AccountId))[ACCOUNT_FIELD.churned], true);
    });
  },
);

it('nothing of churn is compiled where the model does not speak of it', async () => {
  const components = compileWaterfall({ ...(await defaultModel()), lostRenewal: null });
  const names = components.map(({ fullName }) => fullName);
  assert.deepEqual(
    names.filter((name) => /Lost_Renewal|Churned/.test(name)),
    [],
  );
  assert.ok(!JSON.stringify(components).includes('Churned'));
});
