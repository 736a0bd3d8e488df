import assert from 'node:assert/strict';
import type { RunningOrg } from '../../local-org/start-local-org.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads and writes the org over REST, beside the browser. */
export function orgClient(org: RunningOrg) {
  const call = async (method: string, path: string, body?: Fields): Promise<Record<string, unknown>> => {
    const response = await fetch(`${org.url}/services/data/v66.0${path}`, {
      method,
      headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return {
    async create(object: string, fields: Fields): Promise<string> {
      return String((await call('POST', `/sobjects/${object}`, fields)).id);
    },
    update: (object: string, id: string, fields: Fields) => call('PATCH', `/sobjects/${object}/${id}`, fields),
    remove: (object: string, id: string) => call('DELETE', `/sobjects/${object}/${id}`),
    read: (object: string, id: string) => call('GET', `/sobjects/${object}/${id}`),
    recordType(name: string): string {
      const found = org.org.schema
        .object('Opportunity')
        ?.recordTypes.find(({ developerName }) => developerName === name);
      assert.ok(found, `the org has no record type ${name}`);
      return found.id;
    },
  };
}
