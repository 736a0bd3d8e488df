import type { DeployOptions, DeployResult, TestLevel } from '../../metadata/deploy-types.ts';
import { cancelDeploy, deploy, deployRecentValidation, deployStatus } from '../../metadata/deploy.ts';
import { child, childBoolean, childText, childTexts, type XmlElement } from './parse-envelope.ts';
import type { SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

function deployOptions(given: XmlElement | undefined): DeployOptions {
  return {
    allowMissingFiles: childBoolean(given, 'allowMissingFiles'),
    autoUpdatePackage: childBoolean(given, 'autoUpdatePackage'),
    checkOnly: childBoolean(given, 'checkOnly'),
    ignoreWarnings: childBoolean(given, 'ignoreWarnings'),
    performRetrieve: childBoolean(given, 'performRetrieve'),
    purgeOnDelete: childBoolean(given, 'purgeOnDelete'),
    rollbackOnError: childBoolean(given, 'rollbackOnError'),
    runTests: childTexts(given, 'runTests'),
    singlePackage: childBoolean(given, 'singlePackage'),
    testLevel: childText(given, 'testLevel') as TestLevel | undefined,
  };
}

/** A DeployResult as SOAP tells it; details only when they were asked for. */
function statusValue(result: DeployResult, includeDetails: boolean): XmlValue {
  const { details, ...summary } = result;
  return { ...summary, ...(includeDetails ? { details: details as unknown as XmlValue } : {}) };
}

/** Deploys of the Metadata API. They finish in the call that starts them; clients then find them done. */
export const deployOperations: Readonly<Record<string, SoapOperation>> = {
  deploy(context, { operation, user }) {
    const zip = Buffer.from(childText(operation, 'ZipFile') ?? '', 'base64');
    const { id } = deploy(context.org, user, zip, deployOptions(child(operation, 'DeployOptions')));
    return element('result', { done: false, id, state: 'Queued' });
  },
  checkDeployStatus(context, { operation }) {
    const result = deployStatus(context.org, childText(operation, 'asyncProcessId') ?? '');
    return element('result', statusValue(result, childBoolean(operation, 'includeDetails') ?? false));
  },
  cancelDeploy(context, { operation }) {
    // The WSDL calls the parameter `String`; jsforce calls it `id`.
    const id = childText(operation, 'String') ?? childText(operation, 'id') ?? '';
    return element('result', { ...cancelDeploy(context.org, id) });
  },
  deployRecentValidation(context, { operation, user }) {
    const { id } = deployRecentValidation(context.org, user, childText(operation, 'validationId') ?? '');
    return element('result', id);
  },
};
