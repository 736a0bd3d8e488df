import { finding } from '../facts.ts';
import type { Check } from '../facts.ts';

/** Custom fields per object by edition: https://help.salesforce.com/apex/HTViewHelpDoc?id=custom_field_allocations.htm */
const FIELDS_BY_EDITION: readonly (readonly [RegExp, number])[] = [
  [/starter|base/i, 25],
  [/professional|group|essentials|team/i, 100],
  [/enterprise|developer/i, 500],
  [/unlimited|performance/i, 800],
];
/** Editions without record types or API access by default (same page and https://help.salesforce.com/s/articleView?id=000385436). */
const TOO_SMALL = /starter|base|group|essentials|personal|contact manager/i;
const PROFESSIONAL = /professional/i;

export const edition: Check = ({ snapshot }) => {
  const name = snapshot.identity.edition;
  const place = `Organization ${snapshot.identity.name}`;
  if (TOO_SMALL.test(name)) {
    return [
      finding(
        'error',
        'AUDIT_EDITION',
        place,
        `${name} has no record types and sales processes.`,
        'Use an org of Enterprise Edition or above, or a model whose typeCarrier is typeField.',
      ),
    ];
  }
  if (PROFESSIONAL.test(name)) {
    return [
      finding(
        'warning',
        'AUDIT_EDITION',
        place,
        `${name} allows few record types, and API access only as an add-on.`,
        'Check that the record types and the API access that the model needs are included.',
      ),
    ];
  }
  return [];
};

/** Fields that the model still needs against what the edition leaves. */
export const fieldHeadroom: Check = ({ snapshot, components, automation }) => {
  const allowed = FIELDS_BY_EDITION.find(([pattern]) => pattern.test(snapshot.identity.edition))?.[1];
  return Object.values(snapshot.describe).flatMap(({ name, fields }) => {
    const wanted = components.filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(`${name}.`));
    const present = new Set(fields.map((field) => `${name}.${field.name}`));
    const needed = wanted.filter(
      ({ fullName }) => !present.has(fullName) && !snapshot.components[`CustomField:${fullName}`],
    ).length;
    // Describe leaves out what the user may not see, the list of metadata does not; what could not be listed is counted by describe.
    const listed = automation.customFields.filter(
      (field) => field.startsWith(`${name}.`) && field.endsWith('__c'),
    ).length;
    const used = Math.max(listed, fields.filter(({ custom }) => custom).length);
    if (needed === 0) return [];
    if (allowed === undefined) {
      return [
        finding(
          'info',
          'AUDIT_FIELDS',
          name,
          `${needed} fields will be added to ${used}; the limit of edition ${snapshot.identity.edition} is not known here.`,
          'Compare with Setup > Object Manager > Limits.',
        ),
      ];
    }
    const left = allowed - used;
    if (needed > left) {
      return [
        finding(
          'error',
          'AUDIT_FIELDS',
          name,
          `${needed} custom fields are needed and ${left} of ${allowed} are left.`,
          'Delete fields nobody uses, or leave opportunity types or stages out of the model.',
        ),
      ];
    }
    return [
      finding(
        'info',
        'AUDIT_FIELDS',
        name,
        `${needed} custom field${needed === 1 ? '' : 's'} will be added; ${left} of ${allowed} are free.`,
        'Nothing.',
      ),
    ];
  });
};
