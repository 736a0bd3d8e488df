import type { CustomNotificationType } from '@salesforce/types/metadata';

import type { Component } from '../metadata/component.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { define } from './define.ts';
import { NOTIFICATION_TYPE } from './names.ts';
import { hasStageSla } from './stage-reasons.ts';

/** The type of what handshakes and service levels send; none where the model has neither. */
export const compileNotificationType = (waterfall: Waterfall): readonly Component[] =>
  waterfall.handshakes.length === 0 && !hasStageSla(waterfall)
    ? []
    : [
        define<CustomNotificationType>(
          'CustomNotificationType',
          NOTIFICATION_TYPE,
          {
            customNotifTypeName: 'Revenue Waterfall',
            description: 'Hand-overs to answer, and service levels that run out.',
            desktop: true,
            masterLabel: 'Revenue Waterfall',
            mobile: true,
          },
          'name',
        ),
      ];
