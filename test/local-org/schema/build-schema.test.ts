import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetadataReader, StoredComponent } from '../../../local-org/metadata/types.ts';
import { buildSchema } from '../../../local-org/schema/build-schema.ts';
import { decodeValue } from '../../../local-org/schema/value-sets.ts';

type Components = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

/** `{ CustomField: { 'Opportunity.X__c': { … } } }` as a reader. */
function reader(components: Components): MetadataReader {
  const stored = Object.entries(components).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([fullName, metadata], i): StoredComponent => ({
      type,
      fullName,
      metadata,
      id: `012000000000${String(i).padStart(3, '0')}AAA`,
      fileName: '',
      files: new Map(),
      createdDate: '',
      lastModifiedDate: '',
      createdById: '',
      lastModifiedById: '',
    })),
  );
  return {
    get: (type, fullName) => stored.find((component) => component.type === type && component.fullName === fullName),
    ofType: (type) => stored.filter((component) => component.type === type),
  };
}

const STAGES = {
  StandardValueSet: {
    OpportunityStage: {
      standardValue: [
        {
          fullName: 'Prospecting',
          default: false,
          probability: 10,
          forecastCategory: 'Pipeline',
          closed: false,
          won: false,
        },
        {
          fullName: 'Closed Won',
          default: false,
          probability: 100,
          forecastCategory: 'Closed',
          closed: true,
          won: true,
        },
      ],
    },
  },
} satisfies Components;

test('standard objects have their key prefixes, system fields and relationships', () => {
  const schema = buildSchema(reader({}));
  const opportunity = schema.object('OPPORTUNITY')!;
  assert.equal(schema.objectOfId('006000000000001AAA'), opportunity);
  for (const name of [
    'id',
    'createddate',
    'systemmodstamp',
    'isdeleted',
    'ownerid',
    'recordtypeid',
    'laststagechangedate',
  ])
    assert.ok(opportunity.fields.has(name), name);
  const children = schema.children('Opportunity').map((child) => child.relationshipName);
  for (const name of ['OpportunityHistories', 'OpportunityContactRoles', 'OpportunityLineItems', 'Tasks', 'Histories'])
    assert.ok(children.includes(name), name);
  const required = [...opportunity.fields.values()]
    .filter((field) => field.createable && !field.nillable && !field.defaultedOnCreate)
    .map((field) => field.name);
  assert.deepEqual(required, ['CloseDate', 'Name', 'StageName']);
});

test('every reference leads to an object that is there, and no two objects share a prefix but the picklist masters', () => {
  const schema = buildSchema(reader({}));
  const prefixes = [...schema.objects.values()].map((object) => object.keyPrefix).filter((prefix) => prefix !== '01J');
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const object of schema.objects.values()) {
    for (const field of object.fields.values())
      for (const to of field.reference?.to ?? []) assert.ok(schema.object(to), `${object.name}.${field.name} -> ${to}`);
  }
});

test('stages carry what the value set says of them', () => {
  const field = buildSchema(reader(STAGES)).object('Opportunity')!.fields.get('stagename')!;
  assert.deepEqual(field.picklist!.values[1], {
    value: 'Closed Won',
    label: 'Closed Won',
    active: true,
    isDefault: false,
    stage: { closed: true, won: true, probability: 100, forecastCategory: 'Closed' },
  });
});

test('custom fields: types, lookups, picklists, formulas', () => {
  const schema = buildSchema(
    reader({
      GlobalValueSet: { Tiers: { customValue: [{ fullName: 'Gold', default: true, label: 'Gold!' }] } },
      CustomField: {
        'Opportunity.Source_Opportunity__c': {
          label: 'Source',
          type: 'Lookup',
          referenceTo: 'Opportunity',
          relationshipName: 'Renewals',
          deleteConstraint: 'Restrict',
        },
        'Opportunity.Tier__c': {
          label: 'Tier',
          type: 'Picklist',
          valueSet: { valueSetName: 'Tiers', restricted: true },
        },
        'Opportunity.Days__c': {
          label: 'Days',
          type: 'Number',
          precision: 18,
          scale: 2,
          formula: 'TODAY() - CloseDate',
        },
        'Opportunity.Key__c': {
          label: 'Key',
          type: 'Text',
          length: 80,
          unique: true,
          externalId: true,
          caseSensitive: true,
        },
        'Opportunity.Amount': { trackHistory: true, inlineHelpText: 'In the corporate currency' },
      },
    }),
  );
  const field = (name: string) => schema.object('Opportunity')!.fields.get(name.toLowerCase())!;
  assert.deepEqual(field('Source_Opportunity__c').reference, {
    to: ['Opportunity'],
    relationshipName: 'Source_Opportunity__r',
    childRelationshipName: 'Renewals__r',
    onDelete: 'restrict',
  });
  assert.deepEqual(field('Tier__c').picklist, {
    restricted: true,
    values: [{ value: 'Gold', label: 'Gold!', active: true, isDefault: true }],
  });
  assert.deepEqual(
    [field('Days__c').createable, field('Days__c').formula, field('Days__c').type],
    [false, 'TODAY() - CloseDate', 'double'],
  );
  assert.deepEqual([field('Key__c').unique, field('Key__c').caseSensitive, field('Key__c').length], [true, true, 80]);
  assert.deepEqual(
    [field('Amount').trackHistory, field('Amount').inlineHelpText, field('Amount').type],
    [true, 'In the corporate currency', 'currency'],
  );
});

test('record types narrow picklists, their stages by the business process; the master is last', () => {
  const types = buildSchema(
    reader({
      ...STAGES,
      BusinessProcess: {
        'Opportunity.Sales': { isActive: true, values: [{ fullName: 'Prospecting', default: false }] },
      },
      RecordType: {
        'Opportunity.Acquisition': {
          label: 'Acquisition',
          active: true,
          businessProcess: 'Sales',
          picklistValues: [{ picklist: 'Type', values: [{ fullName: 'New %2F Other', default: true }] }],
        },
      },
    }),
  ).object('Opportunity')!.recordTypes;
  assert.deepEqual(
    types.map((type) => type.developerName),
    ['Acquisition', 'Master'],
  );
  assert.deepEqual(types[0]!.picklistValues.get('StageName'), { values: ['Prospecting'], defaultValue: null });
  assert.deepEqual(types[0]!.picklistValues.get('Type'), { values: ['New / Other'], defaultValue: 'New / Other' });
});

test('percent-encoded values are decoded, others left alone', () => {
  assert.deepEqual(['Proposal%2FPrice Quote', '100% sure', 'Caf%C3%A9', '%ZZ'].map(decodeValue), [
    'Proposal/Price Quote',
    '100% sure',
    'Café',
    '%ZZ',
  ]);
});
