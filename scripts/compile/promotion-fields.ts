import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { opportunityField } from './field.ts';
import { FIELD } from './names.ts';

const WRITTEN = 'Written by the flow "Waterfall: Promotion".';

/** What is written down when a rule moves an opportunity on; nothing where the model has no such rule. */
export const compilePromotionFields = ({ promotions }: Waterfall): readonly Component[] =>
  promotions.length === 0
    ? []
    : [
        opportunityField(
          FIELD.promotionReason,
          {
            description: `What last moved the opportunity on by itself. ${WRITTEN}`,
            inlineHelpText: 'Set automatically: why the opportunity was last moved on without anybody doing it.',
            label: 'Promotion Reason',
            length: 255,
            type: 'Text',
            unique: false,
          },
          'promotions',
        ),
        opportunityField(
          FIELD.promotedAt,
          {
            description: `When the opportunity was last moved on by itself. ${WRITTEN}`,
            inlineHelpText: 'Set automatically: when the opportunity was last moved on without anybody doing it.',
            label: 'Promoted At',
            type: 'DateTime',
          },
          'promotions',
        ),
        opportunityField(
          FIELD.promotionsFired,
          {
            description:
              'Codes of the rules that have moved the opportunity on: each does so once. When it is recycled or disqualified, what a rule is ' +
              `measured by then is kept with its code (code=000120), and only a higher figure moves the opportunity on again. ${WRITTEN}`,
            inlineHelpText:
              'Set automatically, so that each rule moves the opportunity on only once; after recycling again for a higher figure.',
            label: 'Promotions Fired',
            length: 255,
            type: 'Text',
            unique: false,
          },
          'promotions',
        ),
      ];
