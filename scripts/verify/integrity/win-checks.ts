/** Wins and what they create: every follow-up has its win, every win its follow-ups. */
import { FIELD, stageDateField } from '../../compile/names.ts';
import { DAYS_LATE } from '../../compile/flows/closed-won/won-start.ts';
import { rulesThatCreate, wonStages } from '../../compile/flows/closed-won/won-rules.ts';
import { TYPE_KEYS } from '../../model/resolve.ts';
import type { OpportunityTypeKey, Waterfall } from '../../model/waterfall.ts';
import { doubles, idOf, sameId, textOf, typeOf } from './row.ts';
import type { Damage, IntegrityCheck, IntegrityData, Row } from './types.ts';

interface FollowUp {
  readonly row: Row;
  readonly type: string;
  readonly source: string;
  readonly solution: string | null;
}

const TYPES: ReadonlySet<string> = new Set(TYPE_KEYS);

/** Opportunities whose key says that a win made them: `renewal:<id>`, `crossSell:<id>:<solution>`. Keys of others are their own business. */
const followUps = ({ opportunities }: IntegrityData): readonly FollowUp[] =>
  opportunities.flatMap((row) => {
    const [type = '', source = '', ...solution] = textOf(row, FIELD.key)?.split(':') ?? [];
    return source === '' || !TYPES.has(type)
      ? []
      : [{ row, type, source, solution: solution.length > 0 ? solution.join(':') : null }];
  });

export const followUpsHaveTheirWin: IntegrityCheck = {
  name: 'Follow-ups and their win',
  rule: 'Whatever a win has created names it, and the won opportunity is there and won.',
  looksAt: (data) => followUps(data).length,
  find: (data) => {
    const byId = new Map(data.opportunities.map((row) => [idOf(row).slice(0, 15), row]));
    return followUps(data).flatMap(({ row, type, source }): readonly Damage[] => {
      const won = byId.get(source.slice(0, 15));
      const named = textOf(row, FIELD.sourceOpportunity);
      if (!won) return [{ problem: `${type} of ${source}, which is not there`, ids: [idOf(row)] }];
      if (named === null || !sameId(named, source))
        return [{ problem: `${type} of ${source} by its key, of ${named ?? 'none'} by its source`, ids: [idOf(row)] }];
      return won['IsWon'] === true ? [] : [{ problem: `${type} of ${source}, which is not won`, ids: [idOf(row)] }];
    });
  },
};

/** By the source that they name and their type, so that it also finds what was made without a key. */
export const followUpsOnce: IntegrityCheck = {
  name: 'Follow-ups once',
  rule: 'A win creates one opportunity of each type, and one for each solution where a type has one per solution.',
  looksAt: ({ opportunities }) => opportunities.filter((row) => textOf(row, FIELD.sourceOpportunity)).length,
  find: ({ opportunities }, waterfall) =>
    doubles(opportunities, (row) => {
      const type = typeOf(waterfall, row);
      const source = textOf(row, FIELD.sourceOpportunity);
      if (!type || !source) return null;
      const solution = type.key === 'crossSell' ? `:${textOf(row, FIELD.solution) ?? ''}` : '';
      return `${type.label} of ${source.slice(0, 15)}${solution}`;
    }).map(([what, group]) => ({ problem: `${String(group.length)} times ${what}`, ids: group.map(idOf) })),
};

interface Expected {
  readonly won: Row;
  /** What its key is to be, in 18 characters. */
  readonly key: string;
  readonly label: string;
  /** Of a cross-sell. */
  readonly solution: string | null;
}

/** Which solutions a win makes worth offering; null stands for the only one of a type that has one per win. */
const offers = (waterfall: Waterfall, creates: OpportunityTypeKey, won: Row): readonly (string | null)[] => {
  const solution = waterfall.solutions.find(({ name }) => name === textOf(won, FIELD.solution));
  if (creates === 'crossSell') return textOf(won, 'AccountId') === null ? [] : (solution?.sellsNext ?? []);
  if (creates === 'upsell' && waterfall.solutions.length > 0) return solution?.sellsMore ? [null] : [];
  return [null];
};

const DAY_MS = 86_400_000;

/** A history that is filled in later stamps a win long after its date: the flows have seen no win, and create nothing of it. */
const isInTime = (stampedAt: string, wonOn: string | null): boolean =>
  wonOn === null || new Date(stampedAt).getTime() - new Date(wonOn).getTime() <= (DAYS_LATE + 1) * DAY_MS;

/** Only wins that the automation has seen: stamped when they were won, and with the date of the win, from which days are counted. */
const isSeen = (row: Row, stages: readonly string[]): boolean => {
  const stage = textOf(row, 'StageName') ?? '';
  const stampedAt = textOf(row, FIELD.stampedAt);
  if (row['IsWon'] !== true || stampedAt === null || !stages.includes(stage)) return false;
  return isInTime(stampedAt, textOf(row, stageDateField(stage)));
};

const expected = ({ opportunities, wonLongerAgo }: IntegrityData, waterfall: Waterfall): readonly Expected[] => {
  const rules = waterfall.opportunityTypes.flatMap((creates) =>
    rulesThatCreate(waterfall, creates.key).map((of) => ({ ...of, creates })),
  );
  const byType = Map.groupBy(opportunities, (row) => typeOf(waterfall, row)?.key);
  return rules.flatMap(({ type, rule, creates }) => {
    const stages = wonStages(type);
    const due = wonLongerAgo.get(rule.delayDays);
    return (byType.get(type.key) ?? [])
      .filter((row) => isSeen(row, stages) && due?.has(idOf(row)))
      .flatMap((won) =>
        offers(waterfall, creates.key, won).map((solution) => ({
          won,
          key: `${creates.key}:${idOf(won)}${solution === null ? '' : `:${solution}`}`,
          label: creates.label,
          solution,
        })),
      );
  });
};

/**
 * A cross-sell that is missing is no damage where the account has or had an opportunity for its solution: the win may have found that
 * one open. Nothing is, where RevOps was told; tasks that the org has archived since are not seen.
 */
export const winsHaveTheirFollowUps: IntegrityCheck = {
  name: 'Wins and their follow-ups',
  rule: 'Every win has created what the model says, or RevOps has a task that says why not.',
  looksAt: (data, waterfall) => expected(data, waterfall).length,
  find: (data, waterfall) => {
    const keys = new Set(data.opportunities.map((row) => textOf(row, FIELD.key)));
    const told = new Set(
      data.tasks.map((task) => `${textOf(task, 'WhatId') ?? textInRecord(task)}:${subjectOf(task)}`),
    );
    const atAccount = new Set(
      data.opportunities.map((row) => `${textOf(row, 'AccountId') ?? ''}:${textOf(row, FIELD.solution) ?? ''}`),
    );
    return expected(data, waterfall)
      .filter(({ key }) => !keys.has(key))
      .filter(({ won, label }) => !told.has(`${idOf(won)}:${label} not created`))
      .filter(
        ({ won, solution }) => solution === null || !atAccount.has(`${textOf(won, 'AccountId') ?? ''}:${solution}`),
      )
      .map(({ won, label, solution }) => ({
        problem: `won without its ${label}${solution === null ? '' : ` for ${solution}`}, and nobody was told`,
        ids: [idOf(won)],
      }));
  },
};

/** A task that could not be related to its record names it in its text. */
const textInRecord = (task: Row): string => /Record: (\w{15,18})/.exec(textOf(task, 'Description') ?? '')?.[1] ?? '';
const subjectOf = (task: Row): string => (textOf(task, 'Subject') ?? '').split(':')[0] ?? '';
