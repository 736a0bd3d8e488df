import type { FieldValue, SaveError, Transaction } from '../../../data/types.ts';
import type { ObjectDef } from '../../../schema/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import type { JsonPath } from '../../json-text.ts';
import { requireJsonTypes } from '../../values/json-types.ts';
import type { ClientRecord } from '../../values/read-record.ts';
import { saveRecords } from '../../values/save-records.ts';
import { recordBody } from '../records/write-resources.ts';
import { objectOfPath } from '../records/find-object.ts';
import { RolledBack, type Resource } from '../resource.ts';

/** Limits of one request ("sObject Tree", REST API Developer Guide). */
const MOST_RECORDS = 200;
const MOST_LEVELS = 5;

interface Node {
  readonly object: ObjectDef;
  readonly referenceId: string;
  readonly values: ClientRecord;
  readonly children: readonly { readonly field: string; readonly node: Node }[];
}

interface Pending {
  readonly node: Node;
  readonly link: Readonly<Record<string, FieldValue>>;
}

/** https://github.com/amp-labs/connectors, Salesforce batch write: what an org answers. */
const DUPLICATE_REFERENCE: SaveError = {
  statusCode: 'INVALID_INPUT',
  message: 'Duplicate ReferenceId provided in the request.',
  fields: [],
};

type TreeResult =
  | { readonly referenceId: string; readonly id: string }
  | { readonly referenceId: string; readonly errors: readonly SaveError[] };

const isNested = (value: unknown): value is { readonly records: readonly unknown[] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { records?: unknown }).records);

const valueAt = (body: unknown, path: JsonPath): unknown =>
  path.reduce<unknown>((at, step) => (at as Readonly<Record<string | number, unknown>>)[step], body);

function readNode(tx: Transaction, object: ObjectDef, body: unknown, at: JsonPath, level: number): Node {
  const given = valueAt(body, at);
  if (level > MOST_LEVELS) {
    throw new PlatformError('INVALID_INPUT', `A record tree has at most ${String(MOST_LEVELS)} levels.`);
  }
  const { attributes, ...members } = recordBody(given);
  const { referenceId } = recordBody(attributes ?? {});
  if (typeof referenceId !== 'string' || referenceId === '') {
    throw new PlatformError('INVALID_INPUT', 'Include a reference ID for each record in the request.');
  }
  const relationships = tx.schema.children(object.name);
  const children: Node['children'][number][] = [];
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) {
    const child = relationships.find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
    if (!child || !isNested(value)) values[name] = value;
    else {
      const childObject = objectOfPath(tx, child.childObject);
      value.records.forEach((_record, index) => {
        const place = [...at, name, 'records', index];
        children.push({ field: child.field, node: readNode(tx, childObject, body, place, level + 1) });
      });
    }
  }
  requireJsonTypes(tx.schema, object, values, body, at);
  return { object, referenceId, values, children };
}

const countNodes = (nodes: readonly Node[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + countNodes(children.map(({ node }) => node)), 0);

const referencesOf = (nodes: readonly Node[]): string[] =>
  nodes.flatMap(({ referenceId, children }) => [referenceId, ...referencesOf(children.map(({ node }) => node))]);

/** "The reference ID must be unique in the context of the request" (sObject Tree, REST API Developer Guide). */
function refuseDuplicateReferences(roots: readonly Node[]): void {
  const seen = new Set<string>();
  const twice = referencesOf(roots).find((reference) => seen.size === seen.add(reference).size);
  if (twice === undefined) return;
  const results: readonly TreeResult[] = [{ referenceId: twice, errors: [DUPLICATE_REFERENCE] }];
  throw new RolledBack({ status: 400, body: { hasErrors: true, results } });
}

/** Saves one level, all records of an object together, and answers what to save next. */
function saveLevel(tx: Transaction, level: readonly Pending[], results: TreeResult[]): readonly Pending[] {
  const next: Pending[] = [];
  for (const object of new Set(level.map(({ node }) => node.object))) {
    const ofObject = level.filter(({ node }) => node.object === object);
    const records = ofObject.map(({ node, link }) => ({ ...node.values, ...link }));
    const saved = saveRecords(tx, { operation: 'insert', object, records, allOrNone: true });
    ofObject.forEach(({ node }, index) => {
      const result = saved[index];
      const { referenceId } = node;
      if (!result?.success || result.id === null) results.push({ referenceId, errors: result?.errors ?? [] });
      else {
        const { id } = result;
        results.push({ referenceId, id });
        next.push(...node.children.map(({ field, node: child }) => ({ node: child, link: { [field]: id } })));
      }
    });
  }
  return next;
}

const createTree: Resource = {
  method: 'POST',
  path: '/composite/tree/:object',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, call.params.object ?? '');
    const { records } = recordBody(call.body);
    if (!Array.isArray(records))
      throw new PlatformError('JSON_PARSER_ERROR', 'records is required and must be an array');
    const roots = records.map((_record, index) => readNode(tx, object, call.body, ['records', index], 1));
    if (countNodes(roots) > MOST_RECORDS) {
      throw new PlatformError('INVALID_INPUT', `The request can contain up to ${String(MOST_RECORDS)} records.`);
    }
    refuseDuplicateReferences(roots);
    const results: TreeResult[] = [];
    let level: readonly Pending[] = roots.map((node) => ({ node, link: {} }));
    while (level.length > 0) {
      level = saveLevel(tx, level, results);
      const failed = results.filter((result) => 'errors' in result);
      if (failed.length > 0) throw new RolledBack({ status: 400, body: { hasErrors: true, results: failed } });
    }
    return { status: 201, body: { hasErrors: false, results } };
  },
};

/** Nested records, parents and children in one call: all or nothing. */
export const treeResources: readonly Resource[] = [createTree];
