import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAL } from '../data/open-test-org.ts';
import { errorsOf, openCompany } from './people.ts';

const EVERYBODY = [
  'Waterfall_Marketing',
  'Waterfall_Sales_Development',
  'Waterfall_Sales',
  'Waterfall_RevOps',
] as const;

test('a custom field is there for those whom a permission set grants it, and for nobody else', () => {
  const { org, person, hire } = openCompany();
  const outsider = person(hire('outsider'));
  const soql = 'SELECT Id, Waterfall_Key__c FROM Opportunity';
  assert.throws(() => outsider.query(soql), {
    code: 'INVALID_FIELD',
    message: /No such column 'Waterfall_Key__c' on entity 'Opportunity'/,
  });
  assert.throws(() => outsider.query("SELECT Id FROM Opportunity WHERE Waterfall_Key__c = 'x'"), {
    code: 'INVALID_FIELD',
  });
  for (const set of EVERYBODY) assert.deepEqual(person(hire(set, { sets: [set] })).query(soql), [], set);
  org.close();
});

test('the administrator needs field-level security as everybody does', () => {
  const { org, user, person, put } = openCompany();
  put('CustomField', 'Opportunity.Nobody__c', { type: 'Text', length: 10, label: 'Nobody' });
  org.reload();
  const admin = person(user.id);
  assert.throws(() => admin.query('SELECT Nobody__c FROM Opportunity'), { code: 'INVALID_FIELD' });
  assert.deepEqual(admin.query('SELECT Amount FROM Opportunity'), []);
  org.close();
});

test('describe and SOQL answer from the same schema', () => {
  const { org, person, hire } = openCompany();
  const visible = person(hire('outsider')).run((tx) => tx.schema);
  assert.equal(visible.object('Opportunity')?.fields.has('waterfall_key__c'), false);
  assert.equal(visible.object('Opportunity')?.fields.has('amount'), true);
  assert.equal(visible.object('Opportunity')?.deletable, false);
  assert.equal(visible.object('User')?.createable, false);
  assert.equal(org.schema.object('Opportunity')?.fields.has('waterfall_key__c'), true);
  org.close();
});

test('a field that may be read and not edited is refused with its name, a hidden one as if it were not there', () => {
  const { org, person, hire, put } = openCompany();
  put('CustomField', 'Opportunity.Readable__c', { type: 'Text', length: 10, label: 'Readable' });
  put('CustomField', 'Opportunity.Hidden__c', { type: 'Text', length: 10, label: 'Hidden' });
  put('PermissionSet', 'Reader', {
    label: 'Reader',
    fieldPermissions: [{ field: 'Opportunity.Readable__c', readable: true, editable: false }],
  });
  org.reload();
  const reader = person(hire('reader', { sets: ['Reader'] }));
  assert.deepEqual(errorsOf(reader.save('insert', 'Opportunity', [{ ...DEAL, Readable__c: 'x' }])), [
    'INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields: Readable__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
  ]);
  assert.deepEqual(errorsOf(reader.save('insert', 'Opportunity', [{ ...DEAL, Hidden__c: 'x' }])), [
    "INVALID_FIELD: No such column 'Hidden__c' on sobject of type Opportunity",
  ]);
  org.close();
});

test('an object without Read is not there; without Create, Edit or Delete the save is refused', () => {
  const { org, person, hire, put, insert } = openCompany();
  put('PermissionSet', 'ReadsAccounts', {
    label: 'x',
    objectPermissions: [
      {
        object: 'Account',
        allowRead: true,
        allowCreate: false,
        allowEdit: false,
        allowDelete: false,
        modifyAllRecords: false,
        viewAllRecords: false,
      },
    ],
  });
  org.reload();
  const account = insert('Account', { Name: 'Acme' });
  const guest = person(hire('guest', { profile: 'Minimum Access - Salesforce', sets: ['ReadsAccounts'] }));
  assert.throws(() => guest.query('SELECT Id FROM Opportunity'), { code: 'INVALID_TYPE' });
  assert.throws(() => guest.save('insert', 'Opportunity', [DEAL]), { code: 'INVALID_TYPE' });
  assert.equal(guest.query('SELECT Id, Name FROM Account').length, 1);
  assert.throws(() => guest.query('SELECT Industry FROM Account'), { code: 'INVALID_FIELD' });
  assert.deepEqual(errorsOf(guest.save('insert', 'Account', [{ Name: 'x' }])), [
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: entity type cannot be inserted: Account',
  ]);
  const refused = ['INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id'];
  assert.deepEqual(errorsOf(guest.save('update', 'Account', [{ Id: account, Name: 'x' }])), refused);
  assert.deepEqual(errorsOf(guest.save('delete', 'Account', [{ Id: account }])), refused);
  org.close();
});

test('a record type is for those to whom it is assigned', () => {
  const { org, person, hire } = openCompany();
  const types = org.schema.object('Opportunity')!.recordTypes.filter(({ isMaster, active }) => active && !isMaster);
  const [type] = types;
  assert.ok(type);
  const stage = type.picklistValues.get('StageName')!.values[0]!;
  const deal = { ...DEAL, StageName: stage, RecordTypeId: type.id };
  assert.deepEqual(errorsOf(person(hire('outsider')).save('insert', 'Opportunity', [deal])), [
    `INVALID_CROSS_REFERENCE_KEY: Record Type ID: this ID value isn't valid for the user: ${type.id}`,
  ]);
  const allowed = person(hire('revops', { sets: ['Waterfall_RevOps'] }));
  assert.deepEqual(errorsOf(allowed.save('insert', 'Opportunity', [deal])), []);
  org.close();
});

test('flows of the platform write what the user may not: stage dates are stamped for a user who cannot edit them', () => {
  const { org, person, hire, one } = openCompany();
  const type = org.schema.object('Opportunity')!.recordTypes.find(({ isMaster }) => !isMaster)!;
  const StageName = type.picklistValues.get('StageName')!.values[0]!;
  const seller = person(hire('revops', { sets: ['Waterfall_RevOps'] }));
  const [result] = seller.save('insert', 'Opportunity', [{ ...DEAL, StageName, RecordTypeId: type.id }]);
  assert.equal(result?.success, true, JSON.stringify(result?.errors));
  assert.notEqual(
    one(`SELECT Stage_Entered_At__c FROM Opportunity WHERE Id = '${result.id}'`).Stage_Entered_At__c,
    null,
  );
  org.close();
});
