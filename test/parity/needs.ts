import { call, query, type Target } from './target.ts';
import type { Scenario } from './scenario.ts';

type Need = Scenario['needs'][number];

/** The stages of a new org with what follows from them (Help, "Opportunity Stages"; the same ten in every new edition). */
const STANDARD_STAGES: Readonly<Record<string, readonly [probability: number, forecastCategory: string]>> = {
  Prospecting: [10, 'Pipeline'],
  Qualification: [10, 'Pipeline'],
  'Needs Analysis': [20, 'Pipeline'],
  'Value Proposition': [50, 'Pipeline'],
  'Id. Decision Makers': [60, 'Pipeline'],
  'Perception Analysis': [70, 'Pipeline'],
  'Proposal/Price Quote': [75, 'Pipeline'],
  'Negotiation/Review': [90, 'Pipeline'],
  'Closed Won': [100, 'Closed'],
  'Closed Lost': [0, 'Omitted'],
};

interface StageRow {
  readonly MasterLabel: string;
  readonly DefaultProbability: number;
  readonly ForecastCategoryName: string;
}

const answers = async (target: Target, soql: string): Promise<boolean> =>
  (await call(target, { method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` })).status === 200;

/** How each need is looked for. */
const PRESENT: Readonly<Record<Need, (target: Target) => Promise<boolean>>> = {
  'standard stages': async (target) => {
    const rows = await query<StageRow>(
      target,
      'SELECT MasterLabel, DefaultProbability, ForecastCategoryName FROM OpportunityStage WHERE IsActive = true',
    );
    return Object.entries(STANDARD_STAGES).every(([name, [probability, category]]) =>
      rows.some(
        (row) =>
          row.MasterLabel === name && row.DefaultProbability === probability && row.ForecastCategoryName === category,
      ),
    );
  },
  products: async (target) =>
    (await answers(target, 'SELECT Id FROM Product2 LIMIT 1')) &&
    (await query(target, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true AND IsActive = true')).length > 0,
  'lead conversion': (target) => answers(target, 'SELECT ApiName FROM LeadStatus WHERE IsConverted = true'),
  'API 66': async (target) => {
    const { body } = await call(target, { method: 'GET', path: '/services/data', session: 'none' });
    return (body as readonly { version: string }[]).some(({ version }) => version === '66.0');
  },
  'US English': async (target) => {
    const [user] = await query<{ LanguageLocaleKey: string }>(
      target,
      `SELECT LanguageLocaleKey FROM User WHERE Id = '${target.userId}'`,
    );
    return user?.LanguageLocaleKey === 'en_US';
  },
  'calendar fiscal year': async (target) => {
    const [org] = await query<{ FiscalYearStartMonth: number }>(
      target,
      'SELECT FiscalYearStartMonth FROM Organization',
    );
    return org?.FiscalYearStartMonth === 1;
  },
};

/** Asks the org once for each need; the answer is what it lacks. */
export function needsOf(target: Target): (needs: readonly Need[]) => Promise<readonly Need[]> {
  const known = new Map<Need, Promise<boolean>>();
  const present = (need: Need): Promise<boolean> => {
    const asked = known.get(need) ?? PRESENT[need](target);
    known.set(need, asked);
    return asked;
  };
  return async (needs) => {
    const lacking: Need[] = [];
    for (const need of needs) if (!(await present(need))) lacking.push(need);
    return lacking;
  };
}
