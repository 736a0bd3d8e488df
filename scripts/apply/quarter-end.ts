/** Days before the end of a fiscal quarter on which a change to the pipeline deserves a second thought. */
const LAST_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Days from `today` to the last day of its fiscal quarter, 0 on that day itself. `startMonth` is the fiscal year's first month, 1 to 12. */
export function daysToQuarterEnd(today: Date, startMonth: number): number {
  const month = today.getUTCMonth() + 1;
  const intoQuarter = (((month - startMonth) % 3) + 3) % 3;
  const lastDay = Date.UTC(today.getUTCFullYear(), month - 1 + (3 - intoQuarter), 0);
  const now = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return Math.round((lastDay - now) / DAY_MS);
}

/** The warning for a deploy to production in the last days of a quarter; null on other days. */
export function quarterEndWarning(today: Date, startMonth: number): string | null {
  const days = daysToQuarterEnd(today, startMonth);
  if (days >= LAST_DAYS) return null;
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return `The fiscal quarter ends ${when}: people are closing deals. Consider deploying after it.`;
}
