import type { Layout } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { keepsBuyingGroups } from './buying-groups/full-group.ts';
import { FIELD, HANDSHAKE, HANDSHAKE_FIELD, MEMBER_FIELD } from './names.ts';

type RelatedList = Authored<Layout['relatedLists'][number]>;

/**
 * Names and columns as an org gives them when an Opportunity layout is retrieved; they are the layout's own, not API
 * names.
 */
const contactRoles = (waterfall: Waterfall): RelatedList => ({
  fields: keepsBuyingGroups(waterfall)
    ? [
        ...['ContactName', 'Role', MEMBER_FIELD.status, MEMBER_FIELD.leadScore, MEMBER_FIELD.lastEngagementAt],
        ...[MEMBER_FIELD.source, 'ContactTitle', 'IsPrimary', 'ContactEmail'],
      ]
    : ['ContactName', 'Role', 'ContactTitle', 'IsPrimary', 'ContactPhone', 'ContactEmail'],
  relatedList: 'RelatedContactRoleList',
});

const RELATED_LISTS: readonly RelatedList[] = [
  { fields: ['Product2', 'Quantity', 'UnitPrice', 'ServiceDate', 'Description'], relatedList: 'RelatedLineItemList' },
  {
    fields: ['OPPORTUNITY.NAME', 'OPPORTUNITY.STAGE_NAME', 'OPPORTUNITY.AMOUNT', 'OPPORTUNITY.CLOSE_DATE'],
    relatedList: `Opportunity.${FIELD.sourceOpportunity}`,
    sortField: 'OPPORTUNITY.CLOSE_DATE',
    sortOrder: 'Asc',
  },
  {
    fields: [
      ...['TASK.SUBJECT', 'TASK.WHO_NAME', 'ACTIVITY.TASK', 'TASK.DUE_DATE', 'TASK.STATUS', 'TASK.PRIORITY'],
      'CORE.USERS.FULL_NAME',
    ],
    relatedList: 'RelatedActivityList',
  },
  {
    fields: [
      'TASK.SUBJECT',
      'TASK.WHO_NAME',
      'ACTIVITY.TASK',
      'TASK.DUE_DATE',
      'CORE.USERS.FULL_NAME',
      'TASK.LAST_UPDATE',
    ],
    relatedList: 'RelatedHistoryList',
  },
  { relatedList: 'RelatedOpportunityHistoryList' },
  { relatedList: 'RelatedNoteList' },
];

/** Hand-overs, newest first. */
const HANDSHAKES: RelatedList = {
  fields: [
    'NAME',
    HANDSHAKE_FIELD.stage,
    HANDSHAKE_FIELD.toUser,
    HANDSHAKE_FIELD.outcome,
    HANDSHAKE_FIELD.reason,
    HANDSHAKE_FIELD.dueAt,
    HANDSHAKE_FIELD.answeredAt,
  ],
  relatedList: `${HANDSHAKE}.${HANDSHAKE_FIELD.opportunity}`,
  sortField: HANDSHAKE_FIELD.requestedAt,
  sortOrder: 'Desc',
};

export const relatedLists = (waterfall: Waterfall): readonly RelatedList[] => [
  ...(waterfall.handshakes.length > 0 ? [HANDSHAKES] : []),
  contactRoles(waterfall),
  ...RELATED_LISTS,
];
