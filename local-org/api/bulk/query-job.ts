import type { SoqlColumn, SoqlRecord, SoqlResult, SoqlValue } from '../../data/soql/soql-result.ts';
import { PlatformError } from '../../platform-error.ts';
import type { StoredJob } from './bulk-store.ts';
import type { CsvFormat } from './csv.ts';

/** A query job as it is kept; its rows lie beside it. */
export interface QueryJob extends StoredJob {
  readonly version: string;
  readonly userId: string;
  readonly operation: 'query' | 'queryAll';
  readonly object: string;
  readonly format: CsvFormat;
  readonly createdDate: string;
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly state: 'JobComplete';
}

/** JobInfo of a query job (Bulk API 2.0 Developer Guide, "Get Information About a Query Job"). */
export function queryJobInfo(job: QueryJob, atCreation = false): Record<string, unknown> {
  const stamp = job.createdDate.replace(/Z$/, '+0000');
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
    createdDate: stamp,
    systemModstamp: stamp,
    state: atCreation ? 'UploadComplete' : job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: job.format.lineEnding,
    columnDelimiter: job.format.columnDelimiter,
    ...(atCreation
      ? {}
      : {
          jobType: 'V2Query',
          numberRecordsProcessed: job.rowCount,
          retries: 0,
          totalProcessingTime: 0,
          isPkChunkingSupported: false,
        }),
  };
}

/** What Bulk API 2.0 cannot query (Bulk API 2.0 Developer Guide, "SOQL Considerations"). */
function refuseUnsupported(columns: readonly SoqlColumn[]): void {
  if (columns.some(({ children }) => children !== null)) {
    throw new PlatformError('API_ERROR', 'Aggregate Relationships not supported in Bulk Query');
  }
  if (columns.length === 0 || columns.some(({ aggregate }) => aggregate)) {
    throw new PlatformError('API_ERROR', 'Aggregate functions and GROUP BY are not supported in Bulk Query');
  }
}

function valueAt(record: SoqlRecord, path: readonly string[]): SoqlValue {
  return path.reduce<SoqlValue>((at, name) => {
    if (at === null || typeof at !== 'object' || at.kind !== 'record') return null;
    return at.values[name] ?? null;
  }, record);
}

const text = (value: SoqlValue): string => (value === null || typeof value === 'object' ? '' : String(value));

/**
 * Header and rows of a result, parents' fields as `Account.Name`. Throws API_ERROR for what Bulk API 2.0 cannot query.
 */
export function flatten(result: SoqlResult): {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]>;
} {
  refuseUnsupported(result.columns);
  const paths = result.columns.map(({ path }) => path);
  function* rows(): Generator<readonly string[]> {
    for (const record of result.records) yield paths.map((path) => text(valueAt(record, path)));
  }
  return { header: paths.map((path) => path.join('.')), rows: rows() };
}
