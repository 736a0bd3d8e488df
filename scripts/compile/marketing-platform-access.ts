import type { PermissionSet } from '@salesforce/types/metadata';

import type { Component } from '../metadata/component.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { keepsBuyingGroups } from './buying-groups/full-group.ts';
import { SCORE_SOURCE } from './buying-groups/score-field.ts';
import { define } from './define.ts';
import { joins } from './flows/signals/creation-rules.ts';
import { LEAD_FIELD, MARKETING_PLATFORM_PERMISSION_SET } from './names.ts';
import { objectAccess } from './object-access.ts';

/** The score of a person, and what a lead says it is interested in; everything else about leads is automation's or people's. */
const isWritten = ({ fullName, source }: Component): boolean =>
  source === SCORE_SOURCE || fullName === `Lead.${LEAD_FIELD.solution}`;

/**
 * What the user of the marketing platform needs to do its part: bring leads, keep scores, say who responded to which campaign. A set of
 * its own, since nobody else writes scores, and without any license, so that a user of whatever license can have it.
 *
 * Members of campaigns follow the campaign: importing them asks for "Edit on campaigns" and Marketing User (Help, "Who can import
 * campaign members?"), and so does the connector of Account Engagement (Help, "Assign Object Permissions to the Connector User"). Marketing
 * User is a checkbox of the user, which no permission set holds. Who reads contacts reads their accounts, as in every set here.
 *
 * `customFields` are the compiled fields; where an organisation's own fields hold the score, it is for what brought them to give access.
 */
export const compileMarketingPlatformAccess = (
  waterfall: Waterfall,
  customFields: readonly Component[],
): readonly Component[] => {
  const objects = [
    ...(keepsBuyingGroups(waterfall) ? [objectAccess('Account', false, false)] : []),
    ...(joins(waterfall) ? [objectAccess('Campaign', true, false)] : []),
    ...(keepsBuyingGroups(waterfall) ? [objectAccess('Contact', true, false)] : []),
    ...(waterfall.leads === null ? [] : [objectAccess('Lead', true, true)]),
  ];
  if (objects.length === 0) return [];
  const written = customFields
    .filter(isWritten)
    .map(({ fullName }) => ({ editable: true, field: fullName, readable: true }));
  return [
    define<PermissionSet>(
      'PermissionSet',
      MARKETING_PLATFORM_PERMISSION_SET,
      {
        description:
          'What the marketing platform writes: leads with the solution that they are interested in, lead scores, responses to campaigns. For the user it works as.',
        fieldPermissions: written.toSorted((left, right) => (left.field < right.field ? -1 : 1)),
        hasActivationRequired: false,
        label: 'Waterfall Marketing Platform',
        objectPermissions: objects,
      },
      SCORE_SOURCE,
    ),
  ];
};
