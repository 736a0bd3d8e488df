import { finding, setting } from '../facts.ts';
import type { Check } from '../facts.ts';

export const pathSettings: Check = (facts) =>
  setting(facts, 'PathAssistant', 'pathAssistantEnabled') === 'false'
    ? [
        finding(
          'info',
          'AUDIT_PATH',
          'Setup > Path Settings',
          'Paths are switched off; the plan switches them on.',
          'Nothing, unless somebody switched them off on purpose.',
        ),
      ]
    : [];

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flowsettings.htm: false by default in production, true elsewhere. */
export const flowActivation: Check = (facts) => {
  const value = setting(facts, 'Flow', 'enableFlowDeployAsActiveEnabled');
  const production = facts.snapshot.identity.kind === 'production';
  if (value === 'true') {
    return production
      ? [
          finding(
            'warning',
            'AUDIT_FLOW_TESTS',
            'Setup > Process Automation Settings',
            "Flows are deployed as active here, so the deploy runs Apex tests and needs the org's flow test coverage.",
            "See that the org's tests launch enough flows, or switch the setting off for the deploy: flows are activated afterwards anyway.",
          ),
        ]
      : [];
  }
  if (value === null && !production) return [];
  return [
    finding(
      'info',
      'AUDIT_FLOW_INACTIVE',
      'Setup > Process Automation Settings',
      'Flows may land inactive in this org.',
      'Nothing: waterfall deploy activates them afterwards.',
    ),
  ];
};

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_leadconfigsettings.htm */
export const leadConversion: Check = (facts) => {
  const found = [];
  if (setting(facts, 'LeadConfig', 'shouldLeadConvertRequireValidation') === 'false') {
    found.push(
      finding(
        'warning',
        'AUDIT_LEAD_VALIDATION',
        'Setup > Lead Settings',
        'Validation rules, triggers and flows do not run when a lead is converted, so converted opportunities get no stage dates.',
        'Enable "Require Validation for Converted Leads".',
      ),
    );
  }
  if (setting(facts, 'LeadConfig', 'doesSelectNoOpportunityOnConvertLead') === 'true') {
    found.push(
      finding(
        'info',
        'AUDIT_LEAD_OPPORTUNITY',
        'Setup > Lead Settings',
        'Converting a lead does not create an opportunity by default.',
        'Tell whoever converts leads, or clear the setting.',
      ),
    );
  }
  return found;
};

export const duplicateRules: Check = ({ automation }) =>
  automation.duplicateRules
    .filter(({ object }) => ['Account', 'Contact', 'Lead', 'Opportunity'].includes(object))
    .map(({ name, object }) =>
      finding(
        'info',
        'AUDIT_DUPLICATE_RULE',
        `DuplicateRule ${object}.${name}`,
        `An active duplicate rule on ${object} also applies to lead conversion and to records that automation creates.`,
        'If it blocks, see that the integration users may save duplicates.',
      ),
    );
