/** A buying group is counted on its opportunity, and what it amounts to moves the opportunity on. */
import { FIELD, FLOW, MEMBER_FIELD } from '../../compile/names.ts';
import type { OpportunityType, Promotion, Solution, Waterfall } from '../../model/waterfall.ts';
import { typeOf } from './lab.ts';
import type { Lab } from './lab.ts';
import type { Process, Processes } from './process.ts';
import { seen } from './process.ts';

interface Counted {
  readonly StageName: string;
  readonly [field: string]: unknown;
}

const SCORE = 40;

const rolesOf = (waterfall: Waterfall, solution: Solution | undefined): readonly string[] =>
  waterfall.buyingGroups.groups.find(({ name }) => name === solution?.buyingGroup)?.roles ?? [];

/** `Opportunity 006…` as the automation left it, once `good` holds. */
const opportunity = async (
  lab: Lab,
  id: string,
  fields: readonly string[],
  good: (row: Counted) => boolean,
): Promise<Counted | undefined> =>
  (
    await lab.eventually<Counted>(
      `SELECT ${['StageName', ...fields].join(', ')} FROM Opportunity WHERE Id = '${id}'`,
      ([row]) => row !== undefined && good(row),
    )
  )[0];

const rollUp = (waterfall: Waterfall, type: OpportunityType, solution: Solution): Process => ({
  family: 'Buying group',
  name: 'is counted on its opportunity',
  type: type.label,
  flows: [FLOW.countGroup, FLOW.member],
  run: async (lab) => {
    const roles = rolesOf(waterfall, solution);
    const [first = '', second = first] = roles;
    const accountId = await lab.account('buying group');
    const id = await lab.opportunity(accountId, {
      ...typeOf(lab, type),
      StageName: type.creation.stage,
      [FIELD.solution]: solution.name,
    });
    const people = await lab.create(
      'Contact',
      ['One', 'Two'].map((name) => ({
        AccountId: accountId,
        LastName: lab.name(name),
        [waterfall.leadScore.contact]: SCORE,
      })),
    );
    const members = await lab.create(
      'OpportunityContactRole',
      people.map((ContactId, index) => ({ OpportunityId: id, ContactId, Role: index === 0 ? first : second })),
    );
    const covered = new Set([first, second]).size;
    const fields = [FIELD.groupSize, FIELD.rolesCovered, FIELD.groupCoverage, FIELD.highestScore, FIELD.totalScore];
    const full = await opportunity(lab, id, fields, (row) => row[FIELD.groupSize] === 2);
    const coverage = (count: number): number => Math.round((100 * count) / roles.length);
    const after = seen('two people join', {
      Size: [2, full?.[FIELD.groupSize]],
      'Roles covered': [countsRoles(waterfall) ? covered : 0, full?.[FIELD.rolesCovered]],
      'Coverage %': [countsRoles(waterfall) ? coverage(covered) : 0, Math.round(Number(full?.[FIELD.groupCoverage]))],
      'Highest score': [SCORE, full?.[FIELD.highestScore]],
      'Total score': [2 * SCORE, full?.[FIELD.totalScore]],
    });
    const [again] = people;
    const double = await lab
      .create('OpportunityContactRole', [{ OpportunityId: id, ContactId: again ?? '', Role: second }])
      .then(
        () => 'saved',
        () => 'refused',
      );
    await lab.remove([members[1] ?? '']);
    const fewer = await opportunity(lab, id, fields, (row) => row[FIELD.groupSize] === 1);
    return [
      after,
      seen('one of them joins a second time', { '': ['refused', double] }),
      seen('one of them leaves', {
        Size: [1, fewer?.[FIELD.groupSize]],
        'Total score': [SCORE, fewer?.[FIELD.totalScore]],
      }),
    ];
  },
});

/** Where only confirmed members count, new ones, who are potential, cover nothing. */
const countsRoles = ({ buyingGroups }: Waterfall): boolean => buyingGroups.coverageCounts === 'all';

/** What a group must be so that the rule fires: scores of its members, confirmed or not, and their roles. */
const groupFor = (
  { when }: Promotion,
  roles: readonly string[],
): readonly { readonly score: number; readonly confirmed: boolean; readonly role: string | null }[] | null => {
  switch (when.kind) {
    case 'anyMemberScore':
    case 'totalScore':
      return [{ score: when.atLeast, confirmed: false, role: null }];
    case 'confirmedMembers':
      return Array.from({ length: when.atLeast }, () => ({ score: 0, confirmed: true, role: null }));
    case 'groupCoverage':
      return roles.length === 0
        ? null
        : roles
            .slice(0, Math.ceil((when.atLeast * roles.length) / 100))
            .map((role) => ({ score: 0, confirmed: true, role }));
    case 'field':
      return null;
  }
};

const promotion = (
  waterfall: Waterfall,
  rule: Promotion,
  type: OpportunityType,
  solution: Solution | undefined,
): Process => ({
  family: 'Promotion',
  name: rule.name,
  type: type.label,
  flows: [FLOW.promotion, FLOW.countGroup],
  run: async (lab) => {
    const group = groupFor(rule, rolesOf(waterfall, solution)) ?? [];
    const accountId = await lab.account('promotion');
    const id = await lab.opportunity(accountId, {
      ...typeOf(lab, type),
      StageName: rule.from,
      ...(solution && { [FIELD.solution]: solution.name }),
    });
    const people = await lab.create(
      'Contact',
      group.map(({ score }, index) => ({
        AccountId: accountId,
        LastName: lab.name(`Member ${String(index + 1)}`),
        [waterfall.leadScore.contact]: score,
      })),
    );
    await lab.create(
      'OpportunityContactRole',
      group.map(({ confirmed, role }, index) => ({
        OpportunityId: id,
        ContactId: people[index] ?? '',
        [MEMBER_FIELD.status]: confirmed ? 'Confirmed' : 'Potential',
        ...(role !== null && { Role: role }),
      })),
    );
    const moved = await opportunity(lab, id, [FIELD.promotionReason], (row) => row.StageName === rule.to);
    return [
      seen(`${rule.from}, and the group is what the rule asks for`, {
        Stage: [rule.to, moved?.StageName],
        'Reason written': [true, Boolean(moved?.[FIELD.promotionReason])],
      }),
    ];
  },
});

export const buyingGroupProcesses: Processes = (waterfall) => {
  const type = waterfall.opportunityTypes[0];
  const solution = waterfall.solutions.find((each) => rolesOf(waterfall, each).length > 0);
  return [
    ...(type && solution ? [rollUp(waterfall, type, solution)] : []),
    ...waterfall.promotions.flatMap((rule) => {
      const of = waterfall.opportunityTypes.find(({ key }) => key === rule.opportunityType);
      const canTry = of && groupFor(rule, rolesOf(waterfall, solution)) !== null;
      return canTry ? [promotion(waterfall, rule, of, solution)] : [];
    }),
  ];
};
