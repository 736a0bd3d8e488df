import { z } from 'zod';
import { DESCRIPTION_MAX, name, PICKLIST_VALUE_MAX, text, TYPE_LABEL_MAX, STAGE_NAME_MAX } from './common.ts';
import { closedWonRule, handshake, promotion } from './rules.ts';
import { stage, stageEntry } from './stage.ts';

const opportunityType = z.strictObject({
  label: name(TYPE_LABEL_MAX).describe('The record type as people see it.'),
  description: text(DESCRIPTION_MAX),
  typeValue: name(PICKLIST_VALUE_MAX).describe('The value this type has in the standard Opportunity Type picklist.'),
  creation: z.strictObject({
    stage: name(STAGE_NAME_MAX).describe('The stage in which an opportunity of this type is born.'),
    by: z.array(z.enum(['targetedAccount', 'signal', 'lead', 'person', 'closedWon'])).min(1),
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
  solutions: z
    .array(
      z.strictObject({
        name: name(PICKLIST_VALUE_MAX),
        description: text(DESCRIPTION_MAX),
        buyingGroup: name(80),
        sellsNext: z.array(name(PICKLIST_VALUE_MAX)).default([]),
      }),
    )
    .default([])
    .describe('One opportunity is one account x one solution.'),
  buyingGroups: z
    .strictObject({
      roles: z.array(role).default([]),
      groups: z.array(z.strictObject({ name: name(80), roles: z.array(name(40)).min(1) })).default([]),
    })
    .default({ roles: [], groups: [] }),
  leads: z
    .strictObject({
      matchBy: z.array(z.enum(['emailDomain', 'website', 'companyName', 'companyNameAndCountry'])).min(1),
      tieBreakers: z.array(z.enum(['ownerSet', 'openOpportunity', 'mostRecentActivity', 'biggest'])).default([]),
      noMatch: z.enum(['createAccount', 'alertRevOps']),
      statuses: z.array(z.strictObject({ name: name(40), converted: z.boolean().default(false) })).default([]),
    })
    .default({ matchBy: ['emailDomain'], tieBreakers: ['ownerSet'], noMatch: 'alertRevOps', statuses: [] }),
});

export type RawWaterfall = z.infer<typeof waterfallSchema>;
