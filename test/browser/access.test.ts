import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { launchChromium } from './chromium.ts';
import { openPage, type OpenPage } from './open-page.ts';
import { orgClient } from './org-client.ts';
import { addUser, type SampleUser } from './sample-user.ts';
import { waterfallOrg } from './waterfall-org.ts';

const PATIENCE = 30_000;

describe('the record page under access control', { timeout: 180_000 }, () => {
  let org: RunningOrg;
  const browsers: Browser[] = [];
  let seller: SampleUser;
  let outsider: SampleUser;

  before(async () => {
    org = await waterfallOrg();
    const timeZone = 'America/Los_Angeles';
    seller = addUser(org, 'Sam Seller', { timeZone, permissionSets: ['Waterfall_Sales'] });
    outsider = addUser(org, 'Olga Outsider', { timeZone });
  });
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await org.close();
  });

  const opportunity = (): Promise<string> =>
    orgClient(org).create('Opportunity', {
      Name: 'Northwind: Analytics Cloud',
      RecordTypeId: orgClient(org).recordType('Acquisition'),
      StageName: 'Discovery',
      CloseDate: '2030-03-31',
      Amount: 84_000,
    });
  /** Each user has a browser of his own: the packed Chromium, one process, mixes the cookies of its contexts up. */
  const open = async ({ token }: SampleUser, id: string, expected: readonly RegExp[] = []): Promise<OpenPage> => {
    const browser = await launchChromium();
    browsers.push(browser);
    const opened = await openPage(browser, { url: org.url, token }, `/lightning/r/Opportunity/${id}/view`, expected);
    opened.page.setDefaultTimeout(PATIENCE);
    return opened;
  };
  const openRecord = async (user: SampleUser, id: string): Promise<OpenPage> => {
    const opened = await open(user, id);
    await opened.page.getByRole('heading', { name: 'Opportunity Information' }).waitFor();
    return opened;
  };

  it('shows a seller the stage dates to read, and lets him advance a stage', async () => {
    const id = await opportunity();
    const { page, problems, screenshot } = await openRecord(seller, id);
    await page.getByText('Sam Seller').first().waitFor();
    await page.getByText('Standard User', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Acquisition Stage Dates' }).waitFor();

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Next Step' }).waitFor();
    assert.equal(await page.getByLabel('Discovery Date').count(), 0, 'a stage date can be edited');
    await screenshot('seller-editing');
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'Mark Stage as Complete' }).click();
    await page.getByText('Stage changed to Proposal.').waitFor();
    const record = await orgClient(org).read('Opportunity', id);
    assert.equal(record.StageName, 'Proposal');
    assert.equal(record.LastModifiedById, seller.id);
    assert.ok(record.Proposal_Date__c, 'the flow stamps what the seller may only read');
    assert.deepEqual(problems, []);
  });

  it('shows who holds no permission set the page without what is hidden from him', async () => {
    const { page, problems, screenshot } = await openRecord(outsider, await opportunity());
    await page.getByRole('option', { name: /^Discovery/ }).waitFor();
    assert.equal(await page.getByRole('option', { name: /^Discovery/ }).innerText(), 'Discovery\nCurrent stage');
    await page.getByText('You have no access to the stage dates').waitFor();
    assert.equal(await page.getByText('Skipped').count(), 0, 'nobody knows whether they were');
    assert.equal(await page.getByRole('heading', { name: 'Acquisition Stage Dates' }).count(), 0);
    assert.equal(await page.getByText('Stage SLA Due').count(), 0);
    await screenshot('outsider');
    assert.deepEqual(problems, []);
  });

  it('says politely that a record is not there for the user', async () => {
    const id = await opportunity();
    await orgClient(org).remove('Opportunity', id);
    const opened = await open(seller, id, [/ui-api\/records\//]);
    await opened.page.getByText('You have no access to the stage').waitFor();
    await opened.screenshot('no-access');
    assert.deepEqual(opened.problems, []);
  });
});
