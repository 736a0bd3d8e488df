import type { Finding } from '../finding.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Snapshot } from '../org/snapshot.ts';

const SETTING = 'Settings:LeadConfig';
const OFF: readonly unknown[] = [false, 'false'];

/**
 * What the org's lead settings keep the waterfall from doing. "If off, validation rules, workflow and triggers are bypassed" when a lead is
 * converted (LeadConfigSettings, `shouldLeadConvertRequireValidation`; true unless an older org has it off): then no converted lead is
 * stamped, marked as converted or brought to its buying group. The plan does not switch it on: rules of the org would begin to refuse.
 */
export const leadSettingFindings = ({ leads }: Waterfall, { components }: Snapshot): readonly Finding[] =>
  leads === null || !OFF.includes(components[SETTING]?.metadata['shouldLeadConvertRequireValidation'])
    ? []
    : [
        {
          severity: 'warning',
          code: 'PLAN_LEAD_VALIDATION',
          message:
            'Flows and validation rules do not run when a lead is converted here, so converted leads get no dates and join no buying group.',
          place: 'Setup > Lead Settings',
          action:
            'Enable "Require Validation for Converted Leads", after looking at what the own rules of the org would refuse.',
        },
      ];
