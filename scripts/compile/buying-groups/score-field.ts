import type { CustomField } from '@salesforce/types/metadata';

import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { define } from '../define.ts';
import { fieldLabel } from '../standard-fields.ts';

/** The model entry whose fields an organisation may have already: its marketing platform brings them. */
export const SCORE_SOURCE = 'leadScore';

/** A custom field of one's own: no namespace before it. `pi__score__c` comes with a managed package. */
const isOwn = (field: string): boolean => /^(?!\w+__\w+__c$)\w+__c$/.test(field);

/**
 * The field with the score of a person on an object, for organisations that have none yet; one that is there is taken as it is. A
 * standard field, or one of a managed package, is never created.
 */
export const scoreField = (object: 'Contact' | 'Lead', { leadScore }: Waterfall): readonly Component[] => {
  const name = object === 'Contact' ? leadScore.contact : leadScore.lead;
  if (!isOwn(name)) return [];
  return [
    define<CustomField>(
      'CustomField',
      `${object}.${name}`,
      {
        description: 'How ready this person is to talk. Written by the marketing platform.',
        externalId: false,
        inlineHelpText: 'Written by the marketing platform: how ready this person is to talk.',
        label: fieldLabel(name),
        precision: 18,
        required: false,
        scale: 0,
        trackHistory: false,
        type: 'Number',
        unique: false,
      },
      SCORE_SOURCE,
    ),
  ];
};
