/**
 * Flows that ask for the bypass permission when they run, not in their entry conditions. Where a path runs later, a record that a save
 * takes out of the entry conditions waits no more (help: "Scheduled Paths"), and a user with the permission who changes some other field
 * would so end every reminder of the record, for good. Start filters know fields of the record only. And what runs before a deletion has
 * no entry formula in any org that was looked at.
 */
import { BYPASS_PERMISSION } from '../names.ts';
import { condition, elementName, formula, question, to, yesNo } from './elements.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { merge } from './formula-text.ts';

const OFF = 'Is_Turned_Off';
const IS_IT_ON = 'Is the automation on?';

export const NOT_OFF = condition(OFF, 'EqualTo', yesNo(false));

export const turnedOff = formula(
  OFF,
  'Boolean',
  'Whether the user whose save led here holds the permission that turns the automation off.',
  merge(`$Permission.${BYPASS_PERMISSION}`),
);

/** Name of the step that asks, where a flow asks nothing else at its start. */
export const ASK_IF_ON = elementName(IS_IT_ON);

/** The step of that name. Leads on to `label` unless the automation is turned off. */
export const askIfOn = (label: string): Required<Pick<FlowMetadata, 'decisions' | 'formulas'>> => ({
  decisions: [
    question(
      { label: IS_IT_ON, description: 'Who loads records may have turned it off for the load.' },
      {
        label: 'It is on',
        description: 'Whoever saved does not hold the permission that turns it off.',
        logic: 'and',
        conditions: [NOT_OFF],
        connector: to(label),
      },
      { label: 'It is off' },
    ),
  ],
  formulas: [turnedOff],
});
