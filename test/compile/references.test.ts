import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { type Component, componentKey } from '../../scripts/metadata/component.ts';
import { STAGE_TRACKER } from '../../scripts/compile/names.ts';
import { EDITABLE_BY_PERMISSION, STANDARD_FIELDS } from '../../scripts/compile/standard-fields.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { MODELS } from './models.ts';

type Json = Readonly<Record<string, unknown>>;

/** Every text below a value that stands under one of these keys. */
const textsUnder = (value: unknown, keys: ReadonlySet<string>, under = false): readonly string[] => {
  if (typeof value === 'string') return under ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsUnder(item, keys, under));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsUnder(item, keys, keys.has(key)));
};

const SYSTEM_FIELDS = ['CreatedById', 'LastModifiedById', 'RecordTypeId'];
const CUSTOM_OBJECT_FIELDS = ['CreatedById', 'LastModifiedById', 'Name', 'OwnerId'];

const fieldsOf = (components: readonly Component[], object: string): ReadonlySet<string> =>
  new Set([
    ...components
      .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(`${object}.`))
      .map(({ fullName }) => fullName.slice(object.length + 1)),
    ...(object === 'Opportunity' ? [...Object.keys(STANDARD_FIELDS), ...SYSTEM_FIELDS] : []),
    ...(object.endsWith('__c') ? CUSTOM_OBJECT_FIELDS : []),
  ]);

const ofType = (components: readonly Component[], ...types: readonly string[]): readonly Component[] =>
  components.filter(({ type }) => types.includes(type));

/** The object that a component belongs to: `Handshake__c.All`, `Handshake__c-Handshake Layout`. */
const objectOf = ({ fullName }: Component): string => /^(\w+)[.-]/.exec(fullName)?.[1] ?? 'Opportunity';

const checkFields = (all: readonly Component[]): void => {
  for (const [object, components] of Map.groupBy(all, objectOf))
    checkFieldsOf(object, components, fieldsOf(all, object));
};

const checkFieldsOf = (object: string, components: readonly Component[], known: ReadonlySet<string>): void => {
  const named = [
    ...ofType(components, 'Layout').flatMap(({ metadata }) =>
      textsUnder((metadata as Json).layoutSections, new Set(['field'])),
    ),
    ...ofType(components, 'PathAssistant').flatMap(({ metadata }) => textsUnder(metadata, new Set(['fieldNames']))),
    ...ofType(components, 'CompactLayout').flatMap(({ metadata }) => textsUnder(metadata, new Set(['fields']))),
    ...ofType(components, 'RecordType').flatMap(({ metadata }) => textsUnder(metadata, new Set(['picklist']))),
    ...ofType(components, 'ValidationRule').flatMap(({ metadata }) =>
      textsUnder(metadata, new Set(['errorDisplayField'])),
    ),
    ...ofType(components, 'ListView').flatMap(({ metadata }) =>
      textsUnder(metadata, new Set(['columns', 'field'])).filter((name) => name.endsWith('__c')),
    ),
    ...ofType(components, 'ValidationRule').flatMap(({ metadata }) => {
      const formula = (metadata as Json).errorConditionFormula as string;
      return [...formula.matchAll(/(?:ISBLANK|ISPICKVAL|PRIORVALUE|ISCHANGED)\((\w+)[,)]/g)].map(([, name]) => name!);
    }),
  ].filter((name) => name !== 'PRIORVALUE');
  assert.ok(object !== 'Opportunity' || named.length > 0);
  for (const name of named) assert.ok(known.has(name), `field ${object}.${name} is used and does not exist`);
};

const checkPermissions = (components: readonly Component[]): void => {
  const keys = new Set(components.map(componentKey));
  for (const { fullName, metadata } of ofType(components, 'PermissionSet')) {
    for (const field of textsUnder((metadata as Json).fieldPermissions, new Set(['field']))) {
      const standard = EDITABLE_BY_PERMISSION.has(field.replace('Opportunity.', ''));
      assert.ok(standard || keys.has(`CustomField:${field}`), `${fullName}: ${field}`);
    }
    for (const name of textsUnder(metadata, new Set(['recordType']))) assert.ok(keys.has(`RecordType:${name}`), name);
    for (const name of textsUnder((metadata as Json).customPermissions, new Set(['name'])))
      assert.ok(keys.has(`CustomPermission:${name}`), name);
  }
};

const checkStages = (components: readonly Component[], model: Waterfall): void => {
  const stages = new Set(model.opportunityTypes.flatMap((type) => type.stages.map(({ name }) => name)));
  const named = [
    ...ofType(components, 'BusinessProcess').flatMap(({ metadata }) => textsUnder(metadata, new Set(['fullName']))),
    ...ofType(components, 'PathAssistant').flatMap(({ metadata }) =>
      textsUnder(metadata, new Set(['picklistValueName'])),
    ),
    ...ofType(components, 'ValidationRule').flatMap(({ metadata }) =>
      [...((metadata as Json).errorConditionFormula as string).matchAll(/StageName\)?, "([^"]+)"/g)].map(
        ([, name]) => name!,
      ),
    ),
  ];
  for (const name of named) assert.ok(stages.has(name), `stage ${name}`);
};

for (const [name, model] of Object.entries(MODELS)) {
  test(`${name}: every field, stage, record type and permission that is named exists`, () => {
    const components = compileWaterfall(model);
    const keys = new Set(components.map(componentKey));
    checkFields(components);
    checkPermissions(components);
    checkStages(components, model);
    for (const { metadata } of ofType(components, 'RecordType')) {
      const { businessProcess, compactLayoutAssignment } = metadata as {
        businessProcess: string;
        compactLayoutAssignment: string;
      };
      assert.ok(keys.has(`BusinessProcess:Opportunity.${businessProcess}`), businessProcess);
      assert.ok(keys.has(`CompactLayout:Opportunity.${compactLayoutAssignment}`), compactLayoutAssignment);
    }
    for (const { metadata } of ofType(components, 'PathAssistant')) {
      assert.ok(keys.has(`RecordType:Opportunity.${(metadata as { recordTypeName: string }).recordTypeName}`));
    }
  });
}

test('the record page names each region once, and every facet that a component fills exists', () => {
  const [page] = ofType(compileWaterfall(MODELS.defaultModel!), 'FlexiPage');
  const regions = (page!.metadata as { flexiPageRegions: { name: string; type: string }[] }).flexiPageRegions;
  const names = regions.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const facets = regions.filter(({ type }) => type === 'Facet').map(({ name }) => name);
  const text = JSON.stringify(page!.metadata);
  for (const facet of facets) assert.match(text, new RegExp(`"value":"${facet}"`), facet);
  const identifiers = textsUnder(page!.metadata, new Set(['identifier']));
  assert.equal(new Set(identifiers).size, identifiers.length);
  assert.ok(identifiers.includes(`c_${STAGE_TRACKER}`));
});
