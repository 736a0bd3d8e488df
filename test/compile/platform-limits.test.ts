import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import type { Component } from '../../scripts/metadata/component.ts';
import { LIMIT } from '../../scripts/compile/limits.ts';
import { splitChildName } from '../../scripts/metadata/metadata-types.ts';
import { MODELS } from './models.ts';

/** The elements that are measured, of whichever type. */
interface Metadata {
  readonly label?: string;
  readonly masterLabel?: string;
  readonly description?: string;
  readonly inlineHelpText?: string;
  readonly relationshipName?: string;
  readonly errorMessage?: string;
  readonly errorConditionFormula?: string;
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  readonly filters?: readonly object[];
  readonly pathAssistantSteps: readonly { readonly fieldNames: readonly string[]; readonly info: string }[];
  readonly standardValue: readonly { readonly fullName: string; readonly description?: string }[];
}
type Measure = readonly [what: string, actual: number, limit: number];
const size = (text: string | undefined): number => text?.length ?? 0;

const MEASURES: Readonly<Record<string, (name: string, metadata: Metadata) => readonly Measure[]>> = {
  CustomField: (name, { label, description, inlineHelpText, relationshipName }) => [
    ['name', size(name.replace(/__c$/, '')), LIMIT.fieldName],
    ['label', size(label), LIMIT.fieldLabel],
    ['description', size(description), LIMIT.fieldDescription],
    ['help', size(inlineHelpText), LIMIT.inlineHelpText],
    ['relationship', size(relationshipName), LIMIT.fieldName],
  ],
  RecordType: (name, { label, description }) => [
    ['name', size(name), LIMIT.recordTypeName],
    ['label', size(label), LIMIT.recordTypeLabel],
    ['description', size(description), LIMIT.recordTypeDescription],
  ],
  BusinessProcess: (name, { description }) => [
    ['name', size(name), LIMIT.businessProcessName],
    ['description', size(description), LIMIT.businessProcessDescription],
  ],
  ValidationRule: (name, { errorMessage, errorConditionFormula, description }) => [
    ['name', size(name), LIMIT.validationRuleName],
    ['message', size(errorMessage), LIMIT.errorMessage],
    ['formula', size(errorConditionFormula), LIMIT.formula],
    ['description', size(description), LIMIT.validationRuleDescription],
  ],
  PathAssistant: (_, { masterLabel, pathAssistantSteps }) => [
    ['label', size(masterLabel), LIMIT.pathLabel],
    ...pathAssistantSteps.flatMap(({ fieldNames, info }): Measure[] => [
      ['guidance', size(info), LIMIT.pathGuidance],
      ['fields', fieldNames.length, LIMIT.pathFields],
    ]),
  ],
  CompactLayout: (_, { fields }) => [['fields', fields.length, LIMIT.compactLayoutFields]],
  Layout: (name) => [['name', size(name.slice(name.indexOf('-') + 1)), LIMIT.layoutName]],
  ListView: (name, { label, columns, filters = [] }) => [
    ['name', size(name), LIMIT.listViewName],
    ['label', size(label), LIMIT.listViewLabel],
    ['columns', columns.length, LIMIT.listViewColumns],
    ['filters', filters.length, LIMIT.listViewFilters],
  ],
  PermissionSet: (name, { label, description }) => [
    ['name', size(name), LIMIT.permissionSetName],
    ['label', size(label), LIMIT.permissionSetLabel],
    ['description', size(description), LIMIT.permissionSetDescription],
  ],
  CustomPermission: (_, { label }) => [['label', size(label), LIMIT.customPermissionLabel]],
  FlexiPage: (_, { masterLabel, description }) => [
    ['label', size(masterLabel), LIMIT.flexiPageLabel],
    ['description', size(description), LIMIT.flexiPageDescription],
  ],
  StandardValueSet: (_, { standardValue }) =>
    standardValue.flatMap(({ fullName, description }): Measure[] => [
      ['value', size(fullName), LIMIT.picklistValue],
      ['description', size(description), LIMIT.picklistValueDescription],
    ]),
};

const localName = ({ type, fullName }: Component): string =>
  fullName.includes('.') && type !== 'Layout' ? splitChildName(fullName)[1] : fullName;

for (const [name, model] of Object.entries(MODELS)) {
  test(`${name}: nothing is longer than the platform accepts`, () => {
    for (const component of compileWaterfall(model)) {
      for (const [what, actual, limit] of MEASURES[component.type]?.(
        localName(component),
        component.metadata as Metadata,
      ) ?? []) {
        assert.ok(
          actual <= limit,
          `${component.type} ${component.fullName}: ${what} has ${String(actual)} of ${String(limit)}`,
        );
      }
    }
  });

  test(`${name}: names are what the platform takes as they stand, with nothing to percent-encode`, () => {
    const plain: Readonly<Record<string, RegExp>> = {
      BusinessProcess: /^[A-Za-z0-9 ]+$/,
      CustomObject: /^[A-Za-z](?:_?[A-Za-z0-9])*__c$/,
      CustomTab: /^[A-Za-z](?:_?[A-Za-z0-9])*__c$/,
      Layout: /^(?:Opportunity|Handshake__c)-[A-Za-z0-9 ]+$/,
      LightningComponentBundle: /^[a-z][A-Za-z0-9]*$/,
      CustomField: /^[A-Za-z](?:_?[A-Za-z0-9])*__c$/,
    };
    for (const component of compileWaterfall(model)) {
      const pattern = plain[component.type] ?? /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
      assert.match(localName(component), pattern, component.type);
    }
  });
}
