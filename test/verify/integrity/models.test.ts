/** The checks ask only for what a model brings to the org. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployedOrg } from '../deployed-org.ts';
import { recordTypeName } from '../../../scripts/compile/names.ts';
import { checkIntegrity } from '../../../scripts/verify/integrity/check-integrity.ts';
import { renderIntegrity } from '../../../scripts/verify/integrity/render-integrity.ts';
import { twoTypes, typeFieldOnly } from '../../compile/models.ts';

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
