import { parentOf, registryEntry } from '../metadata-registry.ts';

/**
 * Types for which `*` is not allowed in package.xml; every member must be named. Metadata API Developer Guide, the "Wildcard Support
 * in the Manifest File" section of each type; children of CustomObject, types in folders and standard value sets have none.
 */
const NAMED_ONLY: ReadonlySet<string> = new Set(['StandardValueSet', 'StandardValueSetTranslation']);
const CHILD_WILDCARDS: ReadonlySet<string> = new Set([
  'CustomLabel',
  'MatchingRule',
  'AssignmentRule',
  'SharingCriteriaRule',
  'SharingOwnerRule',
]);

export function allowsWildcard(type: string): boolean {
  if (NAMED_ONLY.has(type) || registryEntry(type)?.inFolder === true) return false;
  return parentOf(type) === undefined || CHILD_WILDCARDS.has(type);
}

/** notFound: https://github.com/forcedotcom/devops-center-feedback/issues/217; the others are unconfirmed. */
export const RETRIEVE_PROBLEMS = {
  notFound: (type: string, name: string) => `Entity of type '${type}' named '${name}' cannot be found`,
  unknownType: (type: string) => `Entity type: '${type}' is unknown`,
  noPackages: (name: string) => `No package named '${name}' found`,
};
