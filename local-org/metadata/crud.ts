import type { UserContext } from '../data/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import type { DeployPlan, EarlyProblem } from './deploy/deploy-plan.ts';
import { runPlan } from './deploy/run-plan.ts';
import type { MetadataInput, MetadataSaveResult } from './deploy-types.ts';
import { fileNameOf, parentOf, registryEntry } from './metadata-registry.ts';
import { openMetadataStore } from './open-metadata-store.ts';
import type { IncomingComponent } from './package/incoming.ts';
import { componentOfElement, componentsOfElement } from './package/read-components.ts';
import { RETRIEVE_PROBLEMS } from './retrieve/wildcards.ts';
import { elementOfValue } from './xml/elements-of-value.ts';

/** Records per call: Metadata API Developer Guide, createMetadata() and its neighbours. */
const RECORDS_PER_CALL = 10;

type Mode = 'create' | 'update' | 'upsert';

/**
 * createMetadata(): each record stands alone; one that fails does not undo the others. Results are in request order.
 * Throws PlatformError for an unknown type or too many records.
 */
export function createMetadata(
  org: LocalOrg,
  user: UserContext,
  type: string,
  records: readonly MetadataInput[],
): readonly MetadataSaveResult[] {
  return saveMetadata(org, user, type, records, 'create');
}

/** updateMetadata(): as createMetadata, for components that exist; each record replaces the whole component. */
export function updateMetadata(
  org: LocalOrg,
  user: UserContext,
  type: string,
  records: readonly MetadataInput[],
): readonly MetadataSaveResult[] {
  return saveMetadata(org, user, type, records, 'update');
}

/** upsertMetadata(): results say which were created. */
export function upsertMetadata(
  org: LocalOrg,
  user: UserContext,
  type: string,
  records: readonly MetadataInput[],
): readonly MetadataSaveResult[] {
  return saveMetadata(org, user, type, records, 'upsert');
}

function checkCall(type: string, count: number): void {
  if (!registryEntry(type) && !parentOf(type))
    throw new PlatformError('INVALID_TYPE', RETRIEVE_PROBLEMS.unknownType(type));
  const adapter = registryEntry(type)?.adapter;
  if (adapter === 'bundle' || adapter === 'matchingContentFile' || adapter === 'mixedContent') {
    throw new PlatformError('INVALID_TYPE', `${type} has files and cannot be saved by this call; deploy it instead`);
  }
  if (count > RECORDS_PER_CALL)
    throw new PlatformError('LIMIT_EXCEEDED', `At most ${RECORDS_PER_CALL} components per call`);
}

function saveMetadata(
  org: LocalOrg,
  user: UserContext,
  type: string,
  records: readonly MetadataInput[],
  mode: Mode,
): readonly MetadataSaveResult[] {
  checkCall(type, records.length);
  return records.map((record) => saveOne(org, user, type, record, mode));
}

const failure = (fullName: string, statusCode: string, message: string): MetadataSaveResult => ({
  fullName,
  success: false,
  errors: [{ statusCode, message, fields: [] }],
});

function saveOne(
  org: LocalOrg,
  user: UserContext,
  type: string,
  record: MetadataInput,
  mode: Mode,
): MetadataSaveResult {
  const fullName = typeof record.fullName === 'string' ? record.fullName : '';
  if (fullName === '') return failure('', 'REQUIRED_FIELD_MISSING', 'Required field is missing: fullName');
  const store = openMetadataStore(org.database);
  const exists = store.get(type, fullName) !== undefined;
  if (mode === 'create' && exists)
    return failure(fullName, 'DUPLICATE_DEVELOPER_NAME', `There is already a ${type} named ${fullName}`);
  if (mode === 'update' && !exists)
    return failure(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
  const outcome = runPlan(org, store, user, planOf(componentsOf(type, fullName, record)), {
    checkOnly: false,
    rollbackOnError: true,
    ignoreWarnings: true,
  });
  return resultOf(fullName, outcome.problems, mode === 'upsert' ? { created: !exists } : {});
}

function componentsOf(type: string, fullName: string, record: MetadataInput): readonly IncomingComponent[] {
  const element = elementOfValue(type, record);
  const fileName = fileNameOf(type, fullName);
  const entry = registryEntry(type);
  return entry
    ? componentsOfElement(entry, fullName, fileName, element, null)
    : [componentOfElement(type, fullName, fileName, element, null)];
}

const planOf = (components: readonly IncomingComponent[], before: DeployPlan['before'] = []): DeployPlan => ({
  before,
  components,
  after: [],
  problems: [],
  remarks: new Map(),
  manifests: [],
});

function resultOf(
  fullName: string,
  problems: readonly EarlyProblem[],
  more: { created?: boolean },
): MetadataSaveResult {
  const errors = problems
    .filter((problem) => problem.problemType === 'Error')
    .map((problem) => ({ statusCode: statusCodeOf(problem.problem), message: problem.problem, fields: [] }));
  return { fullName, success: errors.length === 0, ...(errors.length === 0 ? more : {}), errors };
}

/** StatusCodes of the Metadata API for the commonest refusals; anything else is FIELD_INTEGRITY_EXCEPTION. */
function statusCodeOf(problem: string): string {
  if (problem.startsWith('Required field is missing')) return 'REQUIRED_FIELD_MISSING';
  if (problem.includes('data value too large')) return 'STRING_TOO_LONG';
  if (/no \w+ named|cannot be found|not found/.test(problem)) return 'INVALID_CROSS_REFERENCE_KEY';
  if (problem.includes('cross-reference id')) return 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY';
  if (/referenced|Cannot delete/.test(problem)) return 'DELETE_FAILED';
  return 'FIELD_INTEGRITY_EXCEPTION';
}

/** deleteMetadata(): a component that is not there is an error here, unlike in destructiveChanges.xml. */
export function deleteMetadata(
  org: LocalOrg,
  user: UserContext,
  type: string,
  fullNames: readonly string[],
): readonly MetadataSaveResult[] {
  checkCall(type, fullNames.length);
  return fullNames.map((fullName) => {
    const outcome = runPlan(
      org,
      openMetadataStore(org.database),
      user,
      planOf([], [{ type, fullName, fileName: '' }]),
      {
        checkOnly: false,
        rollbackOnError: true,
        ignoreWarnings: false,
      },
    );
    const [problem] = outcome.problems;
    if (problem?.problemType === 'Warning')
      return failure(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
    return resultOf(fullName, outcome.problems, {});
  });
}
