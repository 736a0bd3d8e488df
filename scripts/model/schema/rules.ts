import { z } from 'zod';
import {
  fieldName,
  name,
  opportunityTypeKey,
  REASON_MAX,
  revenueFunction,
  sla,
  STAGE_NAME_MAX,
  text,
} from './common.ts';

const percent = z.number().min(0).max(100);

export const promotion = z.strictObject({
  name: text(80),
  opportunityType: opportunityTypeKey,
  from: name(STAGE_NAME_MAX),
  to: name(STAGE_NAME_MAX),
  when: z.union(
    [
      z
        .strictObject({ anyMemberScore: z.number().min(0) })
        .describe("Any buying-group member's lead score is at least this."),
      z
        .strictObject({ totalScore: z.number().min(0) })
        .describe('The lead scores of the buying group add up to at least this.'),
      z
        .strictObject({ groupCoverage: percent })
        .describe('At least this percentage of the roles of a full buying group is filled.'),
      z.strictObject({ confirmedMembers: z.int().min(1) }).describe('At least this many members are confirmed.'),
      z.strictObject({ field: fieldName, equals: z.union([z.string(), z.number(), z.boolean()]) }),
    ],
    { error: 'is not one of anyMemberScore, totalScore, groupCoverage, confirmedMembers, or field with equals' },
  ),
});

export const handshake = z.strictObject({
  name: text(80),
  opportunityType: opportunityTypeKey,
  stage: name(STAGE_NAME_MAX).describe('The stage whose entry asks for the hand-over. Its owner receives.'),
  giver: revenueFunction,
  assignment: z
    .union(
      [
        z.strictObject({ accountField: fieldName }),
        z.strictObject({ role: text(80) }),
        z.strictObject({ queue: text(80) }),
      ],
      { error: 'is not one of accountField, role or queue' },
    )
    .describe('Who of the receiving function answers.'),
  sla,
  onAccept: z.strictObject({ makeOwner: z.boolean() }).default({ makeOwner: true }),
  onReject: z.strictObject({
    stage: name(STAGE_NAME_MAX),
    reasons: z
      .array(name(REASON_MAX))
      .min(1)
      .default(['Not ready', 'No need', 'Wrong contact', 'Duplicate', 'Missing information'])
      .describe('Whoever rejects names one of these.'),
  }),
  onSilence: z
    .strictObject({ remindHoursBefore: z.int().min(1), escalateTo: z.enum(['manager', 'accountable']) })
    .default({ remindHoursBefore: 4, escalateTo: 'manager' }),
});

export const closedWonRule = z.strictObject({
  name: text(80),
  from: z.array(opportunityTypeKey).min(1).describe('Winning an opportunity of one of these types ...'),
  creates: opportunityTypeKey.describe('... creates one of this type ...'),
  stage: name(STAGE_NAME_MAX).describe('... in this stage.'),
  delayDays: z.int().min(0).max(3650).default(0).describe('Days after the win; 0 is at once.'),
  closeDate: z.union(
    [
      z.strictObject({ contractEnd: z.strictObject({ defaultTermMonths: z.int().min(1).max(120) }) }),
      z.strictObject({ daysAfterWin: z.int().min(1).max(3650) }),
    ],
    { error: 'is neither contractEnd with defaultTermMonths nor daysAfterWin' },
  ),
  amount: z
    .union(
      [
        z.strictObject({ wonAmount: z.strictObject({ upliftPercent: z.number().min(-100).max(1000) }) }),
        z.literal('none'),
      ],
      {
        error: 'is neither wonAmount with upliftPercent nor "none"',
      },
    )
    .default('none'),
  ownerChain: z
    .array(fieldName)
    .default([])
    .describe(
      "User lookups on Account, tried in order; empty and inactive users are skipped; the won opportunity's owner comes last.",
    ),
  copies: z.array(z.enum(['buyingGroup', 'products', 'solution', 'contractDates'])).default([]),
});

export const lostRenewal = z.strictObject({
  ends: z
    .array(opportunityTypeKey)
    .default([])
    .describe('Open opportunities of these types at the account end with a lost renewal ...'),
  scope: z
    .enum(['account', 'solution'])
    .default('solution')
    .describe('... all of them, or only those for the solution that was not renewed ...'),
  stage: name(STAGE_NAME_MAX).describe('... in this lost stage ...'),
  reason: name(REASON_MAX).optional().describe('... for this reason, where the stage asks for one.'),
});

export type RawPromotion = z.infer<typeof promotion>;
export type RawHandshake = z.infer<typeof handshake>;
export type RawClosedWonRule = z.infer<typeof closedWonRule>;
