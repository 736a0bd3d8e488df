/** What the marketing platform's user can do in an org with nothing but the permission set that is meant for it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MARKETING_PLATFORM_PERMISSION_SET } from '../../scripts/compile/names.ts';
import { errorsOf, openCompany } from '../local-org/access/people.ts';
import type { Company, Person } from '../local-org/access/people.ts';
import type { Values } from '../local-org/data/open-test-org.ts';

const AT_ONCE = 200;

describe('the marketing platform in a local org', () => {
  let company: Company;
  let platform: Person;
  before(() => {
    company = openCompany();
    // Standard fields are the profile's business: this one shows them, and gives no access to any object.
    company.put('Profile', 'Fields Only', { custom: true, userLicense: 'Salesforce' });
    company.org.reload();
    platform = company.person(
      company.hire('platform', { profile: 'Fields Only', sets: [MARKETING_PLATFORM_PERMISSION_SET] }),
    );
  });
  after(() => company.org.close());

  const saved = (operation: 'insert' | 'update', object: string, records: readonly Values[]): readonly string[] => {
    const results = platform.save(operation, object, records);
    assert.deepEqual(errorsOf(results), []);
    return results.map(({ id }) => id!);
  };

  /** Of an account, so that others than its owner see it. */
  const person = (LastName: string): string =>
    company.insert('Contact', { LastName, AccountId: company.insert('Account', { Name: 'Acme' }) });

  it('brings 200 leads with what they want, and keeps their scores and those of contacts', () => {
    const leads = saved(
      'insert',
      'Lead',
      Array.from({ length: AT_ONCE }, (_, n) => ({
        LastName: `Lead ${String(n)}`,
        Company: 'Acme',
        Solution__c: 'Analytics',
        Lead_Score__c: n,
      })),
    );
    saved(
      'update',
      'Lead',
      leads.map((Id) => ({ Id, Lead_Score__c: 100 })),
    );
    const contact = person('Doe');
    saved('update', 'Contact', [{ Id: contact, Lead_Score__c: 100 }]);
    assert.equal(platform.query('SELECT Id FROM Lead WHERE Lead_Score__c = 100').length, AT_ONCE);
  });

  it('says who responded to a campaign', () => {
    const campaign = company.insert('Campaign', { Name: 'Webinar', IsActive: true });
    const [lead] = saved('insert', 'Lead', [{ LastName: 'Responds', Company: 'Acme' }]);
    const contact = person('Responds');
    saved('insert', 'CampaignMember', [
      { CampaignId: campaign, LeadId: lead!, Status: 'Responded' },
      { CampaignId: campaign, ContactId: contact, Status: 'Responded' },
    ]);
  });

  it('neither writes what automation writes nor creates what leads become', () => {
    assert.match(
      errorsOf(
        platform.save('insert', 'Lead', [{ LastName: 'x', Company: 'x', Engaged_At__c: '2026-01-01T00:00:00Z' }]),
      ).join(),
      /Engaged_At__c/,
    );
    const created = errorsOf(platform.save('insert', 'Contact', [{ LastName: 'x' }])).join();
    assert.match(created, /INSUFFICIENT_ACCESS|CANNOT_INSERT/);
    assert.throws(() => platform.query('SELECT Id FROM Opportunity'), { code: 'INVALID_TYPE' });
  });
});
