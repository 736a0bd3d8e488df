import type { SaveResult } from '../../data/types.ts';
import { normalizeId } from '../../data/ids.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { convertLead } from './convert-lead.ts';
import { describeOperations } from './describe-operations.ts';
import { recordsXml } from './record-xml.ts';
import { runSoql } from '../../data/transaction.ts';
import { inRuns } from '../rest/composite/in-runs.ts';
import { answerInTransaction, RolledBack, type RestAnswer } from '../rest/resource.ts';
import { saveRecords, takenBack } from '../values/save-records.ts';
import {
  child,
  childBoolean,
  childrenNamed,
  childText,
  childTexts,
  toValue,
  type XmlElement,
} from './parse-envelope.ts';
import type { OpenSoapOperation, SoapCall, SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

/** Records per call of create, update, upsert and delete (SOAP API Developer Guide). */
const MOST_RECORDS = 200;

/** Elements of an sObject that are not fields. */
const NOT_FIELDS = new Set(['type', 'fieldsToNull']);

function userInfo(context: ApiContext, user: SoapCall['user']): Record<string, XmlValue> {
  return {
    organizationId: context.org.orgId,
    organizationMultiCurrency: false,
    profileId: user.profileId,
    roleId: user.roleId,
    userEmail: user.username,
    userFullName: user.name,
    userId: user.id,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: user.username,
    userTimeZone: user.timeZone,
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
}

/** `login`: the password is the session id that the local org printed when it started. */
const login: OpenSoapOperation = (context, operation, version) => {
  const user = context.sessions.userOf(childText(operation, 'password') ?? '');
  if (!user || user.username.toLowerCase() !== childText(operation, 'username')?.toLowerCase()) {
    throw new PlatformError('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  }
  const base = `${context.baseUrl()}/services/Soap`;
  const org = context.org.orgId.slice(0, 15);
  return element('result', {
    metadataServerUrl: `${base}/m/${version}/${org}`,
    passwordExpired: false,
    sandbox: false,
    serverUrl: `${base}/u/${version}/${org}`,
    sessionId: context.sessions.open(user.id),
    userId: user.id,
    userInfo: userInfo(context, user),
  });
};

/** Fields of an sObject element; `fieldsToNull` are null. */
function recordOf(sobject: XmlElement): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const member of sobject.children) {
    if (!NOT_FIELDS.has(member.name)) record[member.name] = toValue(member);
  }
  for (const name of childTexts(sobject, 'fieldsToNull')) record[name] = null;
  if (typeof record.Id === 'string') record.Id = normalizeId(record.Id) ?? record.Id;
  return record;
}

const saveResult = ({ id, success, created, errors }: SaveResult, upsert: boolean): XmlValue => ({
  ...(upsert ? { created } : {}),
  errors: errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
  id,
  success,
});

const wantsAllOrNone = ({ header }: SoapCall): boolean =>
  childBoolean(child(header, 'AllOrNoneHeader'), 'allOrNone') ?? false;

/** Runs a save in one transaction, which is undone when all must be saved and one was not. */
function save(
  context: ApiContext,
  call: SoapCall,
  upsert: boolean,
  work: (tx: SaveTx) => readonly SaveResult[],
): string {
  const { body } = answerInTransaction(context, call.user, (tx): RestAnswer => {
    const results = work(tx);
    if (wantsAllOrNone(call) && results.some(({ success }) => !success))
      throw new RolledBack({ status: 200, body: takenBack(results) });
    return { status: 200, body: results };
  });
  return element(
    'result',
    (body as readonly SaveResult[]).map((result) => saveResult(result, upsert)),
  );
}

type SaveTx = Parameters<Parameters<ApiContext['org']['transact']>[1]>[0];

function checkCount(count: number): void {
  if (count > MOST_RECORDS) {
    const message = `record limit reached. cannot submit more than ${String(MOST_RECORDS)} records into this call`;
    throw new PlatformError('EXCEEDED_ID_LIMIT', message);
  }
}

const write =
  (operation: 'insert' | 'update' | 'upsert'): SoapOperation =>
  (context, call) => {
    const sobjects = childrenNamed(call.operation, 'sObjects');
    checkCount(sobjects.length);
    const externalIdField = operation === 'upsert' ? childText(call.operation, 'externalIDFieldName') : undefined;
    return save(context, call, operation === 'upsert', (tx) =>
      inRuns(
        sobjects,
        (sobject) => childText(sobject, 'type') ?? '',
        (type, run) => {
          const object = tx.schema.object(type);
          if (!object) throw new PlatformError('INVALID_TYPE', `sObject type '${type}' is not supported.`);
          const records = run.map(recordOf);
          return saveRecords(tx, { operation, object, records, allOrNone: wantsAllOrNone(call), externalIdField });
        },
      ),
    );
  };

const remove: SoapOperation = (context, call) => {
  const ids = childTexts(call.operation, 'ids').map((id) => normalizeId(id) ?? id);
  checkCount(ids.length);
  return save(context, call, false, (tx) =>
    inRuns(
      ids,
      (id) => tx.schema.objectOfId(id)?.name ?? null,
      (object, run) => {
        if (object !== null) {
          const records = run.map((Id) => ({ Id }));
          return tx.save({ operation: 'delete', object, records, allOrNone: wantsAllOrNone(call) });
        }
        const error = { statusCode: 'MALFORMED_ID', message: 'malformed id', fields: [] };
        return run.map((id) => ({ id, success: false, created: false, errors: [error] }));
      },
    ),
  );
};

/** Records a page unless the client's QueryOptions say otherwise (SOAP API Developer Guide, QueryOptions). */
const DEFAULT_PAGE = 500;
const SMALLEST_PAGE = 200;
const LARGEST_PAGE = 2000;

function pageSize({ header }: SoapCall): number {
  const asked = Number(childText(child(header, 'QueryOptions'), 'batchSize') ?? DEFAULT_PAGE);
  return Number.isInteger(asked) ? Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, asked)) : DEFAULT_PAGE;
}

const queryResult = (page: {
  readonly records: readonly string[];
  readonly next: string | null;
  readonly totalSize: number;
}): string =>
  element(
    'result',
    {
      xml:
        element('done', page.next === null) +
        element('queryLocator', page.next) +
        page.records.join('') +
        element('size', page.totalSize),
    },
    ' xsi:type="QueryResult"',
  );

const query =
  (allRows: boolean): SoapOperation =>
  (context, call) => {
    const soql = childText(call.operation, 'queryString') ?? '';
    return context.org.transact(
      call.user,
      (tx) => {
        const result = runSoql(tx, soql, { allRows });
        const xml = recordsXml(result);
        if (xml.length === 0) return queryResult({ records: [], next: null, totalSize: result.totalSize });
        return queryResult(context.soapCursors.open(call.user.id, xml, pageSize(call)));
      },
      { mode: 'user' },
    );
  };

const queryMore: SoapOperation = (context, call) =>
  queryResult(context.soapCursors.page(call.user.id, childText(call.operation, 'queryLocator') ?? '', pageSize(call)));

const notSupported =
  (name: string): SoapOperation =>
  () => {
    throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', `The local org does not support ${name}.`);
  };

export const loginOperations: Readonly<Record<string, OpenSoapOperation>> = { login };

/** Operations of the partner API (partner WSDL). */
export const partnerOperations: Readonly<Record<string, SoapOperation>> = {
  getUserInfo: (context, { user }) => element('result', userInfo(context, user)),
  getServerTimestamp: (context) => element('result', { timestamp: context.org.clock.now().toISOString() }),
  logout(context, { sessionId }) {
    context.sessions.close(sessionId);
    return '';
  },
  query: query(false),
  queryAll: query(true),
  queryMore,
  create: write('insert'),
  update: write('update'),
  upsert: write('upsert'),
  delete: remove,
  convertLead,
  ...describeOperations,
  merge: notSupported('merging records (merge)'),
  describeLayout: notSupported('layouts over SOAP (describeLayout); the UI API has them'),
  describeTabs: notSupported('tabs (describeTabs)'),
  process: notSupported('approval processes (process)'),
  sendEmail: notSupported('sending mail (sendEmail)'),
  setPassword: notSupported('passwords (setPassword)'),
  resetPassword: notSupported('passwords (resetPassword)'),
  search: notSupported('SOSL search'),
};
