import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { type Component, componentKey } from '../../scripts/metadata/component.ts';
import { rootElement } from '../../scripts/metadata/metadata-types.ts';
import { sourceFiles } from '../../scripts/metadata/source-files.ts';
import { metadataProblems } from '../../scripts/metadata/validate.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { defaultModel, MODELS, twoTypes, typeFieldOnly } from './models.ts';

const bytes = (waterfall: Waterfall): string =>
  compileWaterfall(waterfall)
    .flatMap((component) => [...sourceFiles(component)].flat())
    .join('\n');

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

for (const [name, model] of Object.entries(MODELS)) {
  test(`${name}: every component is what @salesforce/types says it is`, () => {
    const problems = compileWaterfall(model).flatMap(({ type, fullName, metadata }) =>
      metadataProblems(rootElement(type, fullName), metadata).map((problem) => `${fullName}: ${problem}`),
    );
    assert.deepEqual(problems, []);
  });

  test(`${name}: compiling again gives the same bytes`, () => {
    assert.equal(bytes(model), bytes(structuredClone(model)));
  });

  test(`${name}: components are JSON, and say which model entry caused them`, () => {
    for (const component of compileWaterfall(model)) {
      assert.deepEqual(JSON.parse(JSON.stringify(component.metadata)), component.metadata, componentKey(component));
      assert.notEqual(component.source, '');
    }
  });
}

test('compiling does not change the model', () => {
  assert.doesNotThrow(() => compileWaterfall(deepFreeze(structuredClone(defaultModel))));
});

test('two stages that would share a date field are refused by name', () => {
  const [first, ...rest] = twoTypes.opportunityTypes;
  const stages = first!.stages.map((stage, index) => (index === 0 ? { ...stage, name: 'Contract End' } : stage));
  assert.throws(
    () => compileWaterfall({ ...twoTypes, opportunityTypes: [{ ...first!, stages }, ...rest] }),
    /one name, CustomField:Opportunity\.Contract_End_Date__c/,
  );
});

const typesIn = (components: readonly Component[]): ReadonlySet<string> => new Set(components.map(({ type }) => type));

test('with the type in the Type field there are no record types, sales processes or paths', () => {
  const types = typesIn(compileWaterfall(typeFieldOnly));
  for (const type of ['RecordType', 'BusinessProcess', 'PathAssistant']) assert.ok(!types.has(type), type);
  for (const type of ['CustomField', 'Layout', 'ValidationRule', 'PermissionSet', 'FlexiPage'])
    assert.ok(types.has(type), type);
  const text = bytes(typeFieldOnly);
  assert.doesNotMatch(
    text,
    /RecordType\.DeveloperName|ISCHANGED\(RecordTypeId\)|OPPORTUNITY\.RECORDTYPE|recordTypeVisibilities|RecordTypeId</,
  );
  assert.match(text, /ISPICKVAL\(Type, &quot;New Business&quot;\)/);
  assert.doesNotMatch(text, /Solution__c/);
});

test('the standard value sets hold the model’s values and no others', () => {
  const values = (name: string): unknown => {
    const found = compileWaterfall(defaultModel).find(
      ({ type, fullName }) => type === 'StandardValueSet' && fullName === name,
    );
    return (found?.metadata as { standardValue: { fullName: string }[] } | undefined)?.standardValue.map(
      ({ fullName }) => fullName,
    );
  };
  const stages = new Set(defaultModel.opportunityTypes.flatMap((type) => type.stages.map((stage) => stage.name)));
  assert.deepEqual(values('OpportunityStage'), [...stages]);
  assert.deepEqual(values('OpportunityType'), ['New Business', 'Renewal', 'Upsell', 'Cross Sell']);
  assert.deepEqual(values('ContactRole'), ['Decision Maker', 'Signer', 'Champion', 'Influencer', 'User']);
  assert.equal(values('LeadStatus'), undefined);
});
