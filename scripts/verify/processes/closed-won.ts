/** A win creates what comes next with its buying group, once; a lost renewal marks the customer and ends what is open. */
import { keepsBuyingGroups } from '../../compile/buying-groups/full-group.ts';
import { rulesThatCreate } from '../../compile/flows/closed-won/won-rules.ts';
import type { RuleOfType } from '../../compile/flows/closed-won/won-rules.ts';
import { ACCOUNT_FIELD, FIELD, FLOW, MEMBER_FIELD, MEMBER_SOURCE } from '../../compile/names.ts';
import type { OpportunityType, OpportunityTypeKey, Stage, Waterfall } from '../../model/waterfall.ts';
import { inList } from '../../org/query-in-lists.ts';
import { firstStep, lastStep, wonStage } from '../scenarios/stages.ts';
import { typeOf } from './lab.ts';
import type { Lab } from './lab.ts';
import type { Process, Processes } from './process.ts';
import { seen } from './process.ts';

interface Row {
  readonly Id: string;
  readonly [field: string]: unknown;
}

/** An opportunity of the type in the stage, with what leaving any stage asks for. */
const born = (
  lab: Lab,
  accountId: string,
  type: OpportunityType,
  stage: Stage,
  more: Readonly<Record<string, string | null>> = {},
): Promise<string> => {
  return lab.opportunity(accountId, {
    ...typeOf(lab, type),
    StageName: stage.name,
    ...Object.fromEntries(
      type.stages.flatMap(({ requiredToLeave }) =>
        requiredToLeave.map((field) => [field, lab.ground.fillers.get(field) ?? null]),
      ),
    ),
    ...more,
  });
};

const createdBy = (lab: Lab, id: string, creates: OpportunityTypeKey): Promise<readonly Row[]> =>
  lab.rows<Row>(
    `SELECT Id, StageName, AccountId, ${FIELD.key} FROM Opportunity WHERE ${FIELD.sourceOpportunity} = '${id}' ` +
      `AND ${FIELD.key} LIKE '${creates}:%'`,
  );

/** How many a win of this solution creates at an account that has nothing else. */
const howMany = (waterfall: Waterfall, creates: OpportunityTypeKey, solutionName: string | null): number => {
  const solution = waterfall.solutions.find(({ name }) => name === solutionName);
  if (creates === 'crossSell') return solution?.sellsNext.length ?? 0;
  return creates === 'upsell' && waterfall.solutions.length > 0 && solution?.sellsMore !== true ? 0 : 1;
};

/** The solution whose win creates the most, so that something is to be seen. */
const richest = (waterfall: Waterfall): string | null =>
  waterfall.solutions.toSorted(
    (left, right) => right.sellsNext.length + Number(right.sellsMore) - left.sellsNext.length - Number(left.sellsMore),
  )[0]?.name ?? null;

const flowOf = { renewal: FLOW.renewal, upsell: FLOW.upsell, crossSell: FLOW.crossSell } as const;

const ofSolution = (solution: string | null): Readonly<Record<string, string>> =>
  solution === null ? {} : { [FIELD.solution]: solution };

/** Renewals have scenarios of their own; here are the others, as far as they are created at the win. */
const further = (waterfall: Waterfall, creates: 'upsell' | 'crossSell', { type, rule }: RuleOfType): Process => ({
  family: 'Closed Won',
  name: rule.name,
  type: type.label,
  flows: [flowOf[creates]],
  run: async (lab) => {
    const solution = richest(waterfall);
    const accountId = await lab.account(rule.name);
    const id = await born(lab, accountId, type, lastStep(type), ofSolution(solution));
    const { name: won } = wonStage(type);
    await lab.update('Opportunity', id, { StageName: won });
    const wanted = howMany(waterfall, creates, solution);
    const created = await createdBy(lab, id, creates);
    await lab.update('Opportunity', id, { StageName: lastStep(type).name });
    await lab.update('Opportunity', id, { StageName: won });
    return [
      seen('is won', {
        Created: [wanted, created.length],
        ...(wanted > 0 && { Stage: [rule.stage, created[0]?.['StageName']] }),
      }),
      seen('is reopened and won again', { Created: [wanted, (await createdBy(lab, id, creates)).length] }),
    ];
  },
});

const copiesGroup = (waterfall: Waterfall, { type, rule }: RuleOfType): Process => ({
  family: 'Closed Won',
  name: `${rule.name}: the buying group goes along`,
  type: type.label,
  flows: [FLOW.renewal, FLOW.copyBuyingGroup],
  run: async (lab) => {
    const accountId = await lab.account('group goes along');
    const id = await born(lab, accountId, type, lastStep(type), ofSolution(richest(waterfall)));
    const contact = await lab.contact(accountId, 'Goes Along');
    const Role = waterfall.buyingGroups.roles[0]?.name ?? null;
    await lab.create('OpportunityContactRole', [{ OpportunityId: id, ContactId: contact, Role, IsPrimary: true }]);
    await lab.update('Opportunity', id, { StageName: wonStage(type).name });
    const [renewal] = await createdBy(lab, id, rule.creates);
    const groups = keepsBuyingGroups(waterfall);
    const members = await lab.rows<Row>(
      `SELECT Id, ContactId, Role, IsPrimary${groups ? `, ${MEMBER_FIELD.source}` : ''} FROM OpportunityContactRole ` +
        `WHERE OpportunityId = '${renewal?.Id ?? ''}'`,
    );
    return [
      seen('is won', {
        Members: [1, members.length],
        Contact: [contact, members[0]?.['ContactId']],
        Role: [Role, members[0]?.['Role']],
        Primary: [true, members[0]?.['IsPrimary']],
        ...(groups && { Source: [MEMBER_SOURCE.customer, members[0]?.[MEMBER_FIELD.source]] }),
      }),
    ];
  },
});

const lostRenewal = (waterfall: Waterfall, renewal: OpportunityType, lost: Stage): Process => ({
  family: 'Lost renewal',
  name: 'marks the customer as churned',
  type: renewal.label,
  flows: [FLOW.lostRenewal],
  run: async (lab) => {
    const { lostRenewal: by, opportunityTypes } = waterfall;
    const ending = opportunityTypes.filter(({ key }) => by?.ends.includes(key) === true);
    const solution = ofSolution(richest(waterfall));
    const accountId = await lab.account('lost renewal');
    const id = await born(lab, accountId, renewal, lastStep(renewal), solution);
    const open = await Promise.all(ending.map((type) => born(lab, accountId, type, firstStep(type), solution)));
    const [reason] = lost.reasons;
    await lab.update('Opportunity', id, {
      StageName: lost.name,
      ...(reason !== undefined && { [FIELD.stageReason]: reason }),
    });
    const account = async () =>
      (
        await lab.rows<Row>(
          `SELECT Id, ${ACCOUNT_FIELD.churned}, ${ACCOUNT_FIELD.churnedOn} FROM Account WHERE Id = '${accountId}'`,
        )
      )[0];
    const marked = await account();
    const ended = await lab.rows<Row>(
      `SELECT Id, StageName FROM Opportunity WHERE Id IN (${inList([...open, id])}) ` +
        `AND StageName = '${by?.stage ?? lost.name}'`,
    );
    const won = await born(lab, accountId, renewal, wonStage(renewal), solution);
    const cleared = await account();
    return [
      seen('is lost', {
        Churned: [true, marked?.[ACCOUNT_FIELD.churned]],
        'Churned on': [true, marked?.[ACCOUNT_FIELD.churnedOn] !== null],
        ...(by && { Ended: [open.length, ended.filter(({ Id }) => Id !== id).length] }),
      }),
      seen('the customer buys again', { Churned: [false, won !== '' && cleared?.[ACCOUNT_FIELD.churned]] }),
    ];
  },
});

const atOnce = (waterfall: Waterfall, creates: OpportunityTypeKey): readonly RuleOfType[] =>
  rulesThatCreate(waterfall, creates).filter(({ rule }) => rule.delayDays === 0);

/** What a rule creates days later cannot be waited for. */
export const closedWonProcesses: Processes = (waterfall) => {
  const renewal = waterfall.opportunityTypes.find(({ key }) => key === 'renewal');
  const lost = renewal?.stages.find(({ outcome }) => outcome === 'lost');
  return [
    ...(['upsell', 'crossSell'] as const).flatMap((creates) =>
      atOnce(waterfall, creates).map((of) => further(waterfall, creates, of)),
    ),
    ...atOnce(waterfall, 'renewal')
      .filter(({ rule }) => rule.copies.includes('buyingGroup'))
      .map((of) => copiesGroup(waterfall, of)),
    ...(renewal && lost ? [lostRenewal(waterfall, renewal, lost)] : []),
  ];
};
