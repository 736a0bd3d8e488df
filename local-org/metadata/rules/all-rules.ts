import { customApplicationRule, customTabRule } from './app.ts';
import { customFieldRule } from './custom-field.ts';
import { flexiPageRule } from './flexi-page.ts';
import { flowDefinitionRule, flowRule } from './flow.ts';
import { layoutRule } from './layout.ts';
import { leadConvertSettingsRule } from './lead-convert-settings.ts';
import { lightningComponentBundleRule } from './lightning-component-bundle.ts';
import { compactLayoutRule, customObjectRule, listViewRule, validationRuleRule } from './object.ts';
import { pathAssistantRule } from './path-assistant.ts';
import { customPermissionRule, permissionSetRule, profileRule } from './permissions.ts';
import { businessProcessRule, recordTypeRule } from './record-type.ts';
import type { Rule } from './rule.ts';
import { globalValueSetRule, standardValueSetRule } from './value-sets.ts';

/** The rule of each type; types without one are held to the schema alone. */
export const RULES: Readonly<Record<string, Rule>> = {
  BusinessProcess: businessProcessRule,
  CompactLayout: compactLayoutRule,
  CustomApplication: customApplicationRule,
  CustomField: customFieldRule,
  CustomObject: customObjectRule,
  CustomPermission: customPermissionRule,
  CustomTab: customTabRule,
  FlexiPage: flexiPageRule,
  Flow: flowRule,
  FlowDefinition: flowDefinitionRule,
  GlobalValueSet: globalValueSetRule,
  Layout: layoutRule,
  LeadConvertSettings: leadConvertSettingsRule,
  LightningComponentBundle: lightningComponentBundleRule,
  ListView: listViewRule,
  PathAssistant: pathAssistantRule,
  PermissionSet: permissionSetRule,
  Profile: profileRule,
  RecordType: recordTypeRule,
  StandardValueSet: standardValueSetRule,
  ValidationRule: validationRuleRule,
};
