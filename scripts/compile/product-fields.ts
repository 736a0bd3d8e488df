import type { CustomField } from '@salesforce/types/metadata';

import type { Component } from '../metadata/component.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { define } from './define.ts';
import { copiesRenewableProducts } from './flows/closed-won/copy-products-flow.ts';
import { PRODUCT_FIELD } from './names.ts';

/**
 * Which products a renewal takes over. Unchecked at first: a renewal without products keeps the amount that the model gives it, which is
 * nearer to the truth than one with the introduction that was sold along.
 */
export const compileProductFields = (waterfall: Waterfall): readonly Component[] =>
  copiesRenewableProducts(waterfall)
    ? [
        define<CustomField>(
          'CustomField',
          `Product2.${PRODUCT_FIELD.renewable}`,
          {
            defaultValue: 'false',
            description:
              'The renewal of an opportunity takes this product over. Read by the flow "Waterfall: Copy Products".',
            externalId: false,
            inlineHelpText:
              'Check it for what a customer pays for in every term, such as licences; not for one-off services.',
            label: 'Renewable',
            trackHistory: false,
            type: 'Checkbox',
          },
          'closedWon',
        ),
      ]
    : [];
