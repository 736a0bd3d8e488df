import { z } from 'zod';
import {
  DESCRIPTION_MAX,
  fieldName,
  name,
  PICKLIST_VALUE_MAX,
  text,
  TYPE_LABEL_MAX,
  STAGE_NAME_MAX,
} from './common.ts';
import { closedWonRule, handshake, lostRenewal, promotion } from './rules.ts';
import { stage, stageEntry } from './stage.ts';

/** Half a year: beyond the quarters that are being forecast, so that a placeholder does not look like a forecast. */
const CLOSE_IN_DAYS = 180;
const CLOSE_IN_DAYS_MAX = 3650;

const opportunityType = z.strictObject({
  label: name(TYPE_LABEL_MAX).describe('The record type as people see it.'),
  description: text(DESCRIPTION_MAX),
  typeValue: name(PICKLIST_VALUE_MAX).describe('The value this type has in the standard Opportunity Type picklist.'),
  creation: z.strictObject({
    stage: name(STAGE_NAME_MAX).describe('The stage in which an opportunity of this type is born.'),
    by: z.array(z.enum(['targetedAccount', 'signal', 'lead', 'person', 'closedWon'])).min(1),
    ownerChain: z
      .array(fieldName)
      .default([])
      .describe(
        "Who owns it when automation creates it from an account, a signal or a lead: user lookups on Account, tried in order; empty and inactive users are skipped; the account's owner comes last.",
      ),
    closeInDays: z
      .int()
      .min(1)
      .max(CLOSE_IN_DAYS_MAX)
      .default(CLOSE_IN_DAYS)
      .describe(
        'How many days after automation creates it from an account, a signal or a lead it is to close. A mere placeholder until somebody knows better: every opportunity must have a close date.',
      ),
  }),
  stages: z
    .array(stageEntry)
    .min(2)
    .describe('In path order. A stage that types share is defined once and named by the others.'),
});

const role = z.strictObject({
  name: name(40),
  description: text(DESCRIPTION_MAX),
  titleWords: z.array(z.string().regex(/^[a-z0-9 ]+$/, { error: 'is not in lower case' })).default([]),
});

/** Mail providers whose domain says nothing about the company; an organisation adds its own. */
export const PUBLIC_MAIL_DOMAINS = [
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'yahoo.co.uk',
  'yahoo.de',
  'yahoo.fr',
  'hotmail.com',
  'hotmail.co.uk',
  'hotmail.fr',
  'outlook.com',
  'live.com',
  'msn.com',
  'aol.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'web.de',
  't-online.de',
  'freenet.de',
  'orange.fr',
  'free.fr',
  'laposte.net',
  'libero.it',
  'mail.com',
  'mail.ru',
  'yandex.ru',
  'yandex.com',
  'qq.com',
  '163.com',
  '126.com',
  'zoho.com',
  'fastmail.com',
  'comcast.net',
  'verizon.net',
  'btinternet.com',
] as const;

const leads = z.strictObject({
  matchBy: z
    .array(z.enum(['contactEmail', 'emailDomain', 'website', 'companyName', 'companyNameAndCountry']))
    .min(1)
    .describe('How the account of a lead is found; the first that finds one decides.'),
  tieBreakers: z
    .array(z.enum(['ownerSet', 'openOpportunity', 'mostRecentActivity', 'biggest']))
    .default([])
    .describe('Which of several accounts it is; the first that tells them apart decides.'),
  noMatch: z.enum(['createAccount', 'alertRevOps']),
  noSolution: z
    .union([z.enum(['alertRevOps', 'ignore']), z.strictObject({ solution: name(PICKLIST_VALUE_MAX) })], {
      error: 'is not one of alertRevOps, ignore, or solution with the name of one',
    })
    .default('alertRevOps')
    .describe(
      'What becomes of a lead that names no solution, where there are several: it is taken to want the solution named here; or, once converted, it joins the one opportunity that its account has open, renewals aside, and with none or several RevOps gets a task, or nobody is told.',
    ),
  convert: z
    .union([z.enum(['onArrival', 'never']), z.strictObject({ status: name(40) })])
    .default('onArrival')
    .describe('When a matched lead becomes a contact: as it arrives, on reaching a status, or never by itself.'),
  publicMailDomains: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'is not a domain in lower case' }))
    .default([...PUBLIC_MAIL_DOMAINS])
    .describe('Domains of mail providers, which say nothing about the company.'),
  statuses: z
    .array(z.strictObject({ name: name(STAGE_NAME_MAX), converted: z.boolean().default(false) }))
    .default([])
    .describe(
      'Lead statuses with a date each, for organisations that run a lead funnel too. In the order they are passed.',
    ),
});

/** What config/waterfall.yaml may hold. The JSON schema for editors is generated from it. */
export const waterfallSchema = z.strictObject({
  name: text(80),
  description: text(1000),
  typeCarrier: z
    .enum(['recordType', 'typeField'])
    .default('recordType')
    .describe('What tells the type of an opportunity: its record type, or at its simplest only the Type picklist.'),
  revenueFunctions: z.strictObject({
    marketing: text(40).default('Marketing'),
    salesDevelopment: text(40).default('Sales Development'),
    sales: text(40).default('Sales'),
    customerSuccess: text(40).default('Customer Success'),
  }),
  stageDates: z
    .strictObject({
      reentry: z.enum(['first', 'latest']).describe('Entering a stage again keeps the first date or takes the latest.'),
      skipped: z
        .enum(['blank', 'fill'])
        .describe('Steps that were jumped over stay blank or get the date of the step entered.'),
    })
    .default({ reentry: 'first', skipped: 'blank' }),
  sharedStages: z.array(stage).default([]).describe('Stages that several types name, such as Closed Won.'),
  opportunityTypes: z.strictObject({
    acquisition: opportunityType.optional(),
    renewal: opportunityType.optional(),
    upsell: opportunityType.optional(),
    crossSell: opportunityType.optional(),
  }),
  promotions: z.array(promotion).default([]),
  handshakes: z.array(handshake).default([]),
  closedWon: z.array(closedWonRule).default([]).describe('What a won opportunity creates.'),
  lostRenewal: lostRenewal
    .optional()
    .describe('A lost renewal marks the account as churned, and ends what the customer was still to buy.'),
  leadScore: z
    .strictObject({ lead: fieldName.default('Lead_Score__c'), contact: fieldName.default('Lead_Score__c') })
    .default({ lead: 'Lead_Score__c', contact: 'Lead_Score__c' })
    .describe('The number fields that the marketing platform writes the score of a person to.'),
  solutions: z
    .array(
      z.strictObject({
        name: name(PICKLIST_VALUE_MAX),
        description: text(DESCRIPTION_MAX),
        buyingGroup: name(80),
        sellsMore: z
          .boolean()
          .default(true)
          .describe('Whether a customer can buy more of it: upsells are created for it.'),
        sellsNext: z
          .array(name(PICKLIST_VALUE_MAX))
          .default([])
          .describe('Solutions to offer next: a cross-sell is created for each that the account does not have.'),
      }),
    )
    .default([])
    .describe('One opportunity is one account x one solution.'),
  buyingGroups: z
    .strictObject({
      roles: z.array(role).default([]),
      groups: z.array(z.strictObject({ name: name(80), roles: z.array(name(40)).min(1) })).default([]),
      coverageCounts: z
        .enum(['all', 'confirmed'])
        .default('all')
        .describe('Whether a role is covered by any member or only by a confirmed one.'),
      defaultRole: name(40)
        .optional()
        .describe('The role of a member whose title suggests none; left out, it stays blank.'),
    })
    .default({ roles: [], groups: [], coverageCounts: 'all' }),
  leads: leads.optional().describe('Left out, nothing is done with leads.'),
});

export type RawWaterfall = z.infer<typeof waterfallSchema>;
