import { OrgError } from '../org/types.ts';
import type { FieldValue, OrgRecord } from '../org/types.ts';
import type { VerifyOptions } from './types.ts';

const FORM = /^(Opportunity|Account)\.(\w+)=(.*)$/s;

/** `true`, `false` and numbers become what they look like; a text that looks like one is put in quotation marks. */
const parsed = (text: string): FieldValue => {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text.replace(/^"(.*)"$/s, '$1');
};

/** `['Opportunity.Region__c=EMEA']` as the values that test records get. Throws OrgError for anything of another form. */
export const parseRecordValues = (texts: readonly string[]): NonNullable<VerifyOptions['values']> => {
  const values: { Opportunity: Record<string, FieldValue>; Account: Record<string, FieldValue> } = {
    Opportunity: {},
    Account: {},
  };
  for (const text of texts) {
    const [, object, field, value] = FORM.exec(text) ?? [];
    if (object === undefined || field === undefined || value === undefined) {
      throw new OrgError(
        'VERIFY_VALUE',
        `"${text}" is not a value for test records.`,
        'Write --value Opportunity.Field=Value or --value Account.Field=Value.',
      );
    }
    values[object as 'Opportunity' | 'Account'][field] = parsed(value);
  }
  const given: { Opportunity: OrgRecord; Account: OrgRecord } = values;
  return given;
};
