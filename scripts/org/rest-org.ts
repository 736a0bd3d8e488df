import type { Connection } from '@salesforce/core';
import { asking } from './org-errors.ts';
import type { FieldDescription, ObjectDescription, Org, OrgIdentity, OrgRecord, SaveOutcome } from './types.ts';

/** Most records of one sObject collections call: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm */
const COLLECTION_SIZE = 200;

interface CollectionResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors?: readonly {
    readonly statusCode?: string;
    readonly message: string;
    readonly fields?: readonly string[];
  }[];
}

interface Page {
  readonly records: readonly Record<string, unknown>[];
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
}

/** The REST half of an org over an open connection. */
export function restOrg(connection: Connection, identity: OrgIdentity): Org {
  const base = `/services/data/v${connection.getApiVersion()}`;

  const pages = async <Row>(path: string, soql: string): Promise<Row[]> =>
    asking(`the query ${shortened(soql)}`, async () => {
      const rows: Row[] = [];
      let next: string | undefined = `${base}${path}?q=${encodeURIComponent(soql)}`;
      while (next !== undefined) {
        const page: Page = await connection.request<Page>(next);
        rows.push(...page.records.map((row) => withoutAttributes(row) as Row));
        next = page.done ? undefined : page.nextRecordsUrl;
      }
      return rows;
    });

  const collection = async (
    doing: string,
    method: 'POST' | 'PATCH',
    object: string,
    records: readonly OrgRecord[],
  ): Promise<SaveOutcome[]> => {
    const outcomes: SaveOutcome[] = [];
    for (const chunk of chunks(records, COLLECTION_SIZE)) {
      const body = JSON.stringify({
        allOrNone: false,
        records: chunk.map((record) => ({ attributes: { type: object }, ...record })),
      });
      const results = await asking(doing, () =>
        connection.request<CollectionResult[]>({
          method,
          url: `${base}/composite/sobjects`,
          body,
          headers: { 'content-type': 'application/json' },
        }),
      );
      outcomes.push(...results.map(outcome));
    }
    return outcomes;
  };

  return {
    identity,
    query: (soql) => pages('/query', soql),
    toolingQuery: (soql) => pages('/tooling/query', soql),
    create: (object, records) => collection(`creating ${object} records`, 'POST', object, records),
    update: (object, records) => collection(`updating ${object} records`, 'PATCH', object, records),
    remove: async (ids) => {
      const outcomes: SaveOutcome[] = [];
      for (const chunk of chunks(ids, COLLECTION_SIZE)) {
        const results = await asking('deleting records', () =>
          connection.request<CollectionResult[]>({
            method: 'DELETE',
            url: `${base}/composite/sobjects?ids=${chunk.join(',')}&allOrNone=false`,
          }),
        );
        outcomes.push(...results.map(outcome));
      }
      return outcomes;
    },
    // Asked anew each time: a deploy of ours changes what there is to describe.
    describe: (object) =>
      asking(`describing ${object}`, async () =>
        description(await connection.request(`${base}/sobjects/${object}/describe`)),
      ),
    picklistValues: (object, recordTypeId, field) =>
      asking(`reading the values of ${object}.${field}`, async () => {
        const answer = await connection.request<{ readonly values: readonly { readonly value: string }[] }>(
          `${base}/ui-api/object-info/${object}/picklist-values/${recordTypeId}/${field}`,
        );
        return answer.values.map(({ value }) => value);
      }),
  };
}

const shortened = (soql: string): string => (soql.length <= 120 ? soql : `${soql.slice(0, 117)}...`);

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

function withoutAttributes(row: unknown): unknown {
  if (Array.isArray(row)) return row.map(withoutAttributes);
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => [name, withoutAttributes(value)]),
  );
}

const outcome = ({ id, success, errors = [] }: CollectionResult): SaveOutcome => ({
  id: id ?? null,
  success,
  errors: errors.map(({ statusCode, message, fields = [] }) => ({
    code: statusCode ?? 'UNKNOWN_EXCEPTION',
    message,
    fields,
  })),
});

function description(answer: unknown): ObjectDescription {
  const { name, fields, recordTypeInfos } = answer as ObjectDescription;
  return {
    name,
    fields: fields.map((field): FieldDescription => ({
      name: field.name,
      label: field.label,
      type: field.type,
      custom: field.custom,
      createable: field.createable,
      updateable: field.updateable,
      length: field.length,
      ...(field.calculated === undefined ? {} : { calculated: field.calculated }),
      ...(field.nillable === undefined ? {} : { nillable: field.nillable }),
      picklistValues: field.picklistValues.map(({ value, label, active, defaultValue = false }) => ({
        value,
        label,
        active,
        defaultValue,
      })),
      referenceTo: field.referenceTo,
    })),
    recordTypeInfos: recordTypeInfos.map((info) => ({
      recordTypeId: info.recordTypeId,
      developerName: info.developerName,
      name: info.name,
      active: info.active,
      available: info.available,
      master: info.master,
    })),
  };
}
