/** The checks ask only for what a model brings to the org. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployedOrg } from '../deployed-org.ts';
import { LEAD_FIELD, recordTypeName } from '../../../scripts/compile/names.ts';
import { checkIntegrity } from '../../../scripts/verify/integrity/check-integrity.ts';
import { renderIntegrity } from '../../../scripts/verify/integrity/render-integrity.ts';
import type { Leads } from '../../../scripts/model/waterfall.ts';
import { defaultModel, twoTypes, typeFieldOnly } from '../../compile/models.ts';

for (const [name, model] of Object.entries({ twoTypes, typeFieldOnly }))
  describe(`the checks with the model ${name}`, () => {
    it('look at opportunities and find what is wrong', async () => {
      const deployed = await deployedOrg(model);
      try {
        const { org, running } = deployed;
        const [type] = model.opportunityTypes;
        const [recordType] = await org.query<{ Id: string }>(
          `SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = '${recordTypeName(type!)}'`,
        );
        const [outcome] = await org.create('Opportunity', [
          {
            Name: 'One',
            StageName: type!.stages[0]!.name,
            CloseDate: '2030-12-31',
            Type: type!.typeValue,
            ...(recordType && { RecordTypeId: recordType.Id }),
          },
        ]);
        assert.deepEqual(outcome!.errors, []);
        const whole = await checkIntegrity(org, model);
        assert.equal(whole.ok, true, renderIntegrity(whole));
        assert.equal(whole.results.find(({ check }) => check === 'Dates of stages')?.lookedAt, 1);
        const field = `${type!.stages[0]!.name.replaceAll(' ', '_')}_Date__c`;
        running.org.database.exec(`UPDATE "Opportunity" SET "${field}" = NULL`);
        const damaged = await checkIntegrity(org, model);
        assert.deepEqual(
          damaged.results.flatMap(({ damages }) => damages),
          [{ problem: `in ${type!.stages[0]!.name} without its date`, ids: [outcome!.id] }],
        );
      } finally {
        await deployed.close();
      }
    });
  });

describe('a lead that has its account and is no contact yet', () => {
  it('waits to be converted at the moment of the model, and at no other', async () => {
    const deployed = await deployedOrg(defaultModel, { worksByItself: false });
    try {
      const { org } = deployed;
      const idOf = async (object: string, record: Readonly<Record<string, string>>): Promise<string> => {
        const [outcome] = await org.create(object, [record]);
        assert.deepEqual(outcome!.errors, []);
        return outcome!.id!;
      };
      const account = await idOf('Account', { Name: 'One' });
      // Its conversion waits: nothing in this org has worked off asynchronous paths.
      const lead = await idOf('Lead', {
        LastName: 'Doe',
        Company: 'One',
        Status: 'Working - Contacted',
        [LEAD_FIELD.matchedAccount]: account,
      });
      const waiting = async (convert: Leads['convert']): Promise<readonly string[]> => {
        const report = await checkIntegrity(org, { ...defaultModel, leads: { ...defaultModel.leads!, convert } });
        return report.results
          .filter(({ check }) => check === 'Leads to be converted')
          .flatMap(({ damages }) => damages.flatMap(({ ids }) => ids));
      };
      assert.deepEqual(await waiting({ when: 'onArrival' }), [lead]);
      assert.deepEqual(await waiting({ when: 'status', status: 'Working - Contacted' }), [lead]);
      assert.deepEqual(await waiting({ when: 'status', status: 'Open - Not Contacted' }), []);
      assert.deepEqual(await waiting({ when: 'never' }), []);
    } finally {
      await deployed.close();
    }
  });
});
