import { parseSoql } from '../../data/soql/parse-soql.ts';
import type { SoqlResult } from '../../data/soql/soql-result.ts';
import { runSoql } from '../../data/transaction.ts';
import type { Transaction } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { queryTooling } from './tooling-engine.ts';
import { TOOLING_OBJECTS } from './tooling-objects.ts';

const TOOLING = new Set(Object.keys(TOOLING_OBJECTS).map((name) => name.toLowerCase()));

const fromName = (soql: string): string => parseSoql(soql).from.name.toLowerCase();

/**
 * A query of the Tooling API; objects that are no views of metadata are the data API's (ApexTrigger, Organization, User
 * …).
 */
export function queryToolingApi(tx: Transaction, metadata: MetadataReader, soql: string): SoqlResult {
  if (!TOOLING.has(fromName(soql))) return runSoql(tx, soql);
  const result = queryTooling(tx, metadata, soql);
  if (result.records.length > 1 && result.columns.some(({ path }) => path.length === 1 && path[0] === 'Metadata')) {
    // Tooling API Developer Guide, "Metadata" field of every object that has it.
    throw new PlatformError(
      'MALFORMED_QUERY',
      'When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for ' +
        `retrieval. Result size: ${String(result.records.length)}`,
    );
  }
  return result;
}
