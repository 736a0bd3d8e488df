import type { RawClosedWonRule, RawHandshake, RawPromotion } from './schema/rules.ts';
import { SLA_PATTERN } from './schema/common.ts';
import type { RawStage } from './schema/stage.ts';
import type { RawWaterfall } from './schema/waterfall.ts';
import type {
  ClosedWonRule,
  Handshake,
  Leads,
  OpportunityType,
  OpportunityTypeKey,
  Promotion,
  RevenueFunction,
  Sla,
  Stage,
  Waterfall,
} from './waterfall.ts';

/** Path order is also the order in which the types are compiled and shown. */
export const TYPE_KEYS: readonly OpportunityTypeKey[] = ['acquisition', 'renewal', 'upsell', 'crossSell'];

/**
 * From what the file says to the value the rest of the code works with. Expects a file that the schema accepted; stage names
 * that are defined nowhere are left out here and reported by the checks.
 */
export const resolve = (raw: RawWaterfall): Waterfall => {
  const defined = stageDefinitions(raw);
  return {
    name: raw.name,
    description: raw.description,
    typeCarrier: raw.typeCarrier,
    revenueFunctions: (Object.entries(raw.revenueFunctions) as [RevenueFunction, string][]).map(([key, label]) => ({
      key,
      label,
    })),
    stageDates: raw.stageDates,
    opportunityTypes: TYPE_KEYS.flatMap((key): OpportunityType[] => {
      const type = raw.opportunityTypes[key];
      if (!type) return [];
      const stages = type.stages.flatMap((entry) => defined.get(typeof entry === 'string' ? entry : entry.name) ?? []);
      return [{ ...type, key, stages, source: `opportunityTypes.${key}` }];
    }),
    promotions: raw.promotions.map(promotion),
    handshakes: raw.handshakes.map((rule, index) => handshake(rule, index, defined)),
    closedWon: raw.closedWon.map(closedWonRule),
    solutions: raw.solutions.map((solution, index) => ({ ...solution, source: `solutions[${index}]` })),
    buyingGroups: {
      roles: raw.buyingGroups.roles.map((role, index) => ({ ...role, source: `buyingGroups.roles[${index}]` })),
      groups: raw.buyingGroups.groups.map((group, index) => ({ ...group, source: `buyingGroups.groups[${index}]` })),
      coverageCounts: raw.buyingGroups.coverageCounts,
      defaultRole: raw.buyingGroups.defaultRole ?? null,
    },
    lostRenewal: raw.lostRenewal ? { ...raw.lostRenewal, reason: raw.lostRenewal.reason ?? null } : null,
    leadScore: raw.leadScore,
    leads: raw.leads ? leads(raw.leads) : null,
  };
};

/** The first definition of every stage name; that later ones agree is for the checks. */
const stageDefinitions = (raw: RawWaterfall): ReadonlyMap<string, Stage> => {
  const stages = new Map<string, Stage>();
  const add = (definition: RawStage, source: string): void => {
    if (!stages.has(definition.name)) stages.set(definition.name, stage(definition, source));
  };
  raw.sharedStages.forEach((definition, index) => {
    add(definition, `sharedStages[${index}]`);
  });
  for (const key of TYPE_KEYS) {
    raw.opportunityTypes[key]?.stages.forEach((entry, index) => {
      if (typeof entry !== 'string') add(entry, `opportunityTypes.${key}.stages[${index}]`);
    });
  }
  return stages;
};

const leads = ({ convert, noSolution, ...rest }: NonNullable<RawWaterfall['leads']>): Leads => ({
  ...rest,
  noSolution: typeof noSolution === 'string' ? { then: noSolution } : { then: 'solution', ...noSolution },
  convert: typeof convert === 'string' ? { when: convert } : { when: 'status', status: convert.status },
  statuses: rest.statuses.map((status, index) => ({ ...status, source: `leads.statuses[${index}]` })),
});

const stage = ({ owner, sla: slaText, comesBackTo, ...rest }: RawStage, source: string): Stage => ({
  ...rest,
  revenueFunction: owner,
  sla: slaText === undefined ? null : sla(slaText),
  comesBackTo: comesBackTo ?? null,
  source,
});

const sla = (text: string): Sla => {
  const [, amount, unit] = SLA_PATTERN.exec(text) ?? [];
  return { amount: Number(amount), unit: unit?.startsWith('hour') ? 'hours' : 'businessDays' };
};

const promotion = ({ when, ...rest }: RawPromotion, index: number): Promotion => ({
  ...rest,
  when:
    'field' in when
      ? { kind: 'field', ...when }
      : 'anyMemberScore' in when
        ? { kind: 'anyMemberScore', atLeast: when.anyMemberScore }
        : 'totalScore' in when
          ? { kind: 'totalScore', atLeast: when.totalScore }
          : 'groupCoverage' in when
            ? { kind: 'groupCoverage', atLeast: when.groupCoverage }
            : { kind: 'confirmedMembers', atLeast: when.confirmedMembers },
  source: `promotions[${index}]`,
});

const handshake = (
  { assignment, sla: slaText, ...rest }: RawHandshake,
  index: number,
  stages: ReadonlyMap<string, Stage>,
): Handshake => ({
  ...rest,
  // A stage that is not there is reported by the checks; until then the giver stands in.
  receiver: stages.get(rest.stage)?.revenueFunction ?? rest.giver,
  assignment:
    'accountField' in assignment
      ? { by: 'accountField', value: assignment.accountField }
      : 'role' in assignment
        ? { by: 'role', value: assignment.role }
        : { by: 'queue', value: assignment.queue },
  sla: sla(slaText),
  source: `handshakes[${index}]`,
});

const closedWonRule = ({ closeDate, amount, ...rest }: RawClosedWonRule, index: number): ClosedWonRule => ({
  ...rest,
  closeDate:
    'contractEnd' in closeDate
      ? { from: 'contractEnd', defaultTermMonths: closeDate.contractEnd.defaultTermMonths }
      : { from: 'daysAfterWin', days: closeDate.daysAfterWin },
  amount:
    amount === 'none'
      ? { from: 'none', upliftPercent: 0 }
      : { from: 'wonAmount', upliftPercent: amount.wonAmount.upliftPercent },
  source: `closedWon[${index}]`,
});
