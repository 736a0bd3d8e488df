import type { Backlog, ShownLead } from './match-backlog.ts';
import type { LeadOutcome } from './journal.ts';

const part = (some: number, of: number): string => (of === 0 ? '0 %' : `${Math.round((100 * some) / of)} %`);
const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** What matching has found, in a few lines. */
export function backlogText({ accounts, leads, match, review, none }: Backlog): string {
  return [
    `${many(leads, 'unconverted lead')} against ${many(accounts, 'account')}:`,
    `  match   ${String(match).padStart(7)}  ${part(match, leads).padStart(5)}  belongs to the account`,
    `  review  ${String(review).padStart(7)}  ${part(review, leads).padStart(5)}  probably; a person decides`,
    `  none    ${String(none).padStart(7)}  ${part(none, leads).padStart(5)}  no account comes near enough`,
  ].join('\n');
}

/** A row of the table. */
export const shownRow = ({ name, company, match }: ShownLead): Record<string, string> => ({
  lead: name,
  company,
  account: match.account?.name ?? '',
  score: String(match.score),
  because: match.reasons.join('; '),
});

/** What became of the leads, in a few lines; refusals by their reason. */
export function conversionText(outcomes: readonly LeadOutcome[], left: number): string {
  const of = (outcome: LeadOutcome['outcome']): readonly LeadOutcome[] =>
    outcomes.filter((each) => each.outcome === outcome);
  const converted = of('converted');
  const created = converted.filter(({ contact }) => contact === 'created').length;
  const reused = converted.filter(({ contact }) => contact === 'reused').length;
  const lines = [
    `Converted ${many(converted.length, 'lead')}: ${many(created, 'new contact')}, ${many(reused, 'contact')} that ${reused === 1 ? 'was' : 'were'} there.`,
  ];
  const before = of('already converted').length;
  if (before > 0) lines.push(`${many(before, 'lead')} had been converted already.`);
  const refused = of('refused');
  if (refused.length > 0)
    lines.push(
      `${many(refused.length, 'lead')} could not be converted and ${refused.length === 1 ? 'stays a lead' : 'stay leads'}:`,
    );
  const reasons = [...Map.groupBy(refused, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  for (const [reason, leads] of reasons) lines.push(`  ${String(leads.length).padStart(5)}  ${reason}`);
  if (left > 0) lines.push(`${many(left, 'lead')} left.`);
  return lines.join('\n');
}
