/** Layouts of the org: what is put on them, and what is never replaced by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SINGLE_LAYOUT } from '../../scripts/compile/names.ts';
import type { OrgComponent } from '../../scripts/org/snapshot.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { Mapping } from '../../scripts/plan/mapping.ts';
import { accountLayouts } from '../../scripts/plan/rules/account-layout.ts';
import { profiles } from '../../scripts/plan/rules/profile.ts';
import { recordType } from '../../scripts/plan/rules/record-type.ts';
import { singleLayout } from '../../scripts/plan/rules/single-layout.ts';
import type { Change } from '../../scripts/plan/types.ts';
import { component } from '../apply/fake-org.ts';
import { contextOf } from './snapshots.ts';

const FIELD = { type: 'CustomField', fullName: 'Account.Owner__c', metadata: { type: 'Lookup' }, source: 'closedWon' };
const items = (...fields: readonly string[]): object => ({
  layoutItems: fields.map((field) => ({ behavior: 'Edit', field })),
});
const layout = (name: string, ...fields: readonly string[]): OrgComponent =>
  component('Layout', name, {
    layoutSections: [
      { label: 'Links', style: 'CustomLinks', layoutColumns: [{}] },
      {
        label: 'Information',
        style: 'TwoColumnsTopToBottom',
        layoutColumns: [items('Name'), items('Phone', ...fields)],
      },
      { label: 'More', style: 'OneColumn', layoutColumns: [items('Description')] },
    ],
    summaryLayout: { masterLabel: '00h' },
  });
const admin = (...assignments: readonly object[]): OrgComponent =>
  component('Profile', 'Admin', { layoutAssignments: assignments });
const context = (components: readonly OrgComponent[], mapping: Partial<Mapping> = {}) =>
  contextOf(components, { ...EMPTY_MAPPING, ...mapping }, { profiles: [{ fullName: 'Admin', activeUsers: 1 }] });
const deployed = (change: Change): Readonly<Record<string, unknown>> => {
  if (change.kind === 'deploy') return change.component.metadata;
  throw new assert.AssertionError({ message: `${change.kind} deploys nothing` });
};

test('a field of ours goes to the end of the first section of an assigned layout, and off it again', () => {
  const theirs = layout('Account-Main');
  const org = [theirs, layout('Account-Unused'), admin({ layout: 'Account-Main' }, { layout: 'Opportunity-Main' })];
  const { steps } = accountLayouts([FIELD], context(org));
  assert.deepEqual(
    steps.map(({ id, action, differences }) => [id, action, differences]),
    [
      [
        'Layout:Account-Main',
        'update',
        [
          {
            path: 'layoutSections[Information].layoutColumns[1].layoutItems[Owner__c]',
            before: null,
            after: 'behavior Edit, field Owner__c',
          },
        ],
      ],
    ],
  );
  assert.deepEqual(deployed(steps[0]!.do.change)['summaryLayout'], { masterLabel: '00h' });
  assert.deepEqual(deployed(steps[0]!.undo.change), theirs.metadata);
  const after = component('Layout', 'Account-Main', deployed(steps[0]!.do.change));
  assert.deepEqual(accountLayouts([FIELD], context([after, org[2]!])).steps, []);
});

test('a lead shows what became of it, and offers what people decide', () => {
  const field = (fullName: string, externalId = false) => ({
    type: 'CustomField',
    fullName: `Lead.${fullName}`,
    metadata: { type: 'Text', externalId },
    source: 'leads',
  });
  const { steps } = accountLayouts(
    [field('Matched_Account__c'), field('Match_Reason__c'), field('Company_Key__c', true)],
    context([layout('Lead-Main'), admin({ layout: 'Lead-Main' })]),
  );
  assert.deepEqual(
    steps.flatMap(({ differences }) => differences).map(({ after }) => after),
    ['behavior Edit, field Matched_Account__c', 'behavior Readonly, field Match_Reason__c'],
  );
});

test('a layout that has the field stays; the mapping and a managed package leave it to the admin', () => {
  const actions = (mapping: Partial<Mapping>, ...layouts: readonly OrgComponent[]) =>
    accountLayouts(
      [FIELD],
      context([...layouts, admin(...layouts.map(({ fullName }) => ({ layout: fullName })))], mapping),
    ).steps.map(({ action, differences }) => [action, differences.length]);
  assert.deepEqual(actions({}, layout('Account-Main', 'Owner__c')), []);
  assert.deepEqual(actions({ accountLayouts: 'manual' }, layout('Account-Main')), [['manual', 1]]);
  assert.deepEqual(actions({}, layout('Account-pkg__Main')), [['manual', 1]]);
  assert.deepEqual(actions({ profiles: [] }, layout('Account-Main')), []);
});

test('a layout whose name is quoted in the profile is found', () => {
  const org = [
    layout('Account-A & B'),
    layout('Account-100% Own'),
    admin({ layout: 'Account-A %26 B', recordType: 'Account.B' }, { layout: 'Account-100% Own' }),
  ];
  assert.deepEqual(
    accountLayouts([FIELD], context(org)).steps.map(({ id }) => id),
    ['Layout:Account-100% Own', 'Layout:Account-A & B'],
  );
});

const MASTER = [
  { layout: 'Opportunity-Opportunity Layout' },
  { layout: 'Opportunity-Own', recordType: 'Opportunity.Own' },
];
const SINGLE = { recordType: null, layout: SINGLE_LAYOUT, opportunityType: '', source: 'typeCarrier' };

test("the one layout takes nobody's place by itself: it is a step by hand until it is assigned", () => {
  const [step] = singleLayout(SINGLE_LAYOUT, context([admin(...MASTER)])).steps;
  assert.equal(step?.action, 'manual');
  assert.match(step.do.text, /give Admin the layout Waterfall$/);
  assert.deepEqual(step.differences, [
    { path: 'Profile[Admin].layoutAssignments', before: 'Opportunity-Opportunity Layout', after: SINGLE_LAYOUT },
  ]);
  assert.deepEqual(singleLayout(SINGLE_LAYOUT, context([admin({ layout: SINGLE_LAYOUT })])).steps, []);
  assert.deepEqual(singleLayout(null, context([admin(...MASTER)])).steps, []);
});

test('when the mapping says so it is assigned in place of the present one, which is put back', () => {
  const assign = { opportunityLayout: 'assign' } as const;
  assert.deepEqual(singleLayout(SINGLE_LAYOUT, context([admin(...MASTER)], assign)).steps, []);
  const [step] = profiles([SINGLE], context([admin(...MASTER)], assign)).steps;
  assert.deepEqual(deployed(step!.do.change), { layoutAssignments: [{ layout: SINGLE_LAYOUT }] });
  assert.deepEqual(deployed(step!.undo.change), { layoutAssignments: [MASTER[0]] });
  assert.match(step!.do.text, /in place of Opportunity-Opportunity Layout$/);
  assert.deepEqual(profiles([SINGLE], context([admin({ layout: SINGLE_LAYOUT }, MASTER[1]!)], assign)).steps, []);
});

test('a new record type offers all that the org has in its picklists; one that is there is left as it was chosen', () => {
  const wanted = {
    type: 'RecordType',
    fullName: 'Opportunity.Ours',
    metadata: {
      active: true,
      businessProcess: 'Waterfall Ours',
      picklistValues: [{ picklist: 'Type', values: [{ fullName: 'Ours', default: true }] }],
    },
    source: 'model',
  };
  const value = (name: string, active = true) => ({ value: name, label: name, active, defaultValue: name === 'EMEA' });
  const region = {
    ...{ name: 'Region__c', label: 'Region', type: 'picklist', custom: true, createable: true, updateable: true },
    ...{ length: 255, picklistValues: [value('EMEA'), value('Old', false)], referenceTo: [] },
  };
  const stage = { ...region, name: 'StageName', custom: false };
  const sources = component('StandardValueSet', 'LeadSource', {
    standardValue: [
      { fullName: 'Web', default: false },
      { fullName: 'Fax', default: false, isActive: false },
    ],
  });
  const more = { describe: { Opportunity: { name: 'Opportunity', fields: [region, stage], recordTypeInfos: [] } } };
  const [step] = recordType(wanted, contextOf([sources], EMPTY_MAPPING, more)).steps;
  const { picklistValues } = deployed(step!.do.change);
  assert.deepEqual(picklistValues, [
    { picklist: 'LeadSource', values: [{ fullName: 'Web', default: false }] },
    { picklist: 'Region__c', values: [{ fullName: 'EMEA', default: true }] },
    { picklist: 'Type', values: [{ fullName: 'Ours', default: true }] },
  ]);
  const there = component('RecordType', 'Opportunity.Ours', {
    ...wanted.metadata,
    picklistValues: [
      { picklist: 'Region__c', values: [{ fullName: '50% off', default: false }] },
      ...wanted.metadata.picklistValues,
    ],
  });
  assert.deepEqual(recordType(wanted, contextOf([there, sources], EMPTY_MAPPING, more)).steps, []);
});

test('a new picklist of an object that has record types of its own is to be looked at, and only while it is new', () => {
  const targeted = {
    type: 'CustomField',
    fullName: 'Account.Targeted_Solutions__c',
    metadata: { type: 'MultiselectPicklist' },
    source: 'solutions',
  };
  const info = (developerName: string, master: boolean) => ({
    recordTypeId: developerName,
    developerName,
    name: developerName,
    active: true,
    available: true,
    master,
  });
  const described = (org: readonly OrgComponent[], ...recordTypeInfos: readonly ReturnType<typeof info>[]) =>
    contextOf(org, EMPTY_MAPPING, { describe: { Account: { name: 'Account', fields: [], recordTypeInfos } } });
  const codes = (given: ReturnType<typeof described>) =>
    accountLayouts([targeted], given).findings.map(({ code, message }) => [code, message]);
  assert.deepEqual(codes(described([], info('Master', true))), []);
  assert.deepEqual(codes(described([], info('Master', true), info('Partner', false))), [
    [
      'PLAN_PICKLIST_OF_RECORD_TYPES',
      "Whether the record types of Account (Partner) will offer the values of Targeted_Solutions__c is the org's affair.",
    ],
  ]);
  const there = component('CustomField', 'Account.Targeted_Solutions__c', { type: 'MultiselectPicklist' });
  assert.deepEqual(codes(described([there], info('Partner', false))), []);
});
