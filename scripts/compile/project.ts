/** API version of everything that is compiled: `sourceApiVersion` in sfdx-project.json. */
export const API_VERSION = '66.0';
