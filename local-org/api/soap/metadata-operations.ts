import { crudOperations } from './crud-operations.ts';
import { deployOperations } from './deploy-operations.ts';
import { readOperations } from './read-operations.ts';
import type { SoapOperation } from './soap-operation.ts';

/** Operations of the Metadata API (metadata WSDL). */
export const metadataOperations: Readonly<Record<string, SoapOperation>> = {
  ...deployOperations,
  ...readOperations,
  ...crudOperations,
};
