import { checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { overrideProblems } from './object.ts';
import { PROBLEMS } from './problems.ts';
import type { Rule, RuleProblem } from './rule.ts';

type Entry = Readonly<Record<string, unknown>>;

export const customApplicationRule: Rule = (component, stored, world) => {
  const app = stored.metadata;
  const problems: RuleProblem[] = [
    ...(component.fullName.startsWith('standard__') ? [] : checkRequired('label', app.label)),
    ...checkLength('Label', app.label, NAME_LIMITS.label),
    ...overrideProblems(app.actionOverrides, world),
  ];
  for (const tab of (app.tabs ?? []) as readonly string[]) {
    const isObject = world.objectExists(tab) || tab.startsWith('standard-');
    if (!isObject && !world.metadata.get('CustomTab', tab))
      problems.push({ problem: PROBLEMS.inField('tabs', 'CustomTab', tab) });
  }
  for (const entry of (app.profileActionOverrides ?? []) as readonly Entry[]) {
    const page = entry.content;
    const recordType = entry.recordType;
    const profile = String(entry.profile);
    if (typeof page === 'string' && !world.metadata.get('FlexiPage', page))
      problems.push({ problem: PROBLEMS.inField('content', 'FlexiPage', page) });
    if (
      typeof recordType === 'string' &&
      !world.metadata.get('RecordType', recordType) &&
      !recordType.endsWith('.Master')
    ) {
      problems.push({ problem: PROBLEMS.inField('recordType', 'RecordType', recordType) });
    }
    if (!world.metadata.get('Profile', profile))
      problems.push({ problem: PROBLEMS.inField('profile', 'Profile', profile) });
  }
  const utilityBar = app.utilityBar;
  if (typeof utilityBar === 'string' && !world.metadata.get('FlexiPage', utilityBar)) {
    problems.push({ problem: PROBLEMS.inField('utilityBar', 'FlexiPage', utilityBar) });
  }
  return problems;
};

export const customTabRule: Rule = (component, stored, world) => {
  const page = stored.metadata.flexiPage;
  const bundle = stored.metadata.lwcComponent;
  const problems: RuleProblem[] = [];
  if (stored.metadata.customObject === true && !world.objectExists(component.fullName))
    problems.push({ problem: PROBLEMS.entityNotFound(component.fullName) });
  if (typeof page === 'string' && !world.metadata.get('FlexiPage', page))
    problems.push({ problem: PROBLEMS.inField('flexiPage', 'FlexiPage', page) });
  if (typeof bundle === 'string' && !world.metadata.get('LightningComponentBundle', bundle)) {
    problems.push({ problem: PROBLEMS.inField('lwcComponent', 'LightningComponentBundle', bundle) });
  }
  return problems;
};
