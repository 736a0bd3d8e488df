import { medium, updateStep } from './own-component.ts';
import { NOTHING } from './rule.ts';
import type { Outcome, RuleContext } from './rule.ts';

const TYPE = 'Settings';
const FULL_NAME = 'PathAssistant';

/**
 * A path can be deployed while the org's preference is off, and then nobody sees it
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_pathassistantsettings.htm).
 */
export function pathSetting(hasPaths: boolean, { snapshot }: RuleContext): Outcome {
  const present = snapshot.components[`${TYPE}:${FULL_NAME}`];
  const enabled = String(present?.metadata['pathAssistantEnabled']) === 'true';
  if (!hasPaths || enabled) return NOTHING;
  if (!present) {
    return {
      steps: [],
      findings: [
        {
          severity: 'warning',
          code: 'PLAN_PATH_SETTING_UNREAD',
          message: 'The org did not say whether paths are switched on.',
          place: 'Setup > Path Settings',
          action: 'After the deploy, look into Setup > Path Settings and enable Path if it is off.',
        },
      ],
    };
  }
  const after = {
    type: TYPE,
    fullName: FULL_NAME,
    metadata: { ...present.metadata, pathAssistantEnabled: true },
    source: 'opportunityTypes',
  };
  const before = { ...present, metadata: { ...present.metadata, pathAssistantEnabled: false } };
  const changed = [{ path: 'pathAssistantEnabled', before: 'false', after: 'true' }];
  const others = Object.values(snapshot.components).filter(({ type }) => type === 'PathAssistant').length;
  return {
    steps: [
      updateStep(
        before,
        after,
        changed,
        'Without it nobody sees the paths.',
        medium(`Every active path of the org appears (${others} of its own on Opportunity).`),
      ),
    ],
    findings: [],
  };
}
