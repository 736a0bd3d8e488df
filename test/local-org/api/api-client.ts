import type { TestContext } from 'node:test';
import { startLocalOrg, type RunningOrg, type StartOptions } from '../../../local-org/start-local-org.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface ApiClient {
  readonly running: RunningOrg;
  /** Calls a path below `/services/data/v67.0` as the administrator. */
  readonly call: <Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<Body>>;
  /** Records of a query. */
  readonly query: <Row = Record<string, unknown>>(soql: string) => Promise<Row[]>;
  /** Id of a new record. */
  readonly create: (object: string, values: Record<string, unknown>) => Promise<string>;
}

const V = '/services/data/v67.0';

/** An org for one test, in memory unless a file is given, and its API without a network in between. */
export async function apiClient(t: TestContext, options: StartOptions = {}): Promise<ApiClient> {
  const started = await startLocalOrg(options);
  let closed: Promise<void> | null = null;
  const running: RunningOrg = { ...started, close: () => (closed ??= started.close()) };
  t.after(() => running.close());
  const client: ApiClient = {
    running,
    async call(method, path, body, headers = {}) {
      const isText = typeof body === 'string';
      const answer = await running.server.http.inject({
        method,
        url: V + path,
        headers: {
          authorization: `Bearer ${running.token}`,
          ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: isText ? body : JSON.stringify(body) }),
      });
      const isJson = String(answer.headers['content-type']).includes('json');
      return {
        status: answer.statusCode,
        body: isJson ? answer.json() : (answer.body as never),
        headers: answer.headers,
      };
    },
    async query(soql) {
      const { status, body } = await client.call<{ records: never[] }>('GET', `/query?q=${encodeURIComponent(soql)}`);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body.records;
    },
    async create(object, values) {
      const { status, body } = await client.call<{ id: string }>('POST', `/sobjects/${object}`, values);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },
  };
  return client;
}
