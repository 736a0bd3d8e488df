import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { apiVersion, permissions } from '../../scripts/audit/checks/access.ts';
import { edition, fieldHeadroom } from '../../scripts/audit/checks/edition.ts';
import { mostLikely, multiCurrency, personAccounts } from '../../scripts/audit/checks/features.ts';
import { recordTypesInUse, stagesInUse } from '../../scripts/audit/checks/in-use.ts';
import { ownFlows, ownTriggers, ownValidationRules } from '../../scripts/audit/checks/own-automation.ts';
import { duplicateRules, flowActivation, leadConversion, pathSettings } from '../../scripts/audit/checks/settings.ts';
import type { Check } from '../../scripts/audit/facts.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { FieldDescription } from '../../scripts/org/types.ts';
import { leftOver } from '../../scripts/plan/left-over.ts';
import { component } from '../apply/fake-org.ts';
import { snapshotOf } from '../plan/snapshots.ts';
import { factsOf } from './facts.ts';
import type { FactsOptions } from './facts.ts';

let waterfall: Waterfall;
before(async () => {
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});

const found = (check: Check, options: FactsOptions = {}): readonly string[] =>
  check(factsOf(waterfall, options)).map(({ severity, code }) => `${severity} ${code}`);
const identity = (more: object) => ({ snapshot: { identity: { ...snapshotOf([]).identity, ...more } } });
const field = (name: string): FieldDescription => ({
  name,
  label: name,
  type: 'string',
  custom: true,
  createable: true,
  updateable: true,
  length: 10,
  picklistValues: [],
  referenceTo: [],
});
const wanted = (name: string) => ({
  type: 'CustomField',
  fullName: `Opportunity.${name}`,
  metadata: { type: 'Date' },
  source: 'model',
});

test('editions without record types are an error, Professional a warning', () => {
  assert.deepEqual(found(edition, identity({ edition: 'Group Edition' })), ['error AUDIT_EDITION']);
  assert.deepEqual(found(edition, identity({ edition: 'Professional Edition' })), ['warning AUDIT_EDITION']);
  assert.deepEqual(found(edition, identity({ edition: 'Unlimited Edition' })), []);
});

test('fields that the edition has no room for are an error', () => {
  const describe = (count: number) => ({
    Opportunity: {
      name: 'Opportunity',
      recordTypeInfos: [],
      fields: Array.from({ length: count }, (_, index) => field(`F${index}__c`)),
    },
  });
  assert.deepEqual(found(fieldHeadroom, { wanted: [wanted('A__c')], snapshot: { describe: describe(499) } }), [
    'info AUDIT_FIELDS',
  ]);
  assert.deepEqual(
    found(fieldHeadroom, { wanted: [wanted('A__c'), wanted('B__c')], snapshot: { describe: describe(499) } }),
    ['error AUDIT_FIELDS'],
  );
  assert.deepEqual(
    found(fieldHeadroom, { wanted: [wanted('F1__c')], snapshot: { describe: describe(500) } }),
    [],
    'fields that are there need no room',
  );
  const hidden = Array.from({ length: 500 }, (_, index) => `Opportunity.Hidden${index}__c`);
  assert.deepEqual(
    found(fieldHeadroom, {
      wanted: [wanted('A__c')],
      snapshot: { describe: describe(0) },
      automation: { customFields: hidden },
    }),
    ['error AUDIT_FIELDS'],
    'fields that the user may not see take room all the same',
  );
});

test('API version and permissions', () => {
  assert.deepEqual(found(apiVersion, { newestVersion: '58.0' }), ['error AUDIT_API_VERSION']);
  assert.deepEqual(found(apiVersion, { newestVersion: '65.0' }), ['warning AUDIT_API_VERSION']);
  assert.deepEqual(found(apiVersion), []);
  assert.deepEqual(found(permissions), []);
  assert.deepEqual(found(permissions, { snapshot: { permissions: ['ApiEnabled', 'ModifyAllData'] } }), [
    'error AUDIT_PERMISSION',
  ]);
});

test('stages and record types in use are counted, orphaned stages named', () => {
  const snapshot = {
    stages: [{ name: 'Prospecting', active: true, closed: false, won: false, probability: 10, sortOrder: 1 }],
    counts: [
      { stage: 'Prospecting', type: null, recordType: null, count: 3 },
      { stage: 'Old', type: null, recordType: 'Own', count: 2 },
    ],
    recordTypes: [{ id: '1', developerName: 'Own', name: 'Own', active: true }],
  };
  assert.deepEqual(found(stagesInUse, { snapshot }), ['info AUDIT_STAGES', 'warning AUDIT_STAGE_INACTIVE']);
  const [types] = recordTypesInUse(factsOf(waterfall, { snapshot }));
  assert.match(types!.message, /5 opportunities; record types: Own 2; without record type 3/);
});

test('their flows, triggers and rules are named when they touch the same fields, whole names only', () => {
  const flow = (text: string) => ({
    name: 'Theirs',
    active: true,
    metadata: { start: { object: 'Opportunity', triggerType: 'RecordBeforeSave' }, formulas: [text] },
  });
  assert.deepEqual(found(ownFlows, { automation: { flows: [flow('{!$Record.StageName}')] } }), ['warning AUDIT_FLOW']);
  assert.deepEqual(found(ownFlows, { automation: { flows: [flow('{!$Record.My_StageName__c}')] } }), []);
  assert.deepEqual(
    found(ownTriggers, {
      automation: {
        triggers: [
          { name: 'T', active: true, body: 'o.Amount = 1;' },
          { name: 'Off', active: false, body: '' },
        ],
      },
    }),
    ['warning AUDIT_TRIGGER'],
  );
  const rule = (formula: string) =>
    component('ValidationRule', 'Opportunity.R', { active: true, errorConditionFormula: formula, errorMessage: 'no' });
  assert.deepEqual(found(ownValidationRules, { components: [rule('ISBLANK(Amount)')] }), [
    'warning AUDIT_VALIDATION_RULE',
  ]);
  assert.deepEqual(found(ownValidationRules, { components: [rule('ISBLANK(Region__c)')] }), []);
  const formula = 'NOT($Permission.Bypass_Waterfall_Automation) && ISBLANK(Amount)';
  const ours = component('ValidationRule', 'Opportunity.Waterfall_Old', {
    active: true,
    errorConditionFormula: formula,
  });
  const facts = factsOf(waterfall, { components: [rule('ISBLANK(Amount)'), ours] });
  const { steps } = leftOver([], facts.snapshot);
  assert.deepEqual(
    ownValidationRules({ ...facts, plan: { ...facts.plan, steps } }).map(({ place }) => place),
    ['ValidationRule Opportunity.R'],
    'one of an earlier model, which the plan deactivates, is not of the org',
  );
});

test('settings', () => {
  const settings = (name: string, metadata: Readonly<Record<string, unknown>>) => ({
    components: [component('Settings', name, metadata)],
  });
  assert.deepEqual(found(pathSettings, settings('PathAssistant', { pathAssistantEnabled: false })), [
    'info AUDIT_PATH',
  ]);
  assert.deepEqual(found(flowActivation, settings('Flow', { enableFlowDeployAsActiveEnabled: false })), [
    'info AUDIT_FLOW_INACTIVE',
  ]);
  assert.deepEqual(
    found(flowActivation, {
      ...settings('Flow', { enableFlowDeployAsActiveEnabled: true }),
      ...identity({ kind: 'production' }),
    }),
    ['warning AUDIT_FLOW_TESTS'],
  );
  assert.deepEqual(found(leadConversion, settings('LeadConfig', { shouldLeadConvertRequireValidation: false })), [
    'warning AUDIT_LEAD_VALIDATION',
  ]);
  assert.deepEqual(found(leadConversion, settings('LeadConfig', { shouldLeadConvertRequireValidation: true })), []);
  assert.deepEqual(found(duplicateRules, { automation: { duplicateRules: [{ name: 'R', object: 'Account' }] } }), [
    'info AUDIT_DUPLICATE_RULE',
  ]);
});

test('features of the org that the waterfall meets', () => {
  const describe = (object: string, field_: Partial<FieldDescription> & { readonly name: string }) => ({
    snapshot: {
      describe: { [object]: { name: object, recordTypeInfos: [], fields: [{ ...field(field_.name), ...field_ }] } },
    },
  });
  assert.deepEqual(found(multiCurrency, describe('Opportunity', { name: 'CurrencyIsoCode' })), [
    'info AUDIT_MULTI_CURRENCY',
  ]);
  assert.deepEqual(found(multiCurrency, describe('Opportunity', { name: 'Amount' })), []);
  assert.deepEqual(found(personAccounts, describe('Account', { name: 'IsPersonAccount' })), [
    'info AUDIT_PERSON_ACCOUNTS',
  ]);
  const categories = (...values: readonly string[]) =>
    describe('Opportunity', {
      name: 'ForecastCategoryName',
      picklistValues: values.map((value) => ({ value, label: value, active: true })),
    });
  const [first] = waterfall.opportunityTypes;
  const forecasting: Waterfall = {
    ...waterfall,
    opportunityTypes: [
      { ...first!, stages: first!.stages.map((stage) => ({ ...stage, forecastCategory: 'MostLikely' as const })) },
    ],
  };
  const codes = (model: Waterfall, ...values: readonly string[]) =>
    mostLikely(factsOf(model, categories(...values))).map(({ code }) => code);
  assert.deepEqual(codes(forecasting, 'Pipeline', 'Best Case'), ['AUDIT_MOST_LIKELY']);
  assert.deepEqual(codes(forecasting, 'Pipeline', 'Most Likely'), []);
  assert.deepEqual(codes(waterfall, 'Pipeline'), [], 'a model that does not use it');
});
