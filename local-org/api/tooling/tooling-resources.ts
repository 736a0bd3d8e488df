import type { Transaction } from '../../data/types.ts';
import { normalizeId } from '../../data/ids.ts';
import { setActiveFlowVersion } from '../../metadata/set-active-flow-version.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { resourceNotFound } from '../api-versions.ts';
import type { ApiContext } from '../context.ts';
import { columnMetadata } from '../rest/query/column-metadata.ts';
import { pageBody, pageSize, queryText } from '../rest/query/query-resources.ts';
import { recordsJson } from '../rest/query/record-json.ts';
import { describeObject, describeSummary } from '../rest/describe/describe-object.ts';
import { accessOf } from '../rest/describe/describe-resources.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import type { Resource, RestCall } from '../rest/resource.ts';
import { toolingSchema } from './tooling-engine.ts';
import { toolingDefinitions } from './tooling-objects.ts';
import { queryToolingApi } from './tooling-query.ts';

const base = (call: RestCall): string => `/services/data/v${call.version}/tooling`;

function toolingObject(tx: Transaction, name: string): ObjectDef {
  const object =
    toolingDefinitions.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? tx.schema.object(name);
  if (!object) throw resourceNotFound();
  return object;
}

const query: Resource = {
  method: 'GET',
  path: '/tooling/query',
  handle(context, tx, call) {
    const result = queryToolingApi(tx, context.org.metadata, queryText(call));
    const schema = toolingSchema(tx.schema);
    if (call.query.columns === 'true') return { status: 200, body: columnMetadata(schema, result) };
    const records = recordsJson({ schema, base: `${base(call)}/sobjects` }, result);
    const page =
      records.length === 0
        ? { totalSize: result.totalSize, records, next: null }
        : context.cursors.open(tx.user.id, records, pageSize(call.headers));
    const body = pageBody(page, `${base(call)}/query`);
    return {
      status: 200,
      body: { size: page.records.length, entityTypeName: result.object, queryLocator: null, ...body },
    };
  },
};

const queryMore: Resource = {
  method: 'GET',
  path: '/tooling/query/:locator',
  handle(context, tx, call) {
    const page = context.cursors.page(tx.user.id, call.params.locator ?? '', pageSize(call.headers));
    return { status: 200, body: pageBody(page, `${base(call)}/query`) };
  },
};

const describeGlobal: Resource = {
  method: 'GET',
  path: '/tooling/sobjects',
  handle: (_context, _tx, { version }) => ({
    status: 200,
    body: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: toolingDefinitions.map((object) => describeSummary(object, version)),
    },
  }),
};

const describe: Resource = {
  method: 'GET',
  path: '/tooling/sobjects/:object/describe',
  handle(context, tx, { version, params }) {
    const object = toolingObject(tx, params.object ?? '');
    return { status: 200, body: describeObject(tx.schema, object, version, accessOf(context, tx, object.name)) };
  },
};

function readRecord(context: ApiContext, tx: Transaction, call: RestCall): Record<string, unknown> {
  const object = toolingObject(tx, call.params.object ?? '');
  const id = normalizeId(call.params.id ?? '');
  if (id === null) throw resourceNotFound();
  const names = [...object.fields.values()].map(({ name }) => name).join(',');
  const result = queryToolingApi(tx, context.org.metadata, `SELECT ${names} FROM ${object.name} WHERE Id = '${id}'`);
  const [record] = recordsJson({ schema: toolingSchema(tx.schema), base: `${base(call)}/sobjects` }, result);
  if (!record) throw resourceNotFound();
  return record;
}

const read: Resource = {
  method: 'GET',
  path: '/tooling/sobjects/:object/:id',
  handle: (context, tx, call) => ({ status: 200, body: readRecord(context, tx, call) }),
};

/** `{"Metadata": {"activeVersionNumber": 3}}`; 0, null or an empty object deactivates. */
function activeVersion(body: unknown): number | null {
  const { Metadata } = recordBody(body);
  const { activeVersionNumber } = recordBody(Metadata ?? {});
  if (activeVersionNumber === undefined || activeVersionNumber === null || activeVersionNumber === '') return null;
  const number = Number(activeVersionNumber);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new PlatformError(
    'JSON_PARSER_ERROR',
    `activeVersionNumber is no version number: ${JSON.stringify(activeVersionNumber)}`,
  );
}

/** Switches a flow's active version; the only Tooling object that can be written here. */
const update: Resource = {
  method: 'PATCH',
  path: '/tooling/sobjects/:object/:id',
  handle(context, tx, call) {
    const object = toolingObject(tx, call.params.object ?? '');
    if (object.name !== 'FlowDefinition') {
      const message = `The local org changes only FlowDefinition through the Tooling API, not ${object.name}: deploy it instead.`;
      throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, { httpStatus: 403 });
    }
    const { FullName } = readRecord(context, tx, call);
    setActiveFlowVersion(context.org, tx.user, String(FullName), activeVersion(call.body));
    return { status: 204 };
  },
};

/** The Tooling API. */
export const toolingResources: readonly Resource[] = [query, queryMore, describeGlobal, describe, read, update];
