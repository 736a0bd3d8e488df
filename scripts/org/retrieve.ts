import type { Connection } from '@salesforce/core';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListedComponent, MemberList } from './metadata-org.ts';
import { asking } from './org-errors.ts';
import type { OrgComponent } from './snapshot.ts';
import { OrgError } from './types.ts';
import { unzip } from './unzip.ts';
import { zipComponents } from './zip-components.ts';

/** Waits between looks at a retrieve: at once, then longer and longer. */
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 2000;
const PATIENCE_MS = 10 * 60 * 1000;
/** Types per listMetadata call: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listmetadata.htm */
const TYPES_PER_LIST = 3;

interface RetrieveAnswer {
  readonly done: boolean | string;
  readonly success?: boolean | string;
  readonly status?: string;
  readonly errorMessage?: string;
  readonly zipFile?: string;
}

/** One retrieve request. Components that the org does not have come back as messages and are left out. */
export const retrieveComponents = (
  connection: Connection,
  members: readonly MemberList[],
): Promise<readonly OrgComponent[]> =>
  asking('retrieving metadata', async () => {
    const types = members
      .filter((list) => list.members.length > 0)
      .map(({ type, members: names }) => ({ name: type, members: [...names] }));
    if (types.length === 0) return [];
    const version = connection.getApiVersion();
    const request = { apiVersion: version, singlePackage: true, unpackaged: { types, version } };
    const { id } = (await connection.metadata.retrieve(request as never)) as unknown as { readonly id: string };
    const answer = await finished(connection, id);
    if (String(answer.success) !== 'true' || !answer.zipFile) {
      throw new OrgError(
        'ORG_RETRIEVE_FAILED',
        `The org could not return its metadata: ${answer.errorMessage ?? answer.status ?? 'no reason given'}.`,
        'Repeat the command; if it fails again, check that the user has Modify Metadata Through Metadata API Functions.',
      );
    }
    return zipComponents(unzip(Buffer.from(answer.zipFile, 'base64')));
  });

async function finished(connection: Connection, id: string): Promise<RetrieveAnswer> {
  let wait = FIRST_WAIT_MS;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const answer = (await connection.metadata.checkRetrieveStatus(id)) as unknown as RetrieveAnswer;
    if (String(answer.done) === 'true') return answer;
    await sleep(wait);
  }
  throw new OrgError(
    'ORG_RETRIEVE_SLOW',
    `The org has not finished the retrieve ${id} in ten minutes.`,
    'Repeat the command when the org is less busy.',
  );
}

export const listComponents = (connection: Connection, types: readonly string[]): Promise<readonly ListedComponent[]> =>
  asking(`listing ${types.join(', ')}`, async () => {
    const calls: Promise<unknown>[] = [];
    for (let from = 0; from < types.length; from += TYPES_PER_LIST) {
      const queries = types.slice(from, from + TYPES_PER_LIST).map((type) => ({ type }));
      calls.push(connection.metadata.list(queries, connection.getApiVersion()));
    }
    return (await Promise.all(calls)).flatMap((answer) =>
      // A single component comes back alone, none as nothing.
      (answer === undefined || answer === null ? [] : Array.isArray(answer) ? answer : [answer]).map((entry) => {
        const { type, fullName, id } = entry as ListedComponent;
        return { type, fullName, id };
      }),
    );
  });
