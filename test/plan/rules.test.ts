import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrgComponent } from '../../scripts/org/snapshot.ts';
import { SCORE_SOURCE } from '../../scripts/compile/buying-groups/score-field.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { customField } from '../../scripts/plan/rules/custom-field.ts';
import { customObject } from '../../scripts/plan/rules/custom-object.ts';
import { flow } from '../../scripts/plan/rules/flow.ts';
import { pathSetting } from '../../scripts/plan/rules/path-setting.ts';
import { permissionSet } from '../../scripts/plan/rules/permission-set.ts';
import { profiles } from '../../scripts/plan/rules/profile.ts';
import type { Placement } from '../../scripts/plan/rules/profile.ts';
import { queue } from '../../scripts/plan/rules/queue.ts';
import { recordPage } from '../../scripts/plan/rules/record-page.ts';
import { recordType } from '../../scripts/plan/rules/record-type.ts';
import type { Change } from '../../scripts/plan/types.ts';
import { component } from '../apply/fake-org.ts';
import { contextOf } from './snapshots.ts';

const wanted = (type: string, fullName: string, metadata: Readonly<Record<string, unknown>>) => ({
  type,
  fullName,
  metadata,
  source: 'model',
});
const deployed = (change: Change): Readonly<Record<string, unknown>> => {
  if (change.kind === 'deploy') return change.component.metadata;
  throw new assert.AssertionError({ message: `${change.kind} deploys nothing` });
};

test('a field of the same name and another type is an error and is not touched', () => {
  const org = component('CustomField', 'Opportunity.A__c', { label: 'A', type: 'Text', length: 20 });
  const { steps, findings } = customField(
    wanted('CustomField', 'Opportunity.A__c', { label: 'A', type: 'Date' }),
    contextOf([org]),
  );
  assert.deepEqual(steps, []);
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [['PLAN_FIELD_TYPE_COLLISION', 'error']],
  );
});

test('values that the org added to a picklist stay as they are, and an inactive one of ours is active again', () => {
  const field = (value: readonly object[]) => ({
    label: 'S',
    type: 'Picklist',
    valueSet: { valueSetDefinition: { value } },
  });
  const [ours, theirs] = [
    { fullName: 'Product', default: 'false', label: 'Product' },
    { fullName: 'Theirs', default: 'false', label: 'Theirs', isActive: 'false' },
  ];
  const { steps } = customField(
    wanted('CustomField', 'Opportunity.S__c', field([ours])),
    contextOf([component('CustomField', 'Opportunity.S__c', field([theirs, { ...ours, isActive: 'false' }]))]),
  );
  assert.deepEqual(deployed(steps[0]!.do.change)['valueSet'], field([theirs, ours]).valueSet);
});

test('a score that the org has already is read as it is, whoever computes it', () => {
  const score = {
    ...wanted('CustomField', 'Contact.Lead_Score__c', { label: 'Lead Score', description: 'Ours.', type: 'Number' }),
    source: SCORE_SOURCE,
  };
  const outcome = (metadata: Readonly<Record<string, unknown>>) => {
    const org = component('CustomField', 'Contact.Lead_Score__c', metadata);
    const { steps, findings } = customField(score, contextOf([org]));
    return [steps.length, ...findings.map(({ code, severity }) => `${severity} ${code}`)];
  };
  assert.deepEqual(outcome({ label: 'Lead Score', type: 'Number', precision: 5, scale: 1, formula: '1' }), [
    0,
    'info PLAN_FIELD_ADOPTED',
  ]);
  assert.deepEqual(outcome({ label: 'Points', type: 'Currency' }), [0, 'info PLAN_FIELD_ADOPTED']);
  assert.deepEqual(outcome({ label: 'Lead Score', type: 'Text' }), [0, 'error PLAN_FIELD_TYPE_COLLISION']);
  assert.deepEqual(outcome(score.metadata), [0]);
  assert.deepEqual(outcome({ ...score.metadata, label: 'Old label' }), [1]);
});

test('permission sets give what access there is to a score of the org, and what is compiled to one of ours', () => {
  const set = wanted('PermissionSet', 'Waterfall_Marketing_Platform', {
    label: 'x',
    fieldPermissions: ['Contact.Score__c', 'Lead.Score__c', 'Lead.Solution__c'].map((field) => ({
      editable: true,
      field,
      readable: true,
    })),
  });
  const given = (own: readonly OrgComponent[]) => {
    const context = {
      ...contextOf(own),
      ownScores: new Map(own.map((field) => [field.fullName, field])),
    };
    const { fieldPermissions } = deployed(permissionSet(set, context).steps[0]!.do.change) as {
      readonly fieldPermissions: readonly { readonly field: string; readonly editable: boolean }[];
    };
    return fieldPermissions.map(({ field, editable }) => `${field} ${editable ? 'edit' : 'read'}`);
  };
  assert.deepEqual(given([]), ['Contact.Score__c edit', 'Lead.Score__c edit', 'Lead.Solution__c edit']);
  assert.deepEqual(
    given([
      component('CustomField', 'Contact.Score__c', { type: 'Number', formula: 'Base__c * 2' }),
      component('CustomField', 'Lead.Score__c', { type: 'Number', required: 'true' }),
    ]),
    ['Contact.Score__c read', 'Lead.Solution__c edit'],
  );
  assert.deepEqual(given([component('CustomField', 'Lead.Score__c', { type: 'Currency', required: 'false' })]), [
    'Contact.Score__c edit',
    'Lead.Score__c edit',
    'Lead.Solution__c edit',
  ]);
});

test('values that the org added to our picklist stay', () => {
  const valueSet = (names: readonly string[]) => ({
    valueSetDefinition: {
      sorted: false,
      value: names.map((fullName) => ({ fullName, default: false, label: fullName })),
    },
  });
  const org = component('CustomField', 'Opportunity.S__c', {
    label: 'S',
    type: 'Picklist',
    valueSet: valueSet(['Core', 'Theirs']),
  });
  const { steps } = customField(
    wanted('CustomField', 'Opportunity.S__c', { label: 'S', type: 'Picklist', valueSet: valueSet(['Core', 'New']) }),
    contextOf([org]),
  );
  const sent = deployed(steps[0]!.do.change)['valueSet'] as { valueSetDefinition: { value: { fullName: string }[] } };
  assert.deepEqual(
    sent.valueSetDefinition.value.map(({ fullName }) => fullName),
    ['Core', 'Theirs', 'New'],
  );
});

const ourQueue = wanted('Queue', 'Sales_Development', {
  name: 'Sales Development',
  queueSobject: [{ sobjectType: 'Handshake__c' }],
});

test('a queue is created empty, and says so', () => {
  const { steps, findings } = queue(ourQueue, contextOf([]));
  assert.deepEqual(
    [...steps.map(({ action, undo }) => `${action}, ${undo.change.kind}`), ...findings.map(({ code }) => code)],
    ['create, delete', 'PLAN_QUEUE_EMPTY'],
  );
});

test('a queue of the org keeps its members and gets our object beside its own; put back, it has just its own', () => {
  const members = { users: { user: ['one@example.com', 'two@example.com'] } };
  const org = component('Queue', 'Sales_Development', {
    name: 'Inbound',
    email: 'inbound@example.com',
    queueMembers: members,
    queueSobject: [{ sobjectType: 'Lead' }],
  });
  const { steps, findings } = queue(ourQueue, contextOf([org]));
  assert.deepEqual(findings, []);
  assert.deepEqual(deployed(steps[0]!.do.change), {
    name: 'Inbound',
    email: 'inbound@example.com',
    queueMembers: members,
    queueSobject: [{ sobjectType: 'Lead' }, { sobjectType: 'Handshake__c' }],
  });
  assert.deepEqual(deployed(steps[0]!.undo.change), org.metadata);
  const again = component('Queue', 'Sales_Development', deployed(steps[0]!.do.change));
  assert.deepEqual(queue(ourQueue, contextOf([again])).steps, []);
});

test("an object of the org's own that has our name is an error and is not touched", () => {
  const ours = wanted('CustomObject', 'Handshake__c', { label: 'Handshake', compactLayoutAssignment: 'Ours' });
  const theirs = component('CustomObject', 'Handshake__c', { label: 'Deal', compactLayoutAssignment: 'SYSTEM' });
  const { steps, findings } = customObject(ours, contextOf([theirs]));
  assert.deepEqual(steps, []);
  assert.deepEqual(
    findings.map(({ code, severity, message }) => [code, severity, message]),
    [['PLAN_OBJECT_TAKEN', 'error', 'The org has an object Handshake__c of its own ("Deal").']],
  );
  const old = component('CustomObject', 'Handshake__c', { label: 'Hand-over', compactLayoutAssignment: 'Ours' });
  assert.deepEqual(
    customObject(ours, contextOf([old])).steps.map(({ action }) => action),
    ['update'],
  );
});

test('a record type of the org that has our name is an error, unless it is adopted', () => {
  const org = component('RecordType', 'Opportunity.Renewal', {
    active: true,
    label: 'Their renewal',
    businessProcess: 'Theirs',
  });
  const want = wanted('RecordType', 'Opportunity.Renewal', {
    active: true,
    label: 'Renewal',
    businessProcess: 'Waterfall Renewal',
  });
  assert.deepEqual(
    recordType(want, contextOf([org])).findings.map(({ code }) => code),
    ['PLAN_RECORD_TYPE_TAKEN'],
  );
  const { steps, findings } = recordType(want, { ...contextOf([org]), adopted: new Set(['Renewal']) });
  assert.deepEqual(findings, []);
  assert.deepEqual(steps[0]?.differences, [{ path: 'businessProcess', before: 'Theirs', after: 'Waterfall Renewal' }]);
  assert.equal(deployed(steps[0].undo.change)['businessProcess'], 'Theirs');
});

test('the org default record page is set only where there is none', () => {
  const object = (override: object | null): OrgComponent =>
    component('CustomObject', 'Opportunity', override === null ? {} : { actionOverrides: [override] });
  const view = (more: object): object => ({ actionName: 'View', formFactor: 'Large', ...more });
  const action = (override: object | null, mapping = EMPTY_MAPPING) =>
    recordPage('Ours', contextOf([object(override)], mapping)).steps.map((step) => step.action);
  assert.deepEqual(action(null), ['update']);
  assert.deepEqual(action(view({ type: 'Default' })), ['update']);
  assert.deepEqual(action(view({ type: 'Flexipage', content: 'Theirs' })), ['manual']);
  assert.deepEqual(action(view({ type: 'Flexipage', content: 'Ours' })), []);
  assert.deepEqual(action(null, { ...EMPTY_MAPPING, recordPage: 'manual' }), ['manual']);
});

test('paths are switched on when they are off, and only then', () => {
  const settings = (pathAssistantEnabled: boolean) =>
    contextOf([
      component('Settings', 'PathAssistant', { pathAssistantEnabled, canOverrideAutoPathCollapseWithUserPref: true }),
    ]);
  assert.deepEqual(pathSetting(true, settings(true)).steps, []);
  const [step] = pathSetting(true, settings(false)).steps;
  assert.deepEqual(deployed(step!.do.change), {
    pathAssistantEnabled: true,
    canOverrideAutoPathCollapseWithUserPref: true,
  });
  assert.equal(deployed(step!.undo.change)['pathAssistantEnabled'], false);
});

test('a flow that is in the org but inactive is only activated', () => {
  const metadata = { label: 'Stamp', status: 'Active', processType: 'AutoLaunchedFlow' };
  const org = component('Flow', 'Stamp', { ...metadata, status: 'Draft' });
  const state = { definitionId: '300', name: 'Stamp', activeVersionId: null, latestVersionId: '301' };
  const steps = flow(wanted('Flow', 'Stamp', metadata), contextOf([org], EMPTY_MAPPING, { flows: [state] })).steps;
  assert.deepEqual(
    steps.map(({ id, action }) => [id, action]),
    [['Activate:Stamp', 'activate']],
  );
});

const LAYOUTS = ['Opportunity-Opportunity Layout', 'Opportunity-Sales Layout', 'Opportunity-Ours'];
const placement: Placement = {
  recordType: 'Opportunity.Ours',
  layout: 'Opportunity-Ours',
  opportunityType: 'acquisition',
  source: 'model',
};
interface Assignment {
  readonly layout: string;
  readonly recordType?: string;
}
/** The platform: an overlay, assignment by assignment. */
const overlaid = (theirs: readonly Assignment[], change: Change): readonly Assignment[] => {
  const sent =
    change.kind === 'deploy' ? ((change.component.metadata['layoutAssignments'] ?? []) as readonly Assignment[]) : [];
  return [...theirs.filter((entry) => !sent.some(({ recordType: name }) => name === entry.recordType)), ...sent];
};

test('a profile changes in our record types only, and is put back', () => {
  const assignments = fc
    .record({
      master: fc.constantFrom(...LAYOUTS.slice(0, 2)),
      theirs: fc.constantFrom(...LAYOUTS.slice(0, 2)),
      ours: fc.option(fc.constantFrom(...LAYOUTS)),
    })
    .map(({ master, theirs, ours }): Assignment[] => [
      { layout: master },
      { layout: theirs, recordType: 'Opportunity.Theirs' },
      ...(ours === null ? [] : [{ layout: ours, recordType: 'Opportunity.Ours' }]),
    ]);
  fc.assert(
    fc.property(assignments, (layoutAssignments) => {
      const org = component('Profile', 'Admin', { layoutAssignments });
      const [step] = profiles(
        [placement],
        contextOf([org], EMPTY_MAPPING, { profiles: [{ fullName: 'Admin', activeUsers: 1 }] }),
      ).steps;
      const layoutOf = (list: readonly Assignment[], name: string | undefined): string | undefined =>
        list.find((entry) => entry.recordType === name)?.layout;
      const after = step ? overlaid(layoutAssignments, step.do.change) : layoutAssignments;
      assert.equal(layoutOf(after, 'Opportunity.Ours'), 'Opportunity-Ours');
      for (const name of [undefined, 'Opportunity.Theirs'])
        assert.equal(layoutOf(after, name), layoutOf(layoutAssignments, name));
      const back = step ? overlaid(after, step.undo.change) : after;
      // Where there was no assignment, the layout of records without a record type is what people saw.
      assert.equal(
        layoutOf(back, 'Opportunity.Ours'),
        layoutOf(layoutAssignments, 'Opportunity.Ours') ?? layoutOf(layoutAssignments, undefined),
      );
      if (step) assert.deepEqual(Object.keys(deployed(step.do.change)), ['layoutAssignments']);
    }),
  );
});

test('a profile that the mapping names and nobody has is an error', () => {
  const { findings } = profiles([placement], contextOf([], { ...EMPTY_MAPPING, profiles: ['Typo'] }));
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['PLAN_PROFILE_UNKNOWN'],
  );
});
