/**
 * Flows whose paths run later ask for the bypass permission when they run, not in their entry conditions: a record that a save takes out
 * of the entry conditions waits no more (help: "Scheduled Paths"), and a user with the permission who changes some other field would so
 * end every reminder of the record, for good.
 */
import { BYPASS_PERMISSION } from '../names.ts';
import { condition, formula, yesNo } from './elements.ts';
import { merge } from './formula-text.ts';

const OFF = 'Is_Turned_Off';

export const NOT_OFF = condition(OFF, 'EqualTo', yesNo(false));

export const turnedOff = formula(
  OFF,
  'Boolean',
  'Whether the user whose save led here holds the permission that turns the automation off.',
  merge(`$Permission.${BYPASS_PERMISSION}`),
);
