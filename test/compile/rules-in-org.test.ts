/** The validation rules at work in a local org: what they refuse, and what they must let through. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { FIELD } from '../../scripts/compile/names.ts';
import type { OrgRecord } from '../../scripts/org/types.ts';
import type { DeployedOrg } from '../verify/deployed-org.ts';
import { deployedOrg } from '../verify/deployed-org.ts';
import { defaultModel } from './models.ts';

for (const typeCarrier of ['recordType', 'typeField'] as const) {
  describe(`the rules in a local org, type carried by ${typeCarrier}`, () => {
    let deployed: DeployedOrg;
    let ofType: Readonly<Record<string, OrgRecord>>;

    before(async () => {
      deployed = await deployedOrg({ ...defaultModel, typeCarrier });
      const rows = await deployed.org.query(
        "SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Opportunity'",
      );
      const recordType = (name: string): OrgRecord => ({
        RecordTypeId: String(rows.find(({ DeveloperName }) => DeveloperName === name)?.Id),
      });
      ofType =
        typeCarrier === 'recordType'
          ? { acquisition: recordType('Acquisition'), renewal: recordType('Renewal') }
          : { acquisition: { Type: 'New Business' }, renewal: { Type: 'Renewal' } };
    });
    after(() => deployed.close());

    const create = async (stage: string, more: OrgRecord = {}) => {
      const record = { Name: 'Acme', CloseDate: '2026-06-30', StageName: stage, ...ofType.acquisition, ...more };
      const [outcome] = await deployed.org.create('Opportunity', [record]);
      return outcome!;
    };
    const created = async (stage: string, more: OrgRecord = {}): Promise<string> => {
      const { id, errors } = await create(stage, more);
      assert.deepEqual(errors, []);
      return id!;
    };
    const update = async (id: string, values: OrgRecord): Promise<readonly string[]> => {
      const [outcome] = await deployed.org.update('Opportunity', [{ Id: id, ...values }]);
      return outcome!.errors.map(({ message }) => message);
    };

    it('refuses a stage of another type, on creation and afterwards', async () => {
      const { errors } = await create('Value Review');
      assert.match(errors[0]!.message, /This stage does not belong to Acquisition\. Choose Targeted, /);
      const id = await created('Targeted');
      assert.match((await update(id, { StageName: 'Upsell Proposal' }))[0]!, /does not belong to Acquisition/);
    });

    it('refuses a change of type that leaves the stage behind, and takes one that brings its own', async () => {
      const id = await created('Targeted');
      assert.match((await update(id, { ...ofType.renewal }))[0]!, /does not belong to Renewal/);
      assert.deepEqual(await update(id, { ...ofType.renewal, StageName: 'Renewal Scheduled' }), []);
    });

    it('asks for what a stage requires on the way forward only', async () => {
      const forward = await created('Qualified');
      for (const StageName of ['Discovery', 'Proposal', 'Closed Won'])
        assert.match((await update(forward, { StageName }))[0]!, /^Fill in Next Step before you move/);
      assert.deepEqual(await update(forward, { StageName: 'Discovery', NextStep: 'Meet' }), []);
      const ways: readonly OrgRecord[] = [
        { StageName: 'Engaged' },
        { StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: '2099-01-01' },
        { StageName: 'Disqualified', [FIELD.stageReason]: 'No fit' },
        { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' },
      ];
      for (const way of ways) assert.deepEqual(await update(await created('Qualified'), way), [], JSON.stringify(way));
    });

    it('asks for a reason of the stage, and for a day on which a recycled one comes back', async () => {
      const id = await created('Qualified');
      assert.match(
        (await update(id, { StageName: 'Closed Lost' }))[0]!,
        /^Give the reason for Closed Lost\. Choose Competitor, /,
      );
      assert.match(
        (await update(id, { StageName: 'Closed Lost', [FIELD.stageReason]: 'No fit' }))[0]!,
        /^Give the reason for Closed Lost/,
      );
      const recycled = { StageName: 'Recycled', [FIELD.stageReason]: 'Timing' };
      assert.match((await update(id, recycled))[0]!, /^Say until when to nurture/);
      assert.match((await update(id, { ...recycled, [FIELD.nurtureUntil]: '2020-01-01' }))[0]!, /a day after today/);
    });

    it('lets imports start anywhere, and edits pass that change no stage', async () => {
      const id = await created('Negotiation');
      assert.deepEqual(await update(id, { Amount: 5 }), []);
      const qualified = await created('Qualified');
      assert.deepEqual(await update(qualified, { CloseDate: '2026-07-31' }), []);
    });

    it('refuses a contract that ends before it starts', async () => {
      const contract = { [FIELD.contractStart]: '2026-02-01', [FIELD.contractEnd]: '2026-01-31' };
      const { errors } = await create('Targeted', contract);
      assert.match(errors[0]!.message, /^The contract cannot end before it starts\./);
      const id = await created('Targeted', { ...contract, [FIELD.contractEnd]: '2026-02-01' });
      assert.match((await update(id, { [FIELD.contractStart]: '2026-02-02' }))[0]!, /cannot end before/);
      assert.deepEqual(await update(id, { [FIELD.contractStart]: null }), []);
    });

    it('renews a win as a renewal', async () => {
      const id = await created('Negotiation', { Amount: 1000, [FIELD.contractTermMonths]: 12 });
      assert.deepEqual(await update(id, { StageName: 'Closed Won' }), []);
      const [renewal] = await deployed.org.query(
        `SELECT StageName, RecordTypeId, Type FROM Opportunity WHERE ${FIELD.sourceOpportunity} = '${id}'`,
      );
      assert.equal(renewal?.StageName, 'Renewal Scheduled');
      for (const [field, value] of Object.entries(ofType.renewal!)) assert.equal(renewal[field], value, field);
    });
  });
}
