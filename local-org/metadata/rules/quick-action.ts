import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem } from './rule.ts';

/** Quick action types that name a target object. Metadata API Developer Guide, QuickAction. */
const TARGETED: ReadonlySet<string> = new Set(['Create', 'LogACall', 'Post']);

interface ActionLayout {
  readonly quickActionLayoutColumns?: readonly {
    readonly quickActionLayoutItems?: readonly { readonly field?: string }[];
  }[];
}

/** `Opportunity.Hand_Over` is an action of the object; a name without a dot is a global one. */
export const quickActionRule: Rule = (component, stored, world) => {
  const action = stored.metadata;
  const [first, second] = splitChildName(component.fullName);
  const isGlobal = second === '';
  const problems: RuleProblem[] = [
    ...checkDeveloperName('quick action', isGlobal ? first : second),
    ...checkLength('Label', action.label, NAME_LIMITS.developerName),
    ...(action.label === undefined && action.standardLabel === undefined ? checkRequired('label', undefined) : []),
  ];
  if (!isGlobal && !world.objectExists(first)) return [{ problem: PROBLEMS.entityNotFound(first) }];
  const target = textOf(action.targetObject);
  if (target !== '' && !world.objectExists(target)) return [...problems, { problem: PROBLEMS.entityNotFound(target) }];
  const written = TARGETED.has(textOf(action.type)) && target !== '' ? target : first;
  const layout = (action.quickActionLayout ?? {}) as ActionLayout;
  const shown = (layout.quickActionLayoutColumns ?? []).flatMap((column) => column.quickActionLayoutItems ?? []);
  const overrides = (action.fieldOverrides ?? []) as readonly { field?: string }[];
  for (const { field = '' } of [...shown, ...overrides]) {
    if (field !== '' && (!isGlobal || target !== '') && !world.field(written, field) && /__c$/i.test(field))
      problems.push({ problem: PROBLEMS.noField(`${written}.${field}`) });
  }
  const references: readonly (readonly [string, string])[] = [
    ['lightningWebComponent', 'LightningComponentBundle'],
    ['flowDefinition', 'Flow'],
    ['flexiPage', 'FlexiPage'],
  ];
  for (const [element, type] of references) {
    const name = textOf(action[element]);
    if (name !== '' && !world.metadata.get(type, name))
      problems.push({ problem: PROBLEMS.inField(element, type, name) });
  }
  return problems;
};
