/** Stages, handshakes and leads. */
import { OUTCOME } from '../../compile/handshakes/outcomes.ts';
import { FIELD, HANDSHAKE_FIELD, LEAD_FIELD, MATCH_STATUS } from '../../compile/names.ts';
import { doubles, idOf, parentText, textOf, typeOf } from './row.ts';
import type { Damage, IntegrityCheck, Row } from './types.ts';

export const stagesDated: IntegrityCheck = {
  name: 'Dates of stages',
  rule: 'Every opportunity of the waterfall has the date of the stage it is in, unless the automation has never seen it.',
  looksAt: ({ opportunities }, waterfall) => opportunities.filter((row) => typeOf(waterfall, row)).length,
  find: ({ undated }) =>
    undated.map((row) => ({ problem: `in ${textOf(row, 'StageName') ?? '?'} without its date`, ids: [idOf(row)] })),
};

const isPending = (row: Row): boolean => textOf(row, HANDSHAKE_FIELD.outcome) === OUTCOME.pending;

export const handshakesPending: IntegrityCheck = {
  name: 'Pending handshakes',
  rule: 'An opportunity has at most one pending handshake, and only while it is in the stage that is handed over.',
  looksAt: ({ handshakes }) => handshakes.length,
  find: ({ handshakes }) => {
    const pending = handshakes.filter(isPending);
    return [
      ...doubles(pending, (row) => textOf(row, HANDSHAKE_FIELD.opportunity)).map(([id, group]) => ({
        problem: `${String(group.length)} handshakes are pending`,
        ids: [id, ...group.map(idOf)],
      })),
      ...pending.flatMap((row): readonly Damage[] => {
        const stage = parentText(row, 'Opportunity__r', 'StageName');
        const asked = textOf(row, HANDSHAKE_FIELD.stage);
        if (stage === null) return [{ problem: 'pending without an opportunity', ids: [idOf(row)] }];
        return stage === asked
          ? []
          : [{ problem: `pending for ${asked ?? '?'}, and the opportunity is in ${stage}`, ids: [idOf(row)] }];
      }),
    ];
  },
};

/** What the opportunity shows keeps people from moving it on. */
export const handshakesShown: IntegrityCheck = {
  name: 'Handshakes on opportunities',
  rule: 'An opportunity shows a pending handshake exactly while it has one.',
  looksAt: ({ handshakes, opportunities }) => (handshakes.length > 0 ? opportunities.length : 0),
  find: ({ handshakes, opportunities }) => {
    const pending = new Set(handshakes.filter(isPending).map((row) => textOf(row, HANDSHAKE_FIELD.opportunity)));
    return opportunities.flatMap((row): readonly Damage[] => {
      const shows = textOf(row, FIELD.handshakeStatus) === OUTCOME.pending;
      if (shows === pending.has(idOf(row))) return [];
      return [
        {
          problem: shows ? 'shows a pending handshake and has none' : 'has a pending handshake and does not show it',
          ids: [idOf(row)],
        },
      ];
    });
  },
};

/** The matching of a batch that a limit has ended is not begun again by itself, nor by another change of such a lead. */
export const leadsMatched: IntegrityCheck = {
  name: 'Leads to be matched',
  rule: 'No lead waits to be matched: that begins right after its save. Choose the matched account of one that does, or convert it with waterfall match.',
  looksAt: ({ leadsToMatch }) => leadsToMatch.length,
  find: ({ leadsToMatch }) => leadsToMatch.map((row) => ({ problem: 'still to be matched', ids: [idOf(row)] })),
};

/** As with matching: the conversion of a batch that a limit has ended is not begun again by itself. */
export const leadsConverted: IntegrityCheck = {
  name: 'Leads to be converted',
  rule: 'No lead that has its account waits to be converted: that begins right after its save. Take the matched account off one that does and choose it again, or convert it with waterfall match.',
  looksAt: ({ leadsToConvert }) => leadsToConvert.length,
  find: ({ leadsToConvert }) =>
    leadsToConvert.map((row) => ({ problem: 'matched and still to be converted', ids: [idOf(row)] })),
};

const emailOf = (row: Row): string | null => textOf(row, 'Email')?.toLowerCase() ?? null;

export const conversionsOnce: IntegrityCheck = {
  name: 'Conversions of leads',
  rule: 'A converted lead has its contact and account, and leads of one e-mail address at one account are one contact.',
  looksAt: ({ convertedLeads }) => convertedLeads.length,
  find: ({ convertedLeads }) => [
    ...convertedLeads.flatMap((row): readonly Damage[] => {
      if (textOf(row, LEAD_FIELD.matchStatus) !== MATCH_STATUS.converted) return [];
      const missing = ['ConvertedContactId', 'ConvertedAccountId'].filter((field) => textOf(row, field) === null);
      return missing.length === 0 ? [] : [{ problem: `converted without ${missing.join(' and ')}`, ids: [idOf(row)] }];
    }),
    ...doubles(convertedLeads, (row) => {
      const email = emailOf(row);
      return email === null ? null : `${email} at ${textOf(row, 'ConvertedAccountId') ?? 'no account'}`;
    }).flatMap(([who, group]): readonly Damage[] => {
      const contacts = new Set(group.map((row) => textOf(row, 'ConvertedContactId')).filter((id) => id !== null));
      return contacts.size < 2
        ? []
        : [{ problem: `${who} became ${String(contacts.size)} contacts`, ids: [...contacts, ...group.map(idOf)] }];
    }),
  ],
};
