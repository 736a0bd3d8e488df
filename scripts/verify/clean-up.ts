import { HANDSHAKE, HANDSHAKE_FIELD } from '../compile/names.ts';
import { OrgError } from '../org/types.ts';
import type { Org } from '../org/types.ts';
import { isMarked } from './marks.ts';
import { queryAbout } from './query-about.ts';

export interface CleanUp {
  readonly removed: number;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** Somebody, or a cascade, was faster: as good as deleted. */
const GONE = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND']);

/** The org has no such object, or hides it or its fields, as it does with those of an earlier model: nothing of it was created either. */
const NO_SUCH_OBJECT = /INVALID_TYPE|sObject type .* is not supported|Didn't understand relationship/i;

const idsOf = async (org: Org, soql: string): Promise<readonly string[]> =>
  (await org.query<{ Id: string }>(soql)).map(({ Id }) => Id);

const idsIfThere = async (org: Org, soql: string): Promise<readonly string[]> => {
  try {
    return await idsOf(org, soql);
  } catch (problem) {
    if (problem instanceof OrgError && NO_SUCH_OBJECT.test(`${problem.code} ${problem.message}`)) return [];
    throw problem;
  }
};

const tasksAbout = async (org: Org, field: 'WhatId' | 'WhoId', ids: readonly string[]): Promise<readonly string[]> =>
  (await queryAbout<{ Id: string }>(org, ids, (list) => `SELECT Id FROM Task WHERE ${field} IN (${list})`)).map(
    ({ Id }) => Id,
  );

const marked = (org: Org, object: string, name: string): Promise<readonly string[]> =>
  idsOf(org, `SELECT Id FROM ${object} WHERE ${isMarked(name)}`);

/**
 * Deletes every marked record of any run: tasks, handshakes, opportunities (with what winning them created), leads, campaigns, contacts,
 * then accounts. A converted lead goes too, where the user may see it. Records that the org keeps are returned with its reason. Throws
 * OrgError only when the org cannot be asked at all.
 */
export const cleanUp = async (org: Org): Promise<CleanUp> => {
  const opportunities = await idsOf(
    org,
    `SELECT Id FROM Opportunity WHERE ${isMarked('Name')} OR ${isMarked('Account.Name')}`,
  );
  const relation = HANDSHAKE_FIELD.opportunity.replace(/__c$/, '__r');
  const handshakes = await idsIfThere(
    org,
    `SELECT Id FROM ${HANDSHAKE} WHERE ${isMarked(`${relation}.Name`)} OR ${isMarked(`${relation}.Account.Name`)}`,
  );
  const leads = await marked(org, 'Lead', 'LastName');
  const campaigns = await marked(org, 'Campaign', 'Name');
  const contacts = await marked(org, 'Contact', 'LastName');
  const accounts = await marked(org, 'Account', 'Name');
  const tasks = new Set([
    ...(await tasksAbout(org, 'WhatId', [...opportunities, ...accounts, ...campaigns, ...handshakes])),
    ...(await tasksAbout(org, 'WhoId', [...contacts, ...leads])),
  ]);
  const left: { id: string; reason: string }[] = [];
  let removed = 0;
  for (const ids of [[...tasks], handshakes, opportunities, leads, campaigns, contacts, accounts]) {
    const outcomes = ids.length === 0 ? [] : await org.remove(ids);
    outcomes.forEach(({ success, errors }, index) => {
      if (success) removed += 1;
      else if (!errors.every(({ code }) => GONE.has(code))) {
        left.push({ id: ids[index] ?? '', reason: errors.map(({ message }) => message).join('; ') });
      }
    });
  }
  return { removed, left };
};

/** For the end of a run, whatever happened in it: trouble becomes part of the report instead of hiding what was found. */
export const cleanUpAnyway = async (org: Org): Promise<CleanUp> => {
  try {
    return await cleanUp(org);
  } catch (problem) {
    if (!(problem instanceof OrgError)) throw problem;
    return { removed: 0, left: [{ id: 'all test records', reason: problem.message }] };
  }
};
