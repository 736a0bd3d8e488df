import { apexClassRule } from './apex-class.ts';
import { customApplicationRule, customTabRule } from './app.ts';
import { customLabelRule } from './custom-label.ts';
import { customMetadataRule } from './custom-metadata.ts';
import { customNotificationTypeRule } from './custom-notification-type.ts';
import { dashboardRule } from './dashboard.ts';
import { duplicateRuleRule } from './duplicate-rule.ts';
import { queueRule } from './queue.ts';
import { quickActionRule } from './quick-action.ts';
import { folderRule, reportRule } from './report.ts';
import { reportTypeRule } from './report-type.ts';
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
  ApexClass: apexClassRule,
  BusinessProcess: businessProcessRule,
  CompactLayout: compactLayoutRule,
  CustomApplication: customApplicationRule,
  CustomField: customFieldRule,
  CustomLabel: customLabelRule,
  CustomMetadata: customMetadataRule,
  CustomNotificationType: customNotificationTypeRule,
  CustomObject: customObjectRule,
  CustomPermission: customPermissionRule,
  CustomTab: customTabRule,
  Dashboard: dashboardRule,
  DashboardFolder: folderRule,
  DuplicateRule: duplicateRuleRule,
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
  Queue: queueRule,
  QuickAction: quickActionRule,
  RecordType: recordTypeRule,
  Report: reportRule,
  ReportFolder: folderRule,
  ReportType: reportTypeRule,
  StandardValueSet: standardValueSetRule,
  ValidationRule: validationRuleRule,
};
