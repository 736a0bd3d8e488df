import { call, query, type Target } from './target.ts';

const ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** Ids of records in an answer that says they were made: `{id, success: true}`, at whatever depth; lead conversion names three. */
export function madeIn(answer: unknown): readonly string[] {
  if (Array.isArray(answer)) return answer.flatMap(madeIn);
  if (typeof answer !== 'object' || answer === null) return [];
  const members = answer as Record<string, unknown>;
  const succeeded = String(members['success']) === 'true' && String(members['created']) !== 'false';
  const own = succeeded ? ['id', 'accountId', 'contactId', 'opportunityId'].map((name) => members[name]) : [];
  const ofUiApi = members['apiName'] !== undefined && members['fields'] !== undefined ? [members['id']] : [];
  const ofTree = members['referenceId'] !== undefined && members['errors'] === undefined ? [members['id']] : [];
  return [
    ...[...own, ...ofUiApi, ...ofTree].filter((id): id is string => typeof id === 'string' && ID.test(id)),
    ...Object.values(members).flatMap(madeIn),
  ];
}

/** Ids in the successful results of a bulk job: the first column, where the second says that the record was made. */
export const madeInCsv = (csv: string): readonly string[] =>
  csv.startsWith('"sf__Id"')
    ? csv
        .split('\n')
        .slice(1)
        .flatMap((line) => /^"(\w{18})","true"/.exec(line)?.[1] ?? [])
    : [];

/** Objects whose records carry the mark in a field, children before parents. */
const MARKED: readonly (readonly [object: string, field: string])[] = [
  ['Task', 'Subject'],
  ['Opportunity', 'Name'],
  ['Lead', 'LastName'],
  ['Contact', 'LastName'],
  ['Account', 'Name'],
  ['Campaign', 'Name'],
  ['Product2', 'Name'],
];

/** Errors of a delete that mean the record is gone already. */
const GONE = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND']);
const AT_ONCE = 200;

/** Deletes records, the last made first. Answers what stays, with the reason. */
async function remove(target: Target, ids: readonly string[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const { body } = await call(target, {
      method: 'DELETE',
      path: `/composite/sobjects?ids=${some.join(',')}&allOrNone=false`,
    });
    const results = body as readonly {
      success?: boolean;
      errors?: readonly { statusCode: string; message: string }[];
    }[];
    some.forEach((id, index) => {
      const error = results[index]?.errors?.[0];
      if (results[index]?.success !== true && !GONE.has(error?.statusCode ?? ''))
        left.push(`${id}: ${error?.message ?? JSON.stringify(body)}`);
    });
  }
  return left;
}

/** Takes away what a run made: what was answered as made, then whatever else carries its mark. Answers what stays. */
export async function removeRecords(target: Target, made: readonly string[], mark: string): Promise<readonly string[]> {
  const unique = [...new Set([...made].reverse())];
  // What a delete of many refuses because of a record deleted later goes in the second round.
  await remove(target, unique);
  const marked: string[] = [];
  for (const [object, field] of MARKED) {
    const rows = await query<{ Id: string }>(target, `SELECT Id FROM ${object} WHERE ${field} LIKE '${mark}%'`);
    marked.push(...rows.map(({ Id }) => Id));
  }
  return remove(target, [...new Set([...marked, ...unique])]);
}
