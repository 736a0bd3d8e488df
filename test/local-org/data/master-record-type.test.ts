import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileComponent } from '../../../local-org/data/user-context.ts';
import { MASTER_RECORD_TYPE_ID } from '../../../local-org/schema/record-types.ts';
import type { FieldValue } from '../../../local-org/data/types.ts';
import { openTestOrg } from './open-test-org.ts';

test('a new record that names the master record type keeps it; one that names none gets the default', () => {
  const { org, user, metadata, put, save, one } = openTestOrg();
  put('RecordType', 'Account.Partner', { label: 'Partner', active: true });
  const profile = profileComponent(org.metadata, user.profileName);
  assert.ok(profile);
  const recordTypeVisibilities = [{ recordType: 'Account.Partner', visible: true, default: true }];
  metadata.put({ ...profile, metadata: { ...profile.metadata, recordTypeVisibilities } });
  org.reload();
  const partner = org.schema.object('Account')?.recordTypes.find(({ isMaster }) => !isMaster)?.id;
  assert.ok(partner);
  const typeOf = (values: Record<string, FieldValue>): FieldValue => {
    const options = {
      operation: 'insert',
      object: 'Account',
      records: [{ Name: 'A', ...values }],
      allOrNone: true,
    } as const;
    const [result] = org.transact(user, (tx) => tx.save(options), { mode: 'user' });
    assert.deepEqual(result?.errors, []);
    return one(`SELECT RecordTypeId FROM Account WHERE Id = '${String(result.id)}'`).RecordTypeId as FieldValue;
  };
  assert.equal(typeOf({}), partner);
  assert.equal(typeOf({ RecordTypeId: partner }), partner);
  assert.equal(typeOf({ RecordTypeId: MASTER_RECORD_TYPE_ID }), null);
  const [changed] = save('insert', 'Account', [{ Name: 'B' }]);
  assert.ok(changed);
  const toMaster = save('update', 'Account', [{ Id: changed.id, RecordTypeId: MASTER_RECORD_TYPE_ID }]);
  assert.deepEqual(toMaster[0]?.errors, []);
  assert.equal(one(`SELECT RecordTypeId FROM Account WHERE Id = '${String(changed.id)}'`).RecordTypeId, null);
  org.close();
});
