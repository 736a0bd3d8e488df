/**
 * What the platform says when it refuses a component. Where a text is quoted in public, the source is named; the others are worded
 * as the platform words their like.
 */
export const PROBLEMS = {
  /** This and the next three: sfdx-hardis, deployTipsList.ts (errors of real deploys). */
  noComponent: (type: string, name: string) => `In field: ${type} - no ${type} named ${name} found`,
  inField: (element: string, type: string, name: string) => `In field: ${element} - no ${type} named ${name} found`,
  noField: (name: string) => `In field: field - no CustomField named ${name} found`,
  entityNotFound: (name: string) => `Entity of type CustomObject named ${name} cannot be found`,
  requiredField: (name: string) => `You cannot deploy to a required field: ${name}`,
  /** https://github.com/SFDO-Tooling/CumulusCI/issues/142 */
  referencedElsewhere: (users: readonly string[]) =>
    `This custom field is referenced elsewhere in salesforce.com. : ${users.join(', ')}`,
  /** Unconfirmed. */
  componentInUse: (name: string, users: readonly string[]) =>
    `Your attempt to delete ${name} could not be completed because it is referenced by: ${users.join(', ')}`,
  /** https://github.com/forcedotcom/devops-center-feedback/issues/203 */
  recordTypeDelete: 'Cannot delete record type through API',
  /** https://github.com/scolladon/sfdx-git-delta/issues/366, https://github.com/forcedotcom/cli/issues/3401 */
  flowDelete: 'insufficient access rights on cross-reference id',
  /** https://github.com/forcedotcom/cli/issues/1133 */
  notNamedInManifest: 'Not in package.xml',
  /** sfdx-hardis, deployTipsList.ts. */
  notInZip: (type: string, name: string) =>
    `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`,
  unknownType: (type: string) => `Unknown type name '${type}' specified in package.xml`,
  nothingToDelete: (type: string, name: string) => `No ${type} named: ${name} found`,
  wildcardDelete: 'Wildcards are not allowed in destructiveChanges.xml. Name each component.',
  nameRule: (what: string, name: string) =>
    `The ${what} API name "${name}" can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.`,
  tooLong: (element: string, limit: number) => `${element}: data value too large (max length=${limit})`,
  duplicateName: (type: string, name: string) => `Duplicate ${type} ${name} in the package`,
};
