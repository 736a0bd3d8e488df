import { checkLength, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem } from './rule.ts';

export const DUPLICATE_RULE_PROBLEMS = {
  /** https://github.com/SalesforceCommerceCloud/b2c-crm-sync/issues/120 */
  sortOrder: 'SortOrder must be in sequential order from 1.',
  /** Metadata API Developer Guide, DuplicateRule, alertText ("you receive a validation error"); text unconfirmed. */
  alertText: 'alertText is allowed only where actionOnInsert or actionOnUpdate is Allow',
  noMatchingRule: (name: string) => `In field: matchingRule - no MatchingRule named ${name} found`,
};

interface MatchRule {
  readonly matchRuleSObjectType?: string;
  readonly matchingRule?: string;
}

/** Matching rules that come with every org. Help, "Standard Matching Rules". */
const STANDARD_MATCHING_RULE = /^Standard_(?:Account|Contact|Lead)_Match_Rule_v\d/;

export const duplicateRuleRule: Rule = (component, stored, world) => {
  const [object] = splitChildName(component.fullName);
  const rule = stored.metadata;
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  const problems: RuleProblem[] = [
    ...checkLength('Rule Name', rule.masterLabel, NAME_LIMITS.developerName),
    ...checkLength('Description', rule.description, NAME_LIMITS.description),
  ];
  const orders = world.metadata
    .ofType('DuplicateRule')
    .filter((one) => splitChildName(one.fullName)[0].toLowerCase() === object.toLowerCase())
    .map((one) => Number(one.metadata.sortOrder))
    .sort((one, other) => one - other);
  if (orders.some((order, index) => order !== index + 1)) problems.push({ problem: DUPLICATE_RULE_PROBLEMS.sortOrder });
  const allows = rule.actionOnInsert === 'Allow' || rule.actionOnUpdate === 'Allow';
  if (typeof rule.alertText === 'string' && rule.alertText !== '' && !allows)
    problems.push({ problem: DUPLICATE_RULE_PROBLEMS.alertText });
  for (const match of (rule.duplicateRuleMatchRules ?? []) as readonly MatchRule[]) {
    const name = `${match.matchRuleSObjectType ?? ''}.${match.matchingRule ?? ''}`;
    if (STANDARD_MATCHING_RULE.test(match.matchingRule ?? '') || world.metadata.get('MatchingRule', name)) continue;
    problems.push({ problem: DUPLICATE_RULE_PROBLEMS.noMatchingRule(name) });
  }
  return problems;
};
