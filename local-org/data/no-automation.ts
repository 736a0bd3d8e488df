import type { Automation } from '../automation/types.ts';

/** No automation: for tests of the data layer alone, and for saves that leave it out. Formula fields are empty. */
export const NO_AUTOMATION: Automation = {
  defaults: () => ({}),
  beforeSave: () => undefined,
  validate: () => undefined,
  afterSave: () => undefined,
  beforeDelete: () => undefined,
  formulaFields: (_tx, _object, rows) => rows.map(() => ({})),
};
