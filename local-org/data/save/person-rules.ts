import { saveError } from './save-errors.ts';
import type { ObjectRules } from './save-context.ts';

/** Contact, Lead and User: the name is first and last name. DOC object-reference/contact "Name". */
export const personRules: ObjectRules = {
  derive(_context, object, rows) {
    for (const { after } of rows) {
      after['Name'] =
        [after['FirstName'], after['LastName']].filter((part) => typeof part === 'string').join(' ') || null;
      if (object.name === 'Lead') deriveLead(object, after);
      if (object.name === 'User') deriveUser(after);
    }
  },
  check(_context, object, rows, action) {
    if (object.name !== 'Lead' || action !== 'update') return;
    for (const row of rows) {
      // DOC object-reference/lead: converted leads are read-only.
      if (row.before?.['IsConverted'] === true && !row.system) {
        row.errors.push(saveError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'));
      }
    }
  },
};

type Values = Record<string, string | number | boolean | null>;

function deriveLead(object: Parameters<NonNullable<ObjectRules['derive']>>[1], after: Values): void {
  const values = object.fields.get('status')?.picklist?.values ?? [];
  after['Status'] ??= values.find((value) => value.isDefault)?.value ?? values[0]?.value ?? null;
}

/** Defaults of a user whom an API client creates with little. */
function deriveUser(after: Values): void {
  after['CommunityNickname'] ??= String(after['Username'] ?? 'user')
    .split('@')[0]!
    .slice(0, 40);
  after['UserType'] ??= 'Standard';
}
