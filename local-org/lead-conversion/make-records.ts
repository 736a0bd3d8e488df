import type { FieldValue, Row, Transaction } from '../data/types.ts';
import type { FieldMapping } from './field-mapping.ts';
import { closeDate, firstStage } from './new-opportunity.ts';
import type { Pending, Saver } from './saver.ts';
import type { Conversion, ConversionSettings } from './types.ts';

type Values = Record<string, FieldValue>;
type Target = FieldMapping['object'];

/** What a lead gives a new record. Blank values are left out, so that the record gets the field's default. */
function valuesForNew({ lead }: Conversion, object: Target, mappings: readonly FieldMapping[]): Values {
  const values: Values = {};
  for (const mapping of mappings) {
    const value = lead[mapping.from] ?? null;
    if (mapping.object === object && value !== null) values[mapping.to] = value;
  }
  return values;
}

/**
 * What a lead gives a record that is there: "only empty fields in the target object are overwritten" (SOAP API
 * Developer Guide, convertLead()).
 */
function valuesForExisting(
  { lead }: Conversion,
  object: Target,
  mappings: readonly FieldMapping[],
  target: Readonly<Row>,
): Values {
  const values: Values = {};
  for (const mapping of mappings) {
    const value = lead[mapping.from] ?? null;
    if (mapping.object !== object || mapping.newOnly === true || value === null) continue;
    if ((target[mapping.to] ?? null) === null) values[mapping.to] ??= value;
  }
  return values;
}

/** Fills blanks of records that are there. Several leads may go into one record: the first to fill a blank wins. */
function fillExisting(
  tx: Transaction,
  saver: Saver,
  object: Target,
  settings: ConversionSettings,
  chosen: readonly { readonly conversion: Conversion; readonly id: string; readonly more?: Values }[],
): void {
  const found = tx.byIds(
    object,
    chosen.map(({ id }) => id),
  );
  const rows = new Map([...found].map(([id, row]) => [id, { ...row }]));
  const pending: Pending[] = [];
  for (const { conversion, id, more = {} } of chosen) {
    const target = rows.get(id) ?? {};
    const values = { ...valuesForExisting(conversion, object, settings.mappings, target), ...more };
    Object.assign(target, values);
    if (Object.keys(values).length > 0) pending.push({ conversion, values: { ...values, Id: id } });
  }
  saver.update(object, pending);
}

const split = (conversions: readonly Conversion[], idOf: (conversion: Conversion) => string | null) => ({
  fresh: conversions.filter((conversion) => idOf(conversion) === null),
  existing: conversions.flatMap((conversion) => {
    const id = idOf(conversion);
    return id === null ? [] : [{ conversion, id }];
  }),
});

/** Creates the accounts, or fills those that the requests name. */
export function makeAccounts(
  tx: Transaction,
  saver: Saver,
  settings: ConversionSettings,
  conversions: readonly Conversion[],
): void {
  const { fresh, existing } = split(conversions, ({ accountId }) => accountId);
  const pending = fresh.map((conversion) => ({
    conversion,
    values: {
      ...valuesForNew(conversion, 'Account', settings.mappings),
      Name: conversion.lead['Company'] ?? null,
      OwnerId: conversion.ownerId,
    },
  }));
  saver.insert('Account', pending).forEach((id, n) => (fresh[n]!.accountId = id));
  fillExisting(tx, saver, 'Account', settings, existing);
}

/** Creates the contacts, or fills those that the requests name. */
export function makeContacts(
  tx: Transaction,
  saver: Saver,
  settings: ConversionSettings,
  conversions: readonly Conversion[],
): void {
  const { fresh, existing } = split(conversions, ({ contactId }) => contactId);
  const pending = fresh.map((conversion) => ({
    conversion,
    values: {
      ...valuesForNew(conversion, 'Contact', settings.mappings),
      AccountId: conversion.accountId,
      OwnerId: conversion.ownerId,
    },
  }));
  saver.insert('Contact', pending).forEach((id, n) => (fresh[n]!.contactId = id));
  const chosen = existing.map(({ conversion, id }) => {
    const source = conversion.lead['LeadSource'] ?? null;
    const overwrite = conversion.request.overwriteLeadSource === true && source !== null;
    const more: Values = overwrite ? { LeadSource: source } : {};
    return { conversion, id, more };
  });
  fillExisting(tx, saver, 'Contact', settings, chosen);
}

/** Creates the opportunities that are wanted, or fills those that the requests name. */
export function makeOpportunities(
  tx: Transaction,
  saver: Saver,
  settings: ConversionSettings,
  conversions: readonly Conversion[],
  context: {
    readonly campaignOf: (lead: Row) => string | null;
    readonly recordTypeFor: (ownerId: string) => string | null;
  },
): void {
  const wanted = conversions.filter(({ request }) => request.doNotCreateOpportunity !== true);
  const { fresh, existing } = split(wanted, ({ opportunityId }) => opportunityId);
  const object = tx.schema.object('Opportunity');
  if (!object || wanted.length === 0) return;
  const CloseDate = closeDate(tx);
  const pending = fresh.map((conversion) => {
    const campaign = context.campaignOf(conversion.lead);
    const name = conversion.request.opportunityName ?? '';
    return {
      conversion,
      values: {
        ...valuesForNew(conversion, 'Opportunity', settings.mappings),
        Name: name === '' ? (conversion.lead['Company'] ?? null) : name,
        AccountId: conversion.accountId,
        OwnerId: conversion.ownerId,
        CloseDate,
        StageName: firstStage(object, context.recordTypeFor(conversion.ownerId)),
        ...(campaign !== null && { CampaignId: campaign }),
      },
    };
  });
  saver.insert('Opportunity', pending).forEach((id, n) => (fresh[n]!.opportunityId = id));
  fillExisting(tx, saver, 'Opportunity', settings, existing);
}
