import path from 'node:path';
import { deploy } from '../metadata/deploy.ts';
import { zipFolder } from '../metadata/package/zip-folder.ts';
import type { UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';
import { CATALOG } from './catalog.ts';
import { sampleCompanies } from './companies.ts';
import { sampleDeals } from './deals.ts';
import { sampleCampaigns, sampleLeads } from './demand.ts';
import { ROLE_LEVELS, SAMPLE_ROLES, samplePeople } from './people.ts';
import { replay } from './replay.ts';
import type { Save } from './replay.ts';
import { seeded } from './seeded.ts';

const SEED = 20_260;
const MONTHS_IN_USE = 18;
const COUNT = { accounts: 200, contacts: 600, deals: 1500, leads: 240 } as const;
const PACKAGE_DIR = path.join(import.meta.dirname, 'package');

/**
 * Makes a fresh org one that a company has used for eighteen months: its own stages, record type, sales process, validation rule,
 * flow, layout and profiles; its people; and records with the history that its sellers' saves left behind. The same date gives the
 * same org. The org's clock ends up where it was.
 */
export const fillSampleOrg = (org: LocalOrg, progress: (message: string) => void): void => {
  const until = new Date(org.clock.now());
  until.setUTCMinutes(0, 0, 0);
  const from = new Date(until);
  from.setUTCMonth(from.getUTCMonth() - MONTHS_IN_USE);
  const admin = org.user('admin@waterfall.local');
  try {
    org.clock.moveTo(from);
    progress("Setting up the sample company's own configuration");
    deployOwnConfiguration(org, admin);
    progress('Living through eighteen months of sales');
    let shown = 0;
    replay(org, admin, history(org, admin, from, until), (done, of) => {
      const tenth = Math.floor((done / of) * 10);
      if (tenth > shown) progress(`Living through eighteen months of sales: ${tenth * 10} %`);
      shown = tenth;
    });
  } finally {
    org.clock.moveTo(null);
  }
};

const deployOwnConfiguration = (org: LocalOrg, admin: UserContext): void => {
  const zip = zipFolder(PACKAGE_DIR);
  const result = deploy(org, admin, zip, { rollbackOnError: true, singlePackage: true });
  if (!result.success) {
    const reasons = result.details.componentFailures
      .map((failure) => `${failure.fileName}: ${failure.problem ?? ''}`)
      .join('; ');
    throw new Error(`The sample company's configuration was refused: ${reasons}`);
  }
};

/** Every save of the eighteen months. Ids are filled in as the saves happen. */
const history = (org: LocalOrg, admin: UserContext, from: Date, until: Date): readonly Save[] => {
  const faker = seeded(SEED, until);
  const people = samplePeople(faker);
  const companies = sampleCompanies(faker, COUNT);
  const sellers = people.flatMap((person, index) => (person.job === 'seller' ? [index] : []));
  const deals = sampleDeals(
    faker,
    { deals: COUNT.deals, companies: companies.length, sellers: sellers.length },
    { from, until },
  );
  const leads = sampleLeads(faker, COUNT.leads, { from, until });
  const campaigns = sampleCampaigns(faker, { contacts: COUNT.contacts, leads: COUNT.leads }, { from, until });
  const setup = setupIds(org, admin);

  const roleIds = new Map<string, string>();
  const userIds: string[] = [];
  const accountIds: string[] = [];
  const contactIds: string[][] = companies.map(() => []);
  const leadIds: string[] = [];
  const productIds: string[] = [];
  const entryIds: string[] = [];
  const saves: Save[] = [];
  const insert = (at: Date, object: string, record: Save['record'], made?: Save['made']): void => {
    saves.push({ at, operation: 'insert', object, record, ...(made ? { made } : {}) });
  };

  SAMPLE_ROLES.forEach(({ name, above, level }) => {
    const role = { Name: name, DeveloperName: name.replaceAll(' ', '_'), OpportunityAccessForAccountOwner: 'Edit' };
    // What falls into one hour is saved together: the role above is there an hour before.
    insert(
      after(from, level - ROLE_LEVELS),
      'UserRole',
      () => ({ ...role, ParentRoleId: roleIds.get(above ?? '') ?? null }),
      (id) => roleIds.set(name, id),
    );
  });
  people.forEach((person, index) => {
    const ProfileId = setup.profile(person.profile);
    insert(
      from,
      'User',
      () => ({ ...person.fields, ProfileId, UserRoleId: roleIds.get(person.role) ?? null, IsActive: true }),
      (id) => (userIds[index] = id),
    );
    // Who has left was active while there was work to own.
    if (!person.active)
      saves.push({
        at: until,
        operation: 'update',
        object: 'User',
        record: () => ({ Id: userIds[index] ?? null, IsActive: false }),
      });
  });
  CATALOG.forEach((item, index) => {
    insert(
      from,
      'Product2',
      () => ({ Name: item.name, ProductCode: item.code, Family: item.family, IsActive: true }),
      (id) => (productIds[index] = id),
    );
    insert(
      after(from, 1),
      'PricebookEntry',
      () => ({
        Pricebook2Id: setup.standardPricebook,
        Product2Id: productIds[index] ?? null,
        UnitPrice: item.price,
        IsActive: true,
      }),
      (id) => (entryIds[index] = id),
    );
  });
  const sellerId = (seller: number): string | null => userIds[sellers[seller] ?? 0] ?? null;
  companies.forEach((company, index) => {
    insert(
      after(from, 2),
      'Account',
      () => ({ ...company.account, OwnerId: sellerId(index % sellers.length) }),
      (id) => (accountIds[index] = id),
    );
    company.contacts.forEach((contact, position) => {
      insert(
        after(from, 3),
        'Contact',
        () => ({ ...contact, AccountId: accountIds[index] ?? null }),
        (id) => {
          const known = contactIds[index];
          if (known) known[position] = id;
        },
      );
    });
  });
  leads.forEach((lead, index) => {
    insert(
      later(lead.at, after(from, 4)),
      'Lead',
      () => lead.fields,
      (id) => (leadIds[index] = id),
    );
  });
  for (const deal of deals) {
    let id: string | null = null;
    const createdAt = later(deal.createdAt, after(from, 4));
    insert(
      createdAt,
      'Opportunity',
      () => ({
        ...deal.fields,
        AccountId: accountIds[deal.company] ?? null,
        OwnerId: sellerId(deal.seller),
        ...(deal.enterprise ? { RecordTypeId: setup.enterpriseSale } : {}),
      }),
      (made) => (id = made),
    );
    for (const event of deal.events) {
      saves.push({
        at: later(event.at, createdAt),
        operation: 'update',
        object: 'Opportunity',
        record: () => ({ Id: id, ...event.set }),
      });
    }
    for (const line of deal.products?.lines ?? []) {
      insert(later(deal.products?.at ?? createdAt, createdAt), 'OpportunityLineItem', () => ({
        OpportunityId: id,
        PricebookEntryId: entryIds[line.product] ?? null,
        Quantity: line.quantity,
        UnitPrice: CATALOG[line.product]?.price ?? 0,
      }));
    }
    deal.contactRoles?.roles.forEach((Role, position) => {
      const known = companies[deal.company]?.contacts.length ?? 1;
      if (position >= known) return;
      insert(later(deal.contactRoles?.at ?? createdAt, createdAt), 'OpportunityContactRole', () => ({
        OpportunityId: id,
        ContactId: contactIds[deal.company]?.[position] ?? null,
        Role,
        IsPrimary: position === 0,
      }));
    });
  }
  const contactOf = flat(companies.map((company) => company.contacts.length));
  for (const campaign of campaigns) {
    let id: string | null = null;
    insert(
      later(campaign.startsAt, after(from, 4)),
      'Campaign',
      () => campaign.fields,
      (made) => (id = made),
    );
    campaign.contacts.forEach((contact, position) => {
      const place = contactOf[contact];
      insert(after(campaign.startsAt, 5), 'CampaignMember', () => ({
        CampaignId: id,
        ContactId: (place && contactIds[place.company]?.[place.position]) ?? null,
        Status: position % 3 === 0 ? 'Responded' : 'Sent',
      }));
    });
    campaign.leads
      .filter((lead) => (leads[lead]?.at ?? until) < campaign.startsAt)
      .forEach((lead, position) => {
        insert(after(campaign.startsAt, 6), 'CampaignMember', () => ({
          CampaignId: id,
          LeadId: leadIds[lead] ?? null,
          Status: position % 3 === 0 ? 'Responded' : 'Sent',
        }));
      });
  }
  return saves;
};

interface SetupIds {
  readonly standardPricebook: string;
  readonly enterpriseSale: string;
  profile(name: string): string;
}

const setupIds = (org: LocalOrg, admin: UserContext): SetupIds =>
  org.transact(admin, (tx) => {
    const idOf = (object: string, field: string, value: string | boolean): string => {
      const [row] = tx.select({ object, filter: { field, operator: '=', value }, limit: 1 });
      if (typeof row?.Id !== 'string') throw new Error(`The org has no ${object} with ${field} ${value}.`);
      return row.Id;
    };
    const profiles = new Map(
      ['Sales Rep', 'Customer Success', 'System Administrator'].map((name) => [name, idOf('Profile', 'Name', name)]),
    );
    return {
      standardPricebook: idOf('Pricebook2', 'IsStandard', true),
      enterpriseSale: idOf('RecordType', 'DeveloperName', 'Enterprise_Sale'),
      profile: (name) => profiles.get(name) ?? '',
    };
  });

const HOUR_MS = 3_600_000;
const after = (date: Date, hours: number): Date => new Date(date.getTime() + hours * HOUR_MS);
const later = (a: Date, b: Date): Date => (a > b ? a : b);
/** Where the n-th contact of all stands: its company, and its place there. */
const flat = (counts: readonly number[]): readonly { readonly company: number; readonly position: number }[] =>
  counts.flatMap((count, company) => Array.from({ length: count }, (_, position) => ({ company, position })));
