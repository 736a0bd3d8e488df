import type { CustomField } from '@salesforce/types/metadata';

import type { ComponentMetadata } from '../../metadata/component-metadata.ts';
import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { define } from '../define.ts';
import { restrictedPicklist } from '../field.ts';
import { MEMBER_FIELD, MEMBER_SOURCE, MEMBER_STATUS } from '../names.ts';
import { keepsBuyingGroups } from './full-group.ts';
import { scoreField } from './score-field.ts';

const SOURCE = 'buyingGroups';
const KEPT = 'Kept by the flow "Waterfall: Buying Group Member".';

/** What a field of a number of points or people looks like; the platform holds 18 digits. */
const WHOLE_NUMBER = { precision: 18, scale: 0, type: 'Number' } as const;

/** Contact roles have no field history (retrieved fields of OpportunityContactRole carry no `trackHistory`). */
const memberField = (name: string, metadata: ComponentMetadata<CustomField>): Component =>
  define<CustomField>(
    'CustomField',
    `OpportunityContactRole.${name}`,
    { externalId: false, required: false, ...metadata },
    SOURCE,
  );

const people = (): readonly Component[] => [
  memberField(MEMBER_FIELD.status, {
    description: 'Whether it is certain that this person takes part in the buying decision.',
    inlineHelpText:
      'Potential: probably takes part in the decision. Confirmed: somebody has made sure that this person does.',
    label: 'Member Status',
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: Object.values(MEMBER_STATUS).map((name) => ({
          fullName: name,
          default: name === MEMBER_STATUS.potential,
          label: name,
        })),
      },
    },
  }),
  memberField(MEMBER_FIELD.source, {
    description: 'How this person came into the buying group. Who enters nothing enters Research.',
    inlineHelpText:
      'Inbound: responded to us. Research: we found the person. Customer: known from an earlier opportunity.',
    label: 'Member Source',
    type: 'Picklist',
    valueSet: restrictedPicklist(Object.values(MEMBER_SOURCE)),
  }),
];

const engagement = (): readonly Component[] => [
  memberField(MEMBER_FIELD.lastEngagementAt, {
    description: 'When this person last responded to something about the solution. Written with each response.',
    inlineHelpText: 'Set automatically when this person responds to a campaign for the solution of the opportunity.',
    label: 'Last Engagement At',
    type: 'DateTime',
  }),
  memberField(MEMBER_FIELD.signalCount, {
    ...WHOLE_NUMBER,
    description: `How often this person responded to something about the solution, also before joining. ${KEPT}`,
    inlineHelpText: 'Set automatically: how often this person responded to something about the solution.',
    label: 'Signal Count',
    unique: false,
  }),
];

const scores = ({ leadScore }: Waterfall): readonly Component[] => [
  memberField(MEMBER_FIELD.scoreAtJoining, {
    ...WHOLE_NUMBER,
    description: `The lead score of this person on the day of joining the buying group. ${KEPT}`,
    inlineHelpText: 'Set automatically: the lead score of this person when joining the buying group.',
    label: 'Score At Joining',
    unique: false,
  }),
  memberField(MEMBER_FIELD.leadScore, {
    ...WHOLE_NUMBER,
    description: 'The present lead score of the contact, in whole points: 99.6 has not reached 100.',
    formula: `FLOOR(Contact.${leadScore.contact})`,
    formulaTreatBlanksAs: 'BlankAsBlank',
    inlineHelpText: 'The present lead score of the contact.',
    label: 'Lead Score',
    unique: false,
  }),
];

/** What only the flows read. */
const bookkeeping = (): readonly Component[] => [
  memberField(MEMBER_FIELD.key, {
    caseSensitive: true,
    description: `Opportunity and contact: nobody is in a buying group twice. ${KEPT}`,
    inlineHelpText: 'Set automatically, so that nobody is in a buying group twice. Do not change it.',
    label: 'Buying Group Key',
    length: 255,
    type: 'Text',
    unique: true,
  }),
  memberField(MEMBER_FIELD.change, {
    ...WHOLE_NUMBER,
    description:
      'Number of the change of the buying group that this member was last part of: members saved together share it, and one of them ' +
      `has the group counted for all. Emptied, it has the group counted again. ${KEPT}`,
    inlineHelpText: 'Set automatically. Empty it to have the buying group counted again.',
    label: 'Buying Group Change',
    unique: false,
  }),
  memberField(MEMBER_FIELD.opportunityOpen, {
    description: 'Whether the opportunity is open: only then are changes of scores counted.',
    formula: 'NOT(Opportunity.IsClosed)',
    inlineHelpText: 'Whether the opportunity is open.',
    label: 'Opportunity Open',
    type: 'Checkbox',
  }),
  memberField(MEMBER_FIELD.contactRemoved, {
    defaultValue: 'false',
    description:
      'The contact is being deleted, so that this member counts no more. Set by "Waterfall: Contact Removal".',
    inlineHelpText: 'Set automatically while the contact is being deleted.',
    label: 'Contact Removed',
    type: 'Checkbox',
  }),
];

/** What a member of a buying group has beside contact and role, and the score it is judged by; nothing where there are no buying groups. */
export const compileMemberFields = (waterfall: Waterfall): readonly Component[] =>
  keepsBuyingGroups(waterfall)
    ? [...scoreField('Contact', waterfall), ...people(), ...engagement(), ...scores(waterfall), ...bookkeeping()]
    : [];
