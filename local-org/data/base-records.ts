import type { Schema } from '../schema/types.ts';
import { layoutOf } from './layout.ts';
import type { Store } from './store.ts';
import type { Row } from './types.ts';

export const ADMIN_USERNAME = 'admin@waterfall.local';

/** The records a new org has: itself, its administrator, the standard price book. Returns nothing; call once. */
export function writeBaseRecords(store: Store, schema: Schema, now: Date): void {
  const at = now.toISOString();
  const userObject = schema.object('User')!;
  const adminId = store.newId(userObject);
  const add = (name: string, id: string, values: Row): void => {
    const object = schema.object(name)!;
    const row: Row = {};
    for (const field of layoutOf(object).columns) row[field.name] = field.type === 'boolean' ? false : null;
    const audit: Row = {
      CreatedDate: at,
      CreatedById: adminId,
      LastModifiedDate: at,
      LastModifiedById: adminId,
      SystemModstamp: at,
    };
    store.insert(object, { ...row, ...audit, ...values, Id: id });
  };
  const profile = store
    .statement('SELECT "Id" FROM "Profile" WHERE "Name" = ?')
    .get('System Administrator') as unknown as [string] | undefined;
  add('Organization', store.newId(schema.object('Organization')!), {
    Name: 'Revenue Waterfall Local Org',
    OrganizationType: 'Enterprise Edition',
    InstanceName: 'LOCAL',
    IsSandbox: false,
    IsReadOnly: false,
    FiscalYearStartMonth: 1,
    UsesStartDateAsFiscalYearName: false,
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: TIME_ZONE,
    Country: 'US',
    DefaultOpportunityAccess: 'Edit',
    DefaultAccountAccess: 'Edit',
    DefaultLeadAccess: 'ReadEditTransfer',
  });
  add('User', adminId, {
    Username: ADMIN_USERNAME,
    FirstName: 'Local',
    LastName: 'Admin',
    Name: 'Local Admin',
    Email: ADMIN_USERNAME,
    Alias: 'admin',
    CommunityNickname: 'admin',
    IsActive: true,
    ProfileId: profile?.[0] ?? null,
    TimeZoneSidKey: TIME_ZONE,
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    UserType: 'Standard',
    ForecastEnabled: true,
    UserPermissionsMarketingUser: true,
    ReceivesInfoEmails: false,
    DigestFrequency: 'D',
    DefaultGroupNotificationFrequency: 'N',
  });
  add('Pricebook2', store.newId(schema.object('Pricebook2')!), {
    Name: 'Standard Price Book',
    IsStandard: true,
    IsActive: true,
  });
}

const TIME_ZONE = 'America/Los_Angeles';
