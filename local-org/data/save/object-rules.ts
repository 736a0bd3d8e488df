import { accountRules } from './account-rules.ts';
import { assignmentRules } from './assignment-rules.ts';
import { campaignMemberRules } from './campaign-member-rules.ts';
import { contactRoleRules } from './contact-role-rules.ts';
import { activityRules } from './activity-rules.ts';
import { eventRules } from './event-rules.ts';
import { lineItemRules } from './line-item-rules.ts';
import { opportunityRules } from './opportunity-rules.ts';
import { priceBookEntryRules } from './price-book-rules.ts';
import { personRules } from './person-rules.ts';
import type { ObjectRules } from './save-context.ts';

/** Objects whose records the platform treats beyond their definition. */
const RULES: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
  Opportunity: opportunityRules,
  OpportunityContactRole: contactRoleRules,
  OpportunityLineItem: lineItemRules,
  Contact: personRules,
  Lead: personRules,
  User: personRules,
  Task: activityRules,
  Event: eventRules,
  CampaignMember: campaignMemberRules,
  PricebookEntry: priceBookEntryRules,
  PermissionSetAssignment: assignmentRules,
};

export function rulesOf(object: string): ObjectRules | undefined {
  return RULES[object];
}
