import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileLayouts } from '../../scripts/compile/layouts.ts';
import { SINGLE_LAYOUT, stageDateField } from '../../scripts/compile/names.ts';
import { compileStagesModule } from '../../scripts/compile/stages-module.ts';
import { allStages } from '../../scripts/model/waterfall.ts';
import { defaultModel, MODELS, typeFieldOnly } from './models.ts';

interface Item {
  readonly behavior: 'Edit' | 'Readonly' | 'Required';
  readonly field: string;
}
interface Section {
  readonly label: string;
  readonly layoutColumns: readonly { readonly layoutItems?: readonly Item[] }[];
}
const sectionsOf = (metadata: object): readonly Section[] =>
  (metadata as { readonly layoutSections: readonly Section[] }).layoutSections;
const itemsOf = (metadata: object): readonly Item[] =>
  sectionsOf(metadata).flatMap(({ layoutColumns }) => layoutColumns.flatMap(({ layoutItems = [] }) => layoutItems));

/** What the platform insists on: a layout must have these, and as required (retrieved Opportunity layouts). */
const REQUIRED = ['CloseDate', 'Name', 'StageName'];
const behaviours = (metadata: object): Readonly<Record<string, string>> =>
  Object.fromEntries(itemsOf(metadata).map(({ field, behavior }) => [field, behavior]));

for (const [name, model] of Object.entries(MODELS)) {
  test(`${name}: a layout has every field once, the required ones as required, and what is stamped read-only`, () => {
    for (const { metadata } of compileLayouts(model)) {
      const fields = itemsOf(metadata).map(({ field }) => field);
      assert.equal(new Set(fields).size, fields.length);
      const behaviour = behaviours(metadata);
      for (const field of REQUIRED) assert.equal(behaviour[field], 'Required', field);
      assert.ok(!fields.includes('ForecastCategoryName'), 'the stage decides the forecast category');
      const stamped = fields.filter((field) => allStages(model).some((stage) => stageDateField(stage.name) === field));
      assert.ok(stamped.length > 0);
      for (const field of stamped) assert.equal(behaviour[field], 'Readonly', field);
    }
  });
}

test('where Type carries the opportunity type there is one layout with the stages of all types', () => {
  const model = { ...defaultModel, typeCarrier: 'typeField' as const };
  const layouts = compileLayouts(model);
  assert.deepEqual(
    layouts.map(({ fullName }) => fullName),
    [SINGLE_LAYOUT],
  );
  const { metadata } = layouts[0]!;
  assert.deepEqual(
    sectionsOf(metadata)
      .map(({ label }) => label)
      .filter((label) => label.endsWith('Stage Dates')),
    [
      'Acquisition Stage Dates',
      'Renewal Stage Dates',
      'Upsell Stage Dates',
      'Cross Sell Stage Dates',
      'Shared Stage Dates',
    ],
  );
  const behaviour = behaviours(metadata);
  for (const { name } of allStages(model)) assert.equal(behaviour[stageDateField(name)], 'Readonly', name);
  assert.equal(behaviour.Type, 'Required');
  assert.equal(behaviour.RecordTypeId, undefined);
});

test('the stage tracker finds the stages by the field that carries the type', () => {
  const text = (model: typeof defaultModel): string => compileStagesModule(model)[0]!.files!['waterfallStages.ts']!;
  assert.match(text(defaultModel), /TYPE_FIELD = 'Opportunity\.RecordType\.DeveloperName'[\s\S]+Cross_Sell: \[/);
  const [type] = typeFieldOnly.opportunityTypes;
  assert.match(text(typeFieldOnly), /TYPE_FIELD = 'Opportunity\.Type'/);
  assert.ok(
    text(typeFieldOnly).includes(`${/^\w+$/.test(type!.typeValue) ? type!.typeValue : `'${type!.typeValue}'`}: [`),
  );
});
