/** What scenarios stand on in this org: its ids, its user's time zone, values that fill its fields. */
import type { Waterfall } from '../model/waterfall.ts';
import type { OpportunityTypeKey } from '../model/waterfall.ts';
import { recordTypeName } from '../compile/names.ts';
import type { FieldDescription, FieldValue, ObjectDescription, Org, OrgRecord } from '../org/types.ts';
import { addDays, dayIn } from './dates.ts';
import { accountName } from './marks.ts';

export interface Ground {
  readonly run: string;
  /** IANA name of the running user's time zone, by which the org tells today. */
  readonly timeZone: string;
  /** An account for each scenario, by its place: what ends on one, a lost renewal say, must not end what another one tries. */
  readonly accountIds: readonly string[];
  /** What carries the type: a field and its value per type. */
  readonly typeField: 'RecordTypeId' | 'Type';
  readonly typeValues: ReadonlyMap<OpportunityTypeKey, string>;
  readonly fillers: ReadonlyMap<string, FieldValue>;
  /** What every test opportunity has unless a scenario says otherwise. */
  readonly defaults: OrgRecord;
}

export const prepareGround = async (
  org: Org,
  waterfall: Waterfall,
  opportunity: ObjectDescription,
  run: string,
  values: { readonly Opportunity?: OrgRecord; readonly Account?: OrgRecord },
  scenarios: number,
): Promise<Ground> => {
  const [user] = await org.query<{ TimeZoneSidKey: string }>(
    `SELECT TimeZoneSidKey FROM User WHERE Id = '${org.identity.userId}'`,
  );
  const timeZone = user?.TimeZoneSidKey ?? 'UTC';
  const accounts = await org.create(
    'Account',
    Array.from({ length: scenarios }, (_, index) => ({ Name: accountName(run, index), ...values.Account })),
  );
  const accountIds = accounts.flatMap(({ id }) => (id === null ? [] : [id]));
  const accountId = accountIds[0] ?? null;
  const today = dayIn(new Date().toISOString(), timeZone);
  return {
    run,
    timeZone,
    // A scenario whose account the org refuses goes without one; its rules then say what they miss.
    accountIds,
    typeField: waterfall.typeCarrier === 'recordType' ? 'RecordTypeId' : 'Type',
    typeValues: typeValues(waterfall, opportunity),
    fillers: new Map(
      opportunity.fields.map((each) => [each.name, filler(each, { userId: org.identity.userId, accountId, today })]),
    ),
    defaults: {
      CloseDate: addDays(today, 30),
      ...values.Opportunity,
    },
  };
};

const typeValues = (waterfall: Waterfall, opportunity: ObjectDescription): Ground['typeValues'] =>
  new Map(
    waterfall.opportunityTypes.flatMap((type): [OpportunityTypeKey, string][] => {
      if (waterfall.typeCarrier === 'typeField') return [[type.key, type.typeValue]];
      const info = opportunity.recordTypeInfos.find(({ developerName }) => developerName === recordTypeName(type));
      return info ? [[type.key, info.recordTypeId]] : [];
    }),
  );

const filler = (
  { type, picklistValues, referenceTo }: FieldDescription,
  known: { readonly userId: string; readonly accountId: string | null; readonly today: string },
): FieldValue => {
  switch (type) {
    case 'boolean':
      return true;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 10;
    case 'date':
      return known.today;
    case 'datetime':
      return `${known.today}T12:00:00.000Z`;
    case 'picklist':
    case 'multipicklist':
      return picklistValues.find(({ active }) => active)?.value ?? null;
    case 'reference':
      return referenceTo.includes('User') ? known.userId : referenceTo.includes('Account') ? known.accountId : null;
    case 'email':
      return 'verify@example.com';
    case 'url':
      return 'https://example.com';
    default:
      return 'Verify';
  }
};
