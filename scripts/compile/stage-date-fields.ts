import { allStages, type Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { opportunityField } from './field.ts';
import { LIMIT } from './limits.ts';
import { stageDateField } from './names.ts';
import { shorten } from './text.ts';

const REENTRY = {
  first: 'A later return to the stage keeps the first date.',
  latest: 'A later return to the stage overwrites the date.',
} as const;
const SKIPPED = {
  blank: 'Blank when the stage was skipped.',
  fill: 'Filled with the date of the move when the stage was skipped.',
} as const;

/** A date per stage; types that share a stage share its date. */
export const compileStageDateFields = (waterfall: Waterfall): readonly Component[] => {
  const { reentry, skipped } = waterfall.stageDates;
  return allStages(waterfall).map((stage) => {
    const rule =
      stage.kind === 'step' && stage.outcome === 'open' ? `${REENTRY[reentry]} ${SKIPPED[skipped]}` : REENTRY[reentry];
    return opportunityField(
      stageDateField(stage.name),
      {
        description: shorten(
          `Day on which the opportunity entered ${stage.name}. Stamped by the flow "Waterfall: Stage Stamping". ${rule}`,
          LIMIT.fieldDescription,
        ),
        inlineHelpText: shorten(
          `Set automatically on the day this opportunity enters ${stage.name}. ${rule}`,
          LIMIT.inlineHelpText,
        ),
        label: shorten(`${stage.name} Date`, LIMIT.fieldLabel),
        type: 'Date',
      },
      stage.source,
    );
  });
};
