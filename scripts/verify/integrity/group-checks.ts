/** Buying groups: members belong to a contact and an opportunity, once, and opportunities say what their members say. */
import { fullGroups, keepsBuyingGroups } from '../../compile/buying-groups/full-group.ts';
import { FIELD, LEAD_FIELD, MEMBER_FIELD, MEMBER_STATUS } from '../../compile/names.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { doubles, idOf, numberOf, parentText, sameId, textOf } from './row.ts';
import type { Damage, IntegrityCheck, Row } from './types.ts';

export const membersBelong: IntegrityCheck = {
  name: 'Members of buying groups',
  rule: 'Every contact role has its contact and its opportunity, and its key names both.',
  looksAt: ({ members }) => members.length,
  find: ({ members }) =>
    members.flatMap((row): readonly Damage[] => {
      const ids = [idOf(row)];
      if (parentText(row, 'Contact', 'Id') === null) return [{ problem: 'a contact role without a contact', ids }];
      if (parentText(row, 'Opportunity', 'Id') === null)
        return [{ problem: 'a contact role without an opportunity', ids }];
      const key = textOf(row, MEMBER_FIELD.key);
      const [opportunity = '', contact = ''] = key?.split(':') ?? [];
      const fits =
        key === null ||
        (sameId(opportunity, textOf(row, 'OpportunityId') ?? '') && sameId(contact, textOf(row, 'ContactId') ?? ''));
      return fits ? [] : [{ problem: `the key ${key} names another contact or opportunity`, ids }];
    }),
};

export const membersOnce: IntegrityCheck = {
  name: 'Members once',
  rule: 'Nobody is twice in one buying group.',
  looksAt: ({ members }) => members.length,
  find: ({ members }) =>
    doubles(members, (row) => `${textOf(row, 'OpportunityId') ?? ''}:${textOf(row, 'ContactId') ?? ''}`).map(
      ([key, group]) => ({
        problem: `${String(group.length)} contact roles of one contact and opportunity (${key})`,
        ids: group.map(idOf),
      }),
    ),
};

/** By their members. `null` stands for a blank field. */
type Counted = Readonly<Record<string, number | string | null>>;

const roles = (waterfall: Waterfall, opportunity: Row, members: readonly Row[]): Counted => {
  const groups = fullGroups(waterfall);
  const solution = textOf(opportunity, FIELD.solution);
  const group = groups.find(({ solutions }) => solutions.length === 0 || solutions.includes(solution ?? ''));
  if (!group) return groups.length === 0 ? {} : { [FIELD.rolesCovered]: null, [FIELD.groupCoverage]: null };
  const counting = members.filter(
    (row) =>
      waterfall.buyingGroups.coverageCounts === 'all' || textOf(row, MEMBER_FIELD.status) === MEMBER_STATUS.confirmed,
  );
  const covered = group.roles.filter((role) => counting.some((row) => textOf(row, 'Role') === role)).length;
  return {
    [FIELD.rolesCovered]: covered,
    [FIELD.groupCoverage]: Math.round((covered / group.roles.length) * 100),
  };
};

/** Scores of a closed opportunity are left as they were at its close. */
const scores = (waterfall: Waterfall, opportunity: Row, members: readonly Row[], leads: readonly Row[]): Counted => {
  if (opportunity['IsClosed'] === true) return {};
  const all = [
    ...members.map((row) => numberOf(row, MEMBER_FIELD.leadScore)),
    ...leads.map((row) => Math.floor(numberOf(row, waterfall.leadScore.lead))),
  ];
  return {
    [FIELD.highestScore]: Math.max(0, ...all),
    [FIELD.totalScore]: all.reduce((sum, score) => sum + score, 0),
  };
};

const counted = (waterfall: Waterfall, opportunity: Row, members: readonly Row[], leads: readonly Row[]): Counted => ({
  [FIELD.groupSize]: members.length,
  [FIELD.groupConfirmed]: members.filter((row) => textOf(row, MEMBER_FIELD.status) === MEMBER_STATUS.confirmed).length,
  [FIELD.signalCount]: members.reduce((sum, row) => sum + numberOf(row, MEMBER_FIELD.signalCount), 0),
  [FIELD.lastSignalAt]:
    members
      .map((row) => textOf(row, MEMBER_FIELD.lastEngagementAt))
      .filter((at) => at !== null)
      .toSorted()
      .at(-1) ?? null,
  ...roles(waterfall, opportunity, members),
  ...scores(waterfall, opportunity, members, leads),
});

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing';

/** Whatever its other fields say: the size is never empty where a group was counted. */
const NOT_YET =
  'has a group that was never counted, as one from before the deployment: saving any of its contact roles counts it, unless the opportunity is closed';

/** Nobody in the group and nothing counted: a group that never was. */
const neverCounted = (opportunity: Row, members: readonly Row[], leads: readonly Row[]): boolean =>
  members.length + leads.length === 0 && (opportunity[FIELD.groupSize] ?? null) === null;

const byOpportunity = (rows: readonly Row[], field: string): ReadonlyMap<string | null, readonly Row[]> =>
  Map.groupBy(rows, (row) => textOf(row, field));

export const groupsCounted: IntegrityCheck = {
  name: 'Counts of buying groups',
  rule: 'Size, confirmed members, roles, scores and signals of an opportunity are those of its members.',
  looksAt: ({ opportunities }, waterfall) => (keepsBuyingGroups(waterfall) ? opportunities.length : 0),
  find: ({ opportunities, members, openLeads }, waterfall) => {
    if (!keepsBuyingGroups(waterfall)) return [];
    const of = byOpportunity(
      members.filter((row) => row[MEMBER_FIELD.contactRemoved] !== true),
      'OpportunityId',
    );
    const leadsOf = byOpportunity(openLeads, LEAD_FIELD.opportunity);
    return opportunities.flatMap((row): readonly Damage[] => {
      const group = of.get(idOf(row)) ?? [];
      const leads = leadsOf.get(idOf(row)) ?? [];
      if (neverCounted(row, group, leads)) return [];
      if ((row[FIELD.groupSize] ?? null) === null) return [{ problem: NOT_YET, ids: [idOf(row)] }];
      const wrong = Object.entries(counted(waterfall, row, group, leads)).filter(
        ([field, value]) => (row[field] ?? null) !== value,
      );
      const said = wrong.map(([field, value]) => `${field} says ${shown(row[field])}, its members ${shown(value)}`);
      return wrong.length === 0 ? [] : [{ problem: said.join('; '), ids: [idOf(row)] }];
    });
  },
};
