import type { CustomField } from '@salesforce/types/metadata';

import type { ComponentMetadata } from '../../metadata/component-metadata.ts';
import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { define } from '../define.ts';
import { joins, opens, targetedType } from '../flows/signals/creation-rules.ts';
import { accountField, opportunityField, restrictedPicklist } from '../field.ts';
import { ACCOUNT_FIELD, CAMPAIGN_FIELD, CAMPAIGN_MEMBER_FIELD, FIELD } from '../names.ts';

const SOURCE = 'solutions';

/** Lines of a multi-select picklist that are shown at once; a longer list scrolls. */
const VISIBLE_LINES = 6;

const field = (object: string, name: string, metadata: ComponentMetadata<CustomField>): Component =>
  define<CustomField>('CustomField', `${object}.${name}`, { externalId: false, required: false, ...metadata }, SOURCE);

const ofCampaigns = (names: readonly string[]): readonly Component[] => [
  field('Campaign', CAMPAIGN_FIELD.solution, {
    description:
      'The solution that the campaign is about. A response to a campaign without one is no signal for any opportunity.',
    inlineHelpText: 'What a response says interest in. Left blank, responses start nothing.',
    label: 'Solution',
    trackHistory: false,
    type: 'Picklist',
    valueSet: restrictedPicklist(names),
  }),
  // A formula reaches the parent of any lookup, the campaign of a member among them (help: customize_cross_object; campaign members in
  // validation rules and formulas: "Hands-On Low-Code Application Development with Salesforce", chapter 3).
  field('CampaignMember', CAMPAIGN_MEMBER_FIELD.solution, {
    description: 'The solution that the campaign is about, so that responses can be counted by solution.',
    formula: `TEXT(Campaign.${CAMPAIGN_FIELD.solution})`,
    formulaTreatBlanksAs: 'BlankAsBlank',
    inlineHelpText: 'The solution of the campaign.',
    label: 'Solution',
    type: 'Text',
    unique: false,
  }),
  field('CampaignMember', CAMPAIGN_MEMBER_FIELD.number, {
    description:
      'Members of one contact whose status is saved together have the same number, so that one of them acts for all. Kept by the flow ' +
      '"Waterfall: Response Number".',
    inlineHelpText: 'Set automatically, so that responses saved together are taken up once. Do not change it.',
    label: 'Response Number',
    precision: 18,
    scale: 0,
    type: 'Number',
    unique: false,
  }),
];

const targetedSolutions = (names: readonly string[]): Component =>
  accountField(
    ACCOUNT_FIELD.targetedSolutions,
    {
      description:
        'The solutions that this account is targeted for. Each that is added starts an opportunity, unless one is open.',
      inlineHelpText: 'Add a solution to start its opportunity at this account. Taking one away ends nothing.',
      label: 'Targeted Solutions',
      type: 'MultiselectPicklist',
      valueSet: restrictedPicklist(names),
      visibleLines: VISIBLE_LINES,
    },
    SOURCE,
  );

const openKey = (): Component =>
  opportunityField(
    FIELD.openKey,
    {
      caseSensitive: true,
      description:
        'Account and solution of an opportunity that automation opened, while it is open, so that two signals at once open one. ' +
        'Set by the flows that create it, cleared by the flow "Waterfall: Release Key".',
      externalId: true,
      inlineHelpText:
        'Set automatically on opportunities that automation opens, and cleared when they close. Do not change it.',
      label: 'Open Opportunity Key',
      length: 255,
      type: 'Text',
      unique: true,
    },
    SOURCE,
  );

/** What signals and targeted accounts need; nothing where there are no solutions: a signal is interest of somebody in something. */
export const compileSignalFields = (waterfall: Waterfall): readonly Component[] => {
  const names = waterfall.solutions.map(({ name }) => name);
  return [
    ...(targetedType(waterfall) ? [targetedSolutions(names)] : []),
    ...(joins(waterfall) ? ofCampaigns(names) : []),
    ...(opens(waterfall) ? [openKey()] : []),
  ];
};
