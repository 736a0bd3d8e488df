/** What depends on the org is compiled for the org that was read. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { FLOW } from '../../scripts/compile/names.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { Snapshot } from '../../scripts/org/snapshot.ts';
import type { FieldDescription } from '../../scripts/org/types.ts';
import { fitToOrg } from '../../scripts/plan/fit-to-org.ts';
import type { Fitted } from '../../scripts/plan/fit-to-org.ts';
import { makePlan } from '../../scripts/plan/make-plan.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { RuleContext, Wanted } from '../../scripts/plan/rules/rule.ts';
import { component } from '../apply/fake-org.ts';
import { defaultModel, twoTypes } from '../compile/models.ts';
import { contextOf, snapshotOf } from './snapshots.ts';

const field = (name: string, type: string, more: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  label: name,
  type,
  custom: name.endsWith('__c'),
  createable: true,
  updateable: true,
  length: 255,
  picklistValues: [],
  referenceTo: [],
  ...more,
});
const describing = (...fields: readonly FieldDescription[]): Pick<Snapshot, 'describe'> => ({
  describe: {
    Opportunity: { name: 'Opportunity', fields: [field('Amount', 'currency'), ...fields], recordTypeInfos: [] },
  },
});
const fit = (waterfall: Waterfall, context: RuleContext): Fitted =>
  fitToOrg(compileWaterfall(waterfall) as readonly Wanted[], waterfall, context);
const metadataOf = ({ components }: Pick<Fitted, 'components'>, fullName: string): Wanted['metadata'] =>
  components.find((one) => (one.type === 'Flow' || one.type === 'ValidationRule') && one.fullName === fullName)!
    .metadata;
const requiring = (...fields: readonly string[]): Waterfall => ({
  ...twoTypes,
  opportunityTypes: twoTypes.opportunityTypes.map((type) => ({
    ...type,
    stages: type.stages.map((stage) =>
      stage.name === 'Proposal'
        ? { ...stage, requiredToLeave: fields, requiredAt: { Nowhere__c: 'config/waterfall.yaml:42:30' } }
        : stage,
    ),
  })),
});

describe('fitting to the org', () => {
  it('changes nothing for an org like any other', () => {
    const components = compileWaterfall(defaultModel) as readonly Wanted[];
    assert.deepEqual(fitToOrg(components, defaultModel, contextOf([], EMPTY_MAPPING, describing())), {
      components,
      findings: [],
    });
  });

  it('gives renewals the currency of the win where the org has several, once', () => {
    const more = describing(field('CurrencyIsoCode', 'picklist'));
    const fitted = fit(defaultModel, contextOf([], EMPTY_MAPPING, more));
    const renewal = metadataOf(fitted, FLOW.renewal);
    assert.match(
      JSON.stringify(renewal),
      /"field":"CurrencyIsoCode","value":\{"elementReference":"\$Record\.CurrencyIsoCode"/,
    );
    const org = component('Flow', FLOW.renewal, renewal);
    const { steps } = makePlan({
      components: compileWaterfall(defaultModel).filter(
        ({ type, fullName }) => type === 'Flow' && fullName === FLOW.renewal,
      ) as readonly Wanted[],
      waterfall: defaultModel,
      snapshot: snapshotOf([org], more),
      mapping: { ...EMPTY_MAPPING, assign: 'nobody' },
      modelHash: '',
      madeAt: new Date(0),
    });
    assert.deepEqual(steps, []);
  });

  it('tests a required field by its type in the org, described or hidden', () => {
    const hidden = component('CustomField', 'Opportunity.Hidden__c', { type: 'Picklist', label: 'Hidden' });
    const more = describing(
      field('Region__c', 'picklist'),
      field('Agreed__c', 'boolean'),
      field('Many__c', 'multipicklist'),
    );
    const fitted = fit(
      requiring('Region__c', 'Agreed__c', 'Many__c', 'Hidden__c'),
      contextOf([hidden], EMPTY_MAPPING, more),
    );
    assert.deepEqual(fitted.findings, []);
    const test = (name: string): unknown =>
      String(metadataOf(fitted, `Opportunity.Waterfall_Proposal_${name}`)['errorConditionFormula'])
        .split('\n')
        .at(-2);
    assert.deepEqual(['Region', 'Agreed', 'Many', 'Hidden'].map(test), [
      '  ISPICKVAL(Region__c, "")',
      '  NOT(Agreed__c)',
      '  ISBLANK(Many__c)',
      '  ISPICKVAL(Hidden__c, "")',
    ]);
  });

  it('names a required field that the org has not got, with its line in the model', () => {
    const { findings } = fit(
      requiring('Nowhere__c', 'amount', 'Contract_Term_Months__c', 'NextStep'),
      contextOf([], EMPTY_MAPPING, describing()),
    );
    assert.deepEqual(
      findings.map(({ severity, code, place }) => [severity, code, place]),
      [['error', 'PLAN_REQUIRED_FIELD_MISSING', 'config/waterfall.yaml:42:30']],
    );
    assert.match(findings[0]!.message, /^Leaving Proposal requires Nowhere__c/);
  });

  const adopting = (process: string, stages: readonly string[]): RuleContext => ({
    ...contextOf([
      component('RecordType', 'Opportunity.New_Logo', { active: true, label: 'New Logo', businessProcess: process }),
      component('BusinessProcess', `Opportunity.${process}`, {
        isActive: true,
        values: stages.map((fullName) => ({ fullName, default: false })),
      }),
    ]),
    adopted: new Set(['New_Logo']),
    adoptedProcesses: new Map([['Opportunity.New_Logo', 'Waterfall New Logo']]),
  });
  const RULE = 'Opportunity.Waterfall_Stage_of_New_Logo';

  it('lets an adopted record type keep its stages, before the first deploy and after it', () => {
    const before = metadataOf(fit(twoTypes, adopting('Theirs', ['Proposal', 'Id. Makers', 'Demo'])), RULE);
    assert.match(String(before['errorConditionFormula']), /"Demo"\),\s+ISPICKVAL\(StageName, "Id\. Makers"\)/);
    const after = fit(twoTypes, adopting('Waterfall New Logo', ['Targeted', 'Proposal', 'Id. Makers', 'Demo']));
    assert.deepEqual(metadataOf(after, RULE), before);
  });

  it('says so when an adopted record type keeps more stages than a rule can name', () => {
    const many = Array.from({ length: 120 }, (_, index) => `A stage of their own, number ${String(index)}`);
    const { components, findings } = fit(twoTypes, adopting('Theirs', many));
    assert.deepEqual(
      findings.map(({ severity, code }) => [severity, code]),
      [['error', 'PLAN_RULE_TOO_LONG']],
    );
    assert.deepEqual(components, compileWaterfall(twoTypes));
  });
});
