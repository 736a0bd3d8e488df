import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { layoutsAssigned } from '../../scripts/verify/checks/layouts-and-page.ts';
import { defaultModel } from '../compile/models.ts';
import { MemoryOrg } from './memory-org.ts';

test('where the Type field carries the type, the one layout has to be assigned for records without a record type', async () => {
  const waterfall = { ...defaultModel, typeCarrier: 'typeField' as const };
  type Assigned = readonly [recordType: string | null, layout: string];
  const rowsWith = async (layoutByHand: boolean, ...rows: readonly Assigned[]) => {
    const org = new MemoryOrg(waterfall);
    org.toolingQuery = <Row>() =>
      Promise.resolve(rows.map(([RecordTypeId, Name]) => ({ RecordTypeId, Layout: { Name } })) as Row[]);
    const context = {
      org,
      waterfall,
      components: compileWaterfall(waterfall),
      layoutByHand,
      opportunity: await org.describe(),
    };
    return (await layoutsAssigned.run(context)).map(({ status, actual, action }) => [status, actual, action !== '']);
  };
  assert.deepEqual(await rowsWith(false, [null, 'Waterfall'], [null, 'Opportunity Layout']), [
    ['passed', 'Waterfall', false],
  ]);
  assert.deepEqual(await rowsWith(false, [null, 'Opportunity Layout'], ['012', 'Waterfall']), [
    ['failed', 'Opportunity Layout', true],
  ]);
  // Where the mapping leaves it to the admin, keeping the org's own layout is no failure.
  assert.deepEqual(await rowsWith(true, [null, 'Opportunity Layout']), [['unknown', 'Opportunity Layout', true]]);
});
