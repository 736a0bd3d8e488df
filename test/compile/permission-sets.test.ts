import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import {
  BYPASS_PERMISSION_SET,
  LEAD_CONVERSION_CLASS,
  LEAD_CONVERSION_PERMISSION_SET,
  MARKETING_PLATFORM_PERMISSION_SET,
  PERMISSION_SET,
} from '../../scripts/compile/names.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { defaultModel, typeFieldOnly } from './models.ts';

interface Metadata {
  readonly license?: string;
  readonly customPermissions?: readonly { readonly name: string }[];
  readonly fieldPermissions?: readonly {
    readonly field: string;
    readonly editable: boolean;
    readonly readable: boolean;
  }[];
  readonly objectPermissions?: readonly {
    readonly object: string;
    readonly allowCreate: boolean;
    readonly allowRead: boolean;
    readonly allowEdit: boolean;
    readonly allowDelete: boolean;
    readonly modifyAllRecords: boolean;
    readonly viewAllRecords: boolean;
  }[];
  readonly recordTypeVisibilities?: readonly { readonly recordType: string }[];
}

const components = compileWaterfall(defaultModel);
const metadataOf = (name: string): Metadata =>
  components.find(({ type, fullName }) => type === 'PermissionSet' && fullName === name)!.metadata;
const editableIn = ({ fieldPermissions = [] }: Metadata): readonly string[] =>
  fieldPermissions.filter((permission) => permission.editable).map(({ field }) => field);
const editable = (name: string): readonly string[] => editableIn(metadataOf(name));
const recordTypes = (name: string): readonly string[] =>
  (metadataOf(name).recordTypeVisibilities ?? []).map(({ recordType }) => recordType.replace('Opportunity.', ''));
const customFields = components.filter(({ type }) => type === 'CustomField').map(({ fullName }) => fullName);
/** Formulas, and the scores that the marketing platform writes. */
const nobodys = new Set(
  components
    .filter(({ type, metadata, source }) => type === 'CustomField' && ('formula' in metadata || source === 'leadScore'))
    .map(({ fullName }) => fullName),
);
const people = Object.values(PERMISSION_SET);

test('every set of people reads every custom field; RevOps may correct them all', () => {
  for (const name of people) {
    const permissions = metadataOf(name).fieldPermissions ?? [];
    assert.deepEqual(
      permissions.map(({ field }) => field).filter((field) => field.endsWith('__c')),
      [...customFields].sort(),
    );
    assert.ok(permissions.every(({ readable }) => readable));
  }
  const required = ['Opportunity.Amount', 'Opportunity.NextStep'];
  assert.deepEqual(
    editable(PERMISSION_SET.revOps),
    [...customFields.filter((field) => !nobodys.has(field)), ...required].sort(),
  );
});

test('whoever owns a stage may fill in the standard fields that leaving it requires, and gets no others', () => {
  const standard = (name: string): readonly string[] =>
    (metadataOf(name).fieldPermissions ?? []).map(({ field }) => field).filter((field) => !field.endsWith('__c'));
  assert.deepEqual(standard(PERMISSION_SET.marketing), []);
  assert.deepEqual(standard(PERMISSION_SET.salesDevelopment), ['Opportunity.NextStep']);
  assert.deepEqual(standard(PERMISSION_SET.sales), ['Opportunity.Amount']);
  assert.deepEqual(standard(PERMISSION_SET.customerSuccess), ['Opportunity.NextStep']);
});

test('where Type carries the opportunity type, everybody may set it and nobody is given a record type', () => {
  const sets = compileWaterfall(typeFieldOnly).filter(
    ({ type, fullName }) => type === 'PermissionSet' && fullName !== BYPASS_PERMISSION_SET,
  );
  assert.ok(sets.length > 0);
  for (const { fullName, metadata } of sets) {
    const { fieldPermissions, recordTypeVisibilities } = metadata as Metadata;
    assert.ok(
      fieldPermissions?.some(({ field, editable: may }) => field === 'Opportunity.Type' && may),
      fullName,
    );
    assert.equal(recordTypeVisibilities, undefined, fullName);
  }
});

test('whoever may edit a stage date may edit the mark by which the stamping flow knows a copy', () => {
  for (const name of people) {
    const may = editable(name);
    if (may.some((field) => /^Opportunity\.(?!Contract).*_Date__c$/.test(field)))
      assert.ok(may.includes('Opportunity.Stage_Stamped_At__c'), name);
  }
});

test('people fill in what is theirs and never what automation writes', () => {
  const everybodys = [
    'Opportunity.Nurture_Until__c',
    'Opportunity.Solution__c',
    'Opportunity.Stage_Reason__c',
    'OpportunityContactRole.Member_Source__c',
    'OpportunityContactRole.Member_Status__c',
  ];
  const contract = [
    'Opportunity.Contract_End_Date__c',
    'Opportunity.Contract_Start_Date__c',
    'Opportunity.Contract_Term_Months__c',
  ];
  const own = (name: string) => editable(name).filter((field) => !everybodys.includes(field));
  for (const name of people)
    assert.deepEqual(
      everybodys.filter((field) => !editable(name).includes(field)),
      [],
      name,
    );
  const answer = ['Handshake__c.Comment__c', 'Handshake__c.Outcome__c', 'Handshake__c.Reason__c'];
  assert.deepEqual(own(PERMISSION_SET.marketing), [
    'Account.Marketing_Owner__c',
    'Account.Targeted_Solutions__c',
    'Campaign.Solution__c',
    'Lead.Matched_Account__c',
    'Lead.Solution__c',
  ]);
  assert.deepEqual(
    own(PERMISSION_SET.sales).filter((field) => field !== 'Account.Targeted_Solutions__c'),
    [...answer, 'Opportunity.Amount', ...contract],
  );
  assert.deepEqual(own(PERMISSION_SET.customerSuccess), [
    'Account.Customer_Success_Owner__c',
    ...contract,
    'Opportunity.NextStep',
  ]);
});

test('a function sees the record types that it owns a stage of', () => {
  assert.deepEqual(recordTypes(PERMISSION_SET.marketing), ['Acquisition']);
  assert.deepEqual(recordTypes(PERMISSION_SET.salesDevelopment), ['Acquisition']);
  assert.deepEqual(recordTypes(PERMISSION_SET.customerSuccess), ['Cross_Sell', 'Renewal', 'Upsell']);
  assert.deepEqual(recordTypes(PERMISSION_SET.sales), ['Acquisition', 'Cross_Sell', 'Renewal', 'Upsell']);
  assert.deepEqual(recordTypes(PERMISSION_SET.revOps), ['Acquisition', 'Cross_Sell', 'Renewal', 'Upsell']);
});

test('nobody may delete, see all or change all by our sets', () => {
  for (const name of people) {
    for (const { object, allowDelete, viewAllRecords, modifyAllRecords } of metadataOf(name).objectPermissions ?? []) {
      // RevOps gives handshakes on whose owner cannot answer; changing every one comes with deleting.
      if (name === PERMISSION_SET.revOps && object === 'Handshake__c') continue;
      assert.deepEqual([allowDelete, viewAllRecords, modifyAllRecords], [false, false, false], `${name} ${object}`);
    }
  }
  const editors = people.filter((name) =>
    metadataOf(name).objectPermissions?.some(({ object, allowEdit }) => object === 'Account' && allowEdit),
  );
  assert.deepEqual(editors, [PERMISSION_SET.marketing, PERMISSION_SET.customerSuccess, PERMISSION_SET.revOps]);
});

test('the bypass permission is in a set of its own and in no set of people', () => {
  for (const name of people) assert.equal(metadataOf(name).customPermissions, undefined, name);
  const bypass = metadataOf(BYPASS_PERMISSION_SET);
  assert.deepEqual(
    bypass.customPermissions?.map(({ name }) => name),
    ['Bypass_Waterfall_Automation'],
  );
  assert.deepEqual([bypass.fieldPermissions, bypass.objectPermissions], [undefined, undefined]);
});

test('having leads converted takes a set of its own, which gives what a conversion asks for and no more', () => {
  const metadata = metadataOf(LEAD_CONVERSION_PERMISSION_SET) as Metadata & {
    readonly classAccesses: readonly { readonly apexClass: string }[];
    readonly userPermissions: readonly { readonly name: string }[];
  };
  assert.deepEqual(
    metadata.classAccesses.map(({ apexClass }) => apexClass),
    [LEAD_CONVERSION_CLASS],
  );
  assert.deepEqual(
    metadata.userPermissions.map(({ name }) => name),
    ['ConvertLeads', 'EditTask'],
  );
  assert.ok(
    (metadata.objectPermissions ?? []).every(
      ({ allowDelete, modifyAllRecords, viewAllRecords }) => !allowDelete && !modifyAllRecords && !viewAllRecords,
    ),
  );
  const others = components.filter(
    ({ type, fullName }) => type === 'PermissionSet' && fullName !== LEAD_CONVERSION_PERMISSION_SET,
  );
  assert.deepEqual(
    others.filter(({ metadata: own }) => 'classAccesses' in own || 'userPermissions' in own),
    [],
  );
  const never = compileWaterfall({ ...defaultModel, leads: { ...defaultModel.leads!, convert: { when: 'never' } } });
  assert.ok(!never.some(({ fullName }) => fullName === LEAD_CONVERSION_PERMISSION_SET));
});

/** `Lead: read create edit`, in the order of the metadata. */
const rights = ({ objectPermissions = [] }: Metadata): readonly string[] =>
  objectPermissions.map(
    ({ object, allowRead, allowCreate, allowEdit, allowDelete, modifyAllRecords, viewAllRecords }) =>
      [
        `${object}:`,
        ...(allowRead ? ['read'] : []),
        ...(allowCreate ? ['create'] : []),
        ...(allowEdit ? ['edit'] : []),
        ...(allowDelete || modifyAllRecords || viewAllRecords ? ['more'] : []),
      ].join(' '),
  );

const platformOf = (waterfall: Waterfall): Metadata | undefined =>
  compileWaterfall(waterfall).find(({ fullName }) => fullName === MARKETING_PLATFORM_PERMISSION_SET)?.metadata;

test('the marketing platform writes scores, leads with their solution and responses, and nobody else writes scores', () => {
  const platform = platformOf(defaultModel)!;
  const scores = ['Contact.Lead_Score__c', 'Lead.Lead_Score__c'];
  assert.deepEqual(
    platform.fieldPermissions?.map(({ field, editable: may, readable }) => [field, may, readable]),
    [...scores, 'Lead.Solution__c'].map((field) => [field, true, true]),
  );
  assert.deepEqual(rights(platform), [
    'Account: read',
    'Campaign: read edit',
    'Contact: read edit',
    'Lead: read create edit',
  ]);
  assert.equal(platform.license, undefined);
  assert.deepEqual(
    components
      .filter(({ type }) => type === 'PermissionSet')
      .map(({ fullName }) => fullName)
      .filter((name) => editable(name).some((field) => scores.includes(field))),
    [MARKETING_PLATFORM_PERMISSION_SET],
  );
});

test('the marketing platform is given what the model has of it', () => {
  const noLeads = platformOf({ ...defaultModel, leads: null })!;
  assert.deepEqual(editableIn(noLeads), ['Contact.Lead_Score__c']);
  assert.deepEqual(rights(noLeads), ['Account: read', 'Campaign: read edit', 'Contact: read edit']);
  const noSolutions = platformOf({ ...defaultModel, solutions: [], closedWon: [] })!;
  assert.deepEqual(editableIn(noSolutions), ['Contact.Lead_Score__c', 'Lead.Lead_Score__c']);
  assert.deepEqual(rights(noSolutions), ['Account: read', 'Contact: read edit', 'Lead: read create edit']);
  const packaged = platformOf({ ...defaultModel, leadScore: { lead: 'pi__score__c', contact: 'pi__score__c' } })!;
  assert.deepEqual(editableIn(packaged), ['Lead.Solution__c']);
  assert.equal(platformOf(typeFieldOnly), undefined);
});
