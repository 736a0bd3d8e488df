import { PROBLEMS } from './problems.ts';
import type { RuleProblem } from './rule.ts';

/** Developer names: letters, digits and single underscores, beginning with a letter. Help, "API Name". */
const DEVELOPER_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** Most developer names end at 80 characters; those of custom fields and objects at 40. Help, "Custom Field Allocations", "API name". */
export const NAME_LIMITS = {
  developerName: 80,
  customField: 40,
  label: 40,
  description: 255,
  fieldDescription: 1000,
  helpText: 510,
};

export function checkDeveloperName(
  what: string,
  name: string,
  limit: number = NAME_LIMITS.developerName,
): readonly RuleProblem[] {
  if (!DEVELOPER_NAME.test(name)) return [{ problem: PROBLEMS.nameRule(what, name) }];
  if (name.length > limit) return [{ problem: PROBLEMS.tooLong('Developer Name', limit) }];
  return [];
}

/** A text element that may not be longer than `limit`. */
export function checkLength(element: string, value: unknown, limit: number): readonly RuleProblem[] {
  return typeof value === 'string' && value.length > limit ? [{ problem: PROBLEMS.tooLong(element, limit) }] : [];
}

export function checkRequired(element: string, value: unknown): readonly RuleProblem[] {
  return value === undefined || value === null || value === ''
    ? [{ problem: `Required field is missing: ${element}` }]
    : [];
}
