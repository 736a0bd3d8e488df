import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { launchChromium } from './chromium.ts';
import { openPage, type OpenPage } from './open-page.ts';
import { orgClient } from './org-client.ts';
import { waterfallOrg } from './waterfall-org.ts';

const PATIENCE = 30_000;

/** As the tracker writes dates of this year and others, in the administrator's time zone. */
const today = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'short', day: 'numeric' }).format(new Date());

const isoDay = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());

describe('the record page in a browser', { timeout: 180_000 }, () => {
  let org: RunningOrg;
  let browser: Browser;
  let timeZone: string;
  let accountId: string;
  const opened: OpenPage[] = [];

  before(async () => {
    [org, browser] = await Promise.all([waterfallOrg(), launchChromium()]);
    timeZone = org.server.context.sessions.userOf(org.token)?.timeZone ?? 'UTC';
    accountId = await orgClient(org).create('Account', { Name: 'Northwind Traders' });
  });

  after(async () => {
    await browser.close();
    await org.close();
  });

  const opportunity = (fields: Readonly<Record<string, unknown>>): Promise<string> =>
    orgClient(org).create('Opportunity', {
      Name: 'Northwind: Analytics Cloud',
      AccountId: accountId,
      RecordTypeId: orgClient(org).recordType('Acquisition'),
      StageName: 'Targeted',
      CloseDate: '2030-03-31',
      Amount: 84_000,
      ...fields,
    });

  const open = async (url: string, expected: readonly RegExp[] = []): Promise<OpenPage> => {
    const page = await openPage(browser, org, url, expected);
    page.page.setDefaultTimeout(PATIENCE);
    opened.push(page);
    return page;
  };
  const openRecord = (id: string, expected: readonly RegExp[] = []): Promise<OpenPage> =>
    open(`/lightning/r/Opportunity/${id}/view`, expected);

  const stop = (page: Page, stage: string) => page.getByRole('option', { name: new RegExp(`^${stage}`) });

  it('shows header, path, details and related lists as deployed', async () => {
    const { page, problems, screenshot } = await openRecord(await opportunity({}));
    await page.getByRole('heading', { name: 'Northwind: Analytics Cloud' }).waitFor();
    await stop(page, 'Targeted').waitFor();
    assert.equal(await page.getByRole('option').count(), 9);
    assert.match(await stop(page, 'Targeted').innerText(), /Current stage, Entered/);
    await page.getByRole('heading', { name: 'Opportunity Information' }).waitFor();
    await page.getByRole('link', { name: 'Northwind Traders' }).first().waitFor();
    // Without synthetic shadow the design system's styles would not reach into components.
    assert.equal(await page.evaluate("document.querySelector('one-app').shadowRoot.synthetic"), true);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    assert.equal(overflow, 0, 'the page is wider than the window');
    await screenshot('record');
    await page.getByRole('tab', { name: 'Related' }).click();
    await page.getByText('Contact Roles (0)').waitFor();
    await screenshot('related');
    assert.deepEqual(problems, []);
  });

  it('advances a stage and shows the date that the org stamped', async () => {
    const id = await opportunity({});
    const { page, problems, screenshot } = await openRecord(id);
    await page.getByRole('button', { name: 'Mark Stage as Complete' }).click();
    await page.getByText('Stage changed to Detected.').waitFor();
    const entered = `Current stage, Entered ${today(timeZone)}, 0 days`;
    await stop(page, 'Detected').filter({ hasText: entered }).waitFor();
    const record = await orgClient(org).read('Opportunity', id);
    assert.equal(record.StageName, 'Detected');
    assert.equal(record.Detected_Date__c, isoDay(timeZone));
    assert.equal(record.Previous_Stage__c, 'Targeted');
    await screenshot('advanced');
    assert.deepEqual(problems, []);
  });

  it("shows the org's own validation message, saves nothing, and goes on when it is heeded", async () => {
    const id = await opportunity({ StageName: 'Qualified' });
    const { page, problems, screenshot } = await openRecord(id, [/ui-api\/records\//]);
    await page.getByRole('button', { name: 'Mark Stage as Complete' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Next Step' });
    await alert.waitFor();
    await screenshot('refused');
    assert.equal((await orgClient(org).read('Opportunity', id)).StageName, 'Qualified');

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Next Step' }).fill('Meet the decision maker');
    await screenshot('editing');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.getByRole('button', { name: 'Mark Stage as Complete' }).click();
    await page.getByText('Stage changed to Discovery.').waitFor();
    assert.equal((await orgClient(org).read('Opportunity', id)).NextStep, 'Meet the decision maker');
    assert.deepEqual(problems, []);
  });

  it('tells about a stage by keyboard, and closes with an outcome', async () => {
    const id = await opportunity({ StageName: 'Negotiation', NextStep: 'Sign', Contract_Term_Months__c: 12 });
    const { page, problems, screenshot } = await openRecord(id);
    await stop(page, 'Negotiation').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Proposal', exact: true }).waitFor();
    await page.getByText('Accountable', { exact: true }).waitFor();
    await stop(page, 'Closed').click();
    await page.getByText('Closed Lost', { exact: true }).click();
    await page.getByText('No decision', { exact: true }).click();
    await screenshot('outcome');
    await page.getByRole('button', { name: 'Mark as Current Stage' }).click();
    await page.getByText('Stage changed to Closed Lost.').waitFor();
    await stop(page, 'Closed Lost').filter({ hasText: 'Lost' }).waitFor();
    await screenshot('lost');
    assert.deepEqual(problems, []);
  });

  it('recycles with a reason and the day on which the opportunity comes back', async () => {
    const id = await opportunity({ StageName: 'Discovery' });
    const { page, problems, screenshot } = await openRecord(id);
    await page.getByRole('button', { name: /^Recycled/ }).click();
    const move = page.getByRole('button', { name: 'Mark as Current Stage' });
    await page.getByText('Timing', { exact: true }).click();
    assert.equal(await move.isDisabled(), true);
    await page.getByLabel('Comes back on').fill('12/31/2099');
    await page.keyboard.press('Tab');
    await screenshot('recycling');
    await move.click();
    await page.getByText('Stage changed to Recycled.').waitFor();
    const { Stage_Reason__c: reason, Nurture_Until__c: until } = await orgClient(org).read('Opportunity', id);
    assert.deepEqual([reason, until], ['Timing', '2099-12-31']);
    assert.deepEqual(problems, []);
  });

  it('says politely that a record type is not of the waterfall', async () => {
    const id = await opportunity({});
    await orgClient(org).update('Opportunity', id, { RecordTypeId: null });
    const { page, problems, screenshot } = await openRecord(id);
    await page.getByText('does not belong to the revenue waterfall').waitFor();
    await screenshot('other-type');
    assert.deepEqual(problems, []);
  });

  it('answers a handshake on the page that a custom object has by itself', async () => {
    const id = await opportunity({ StageName: 'Engaged', Name: 'Northwind: Handed Over' });
    await orgClient(org).update('Opportunity', id, { StageName: 'Prioritized' });
    const { page, problems, screenshot } = await openRecord(id);
    await page.getByRole('tab', { name: 'Related' }).click();
    await page.getByText('Handshakes (1)').waitFor();
    const toUser = page.getByRole('row', { name: /^H-/ }).getByRole('cell').nth(2);
    assert.equal(await toUser.innerText(), 'Local Admin');

    await page.getByRole('link', { name: 'Handshakes', exact: true }).click();
    const row = page.getByRole('row', { name: /Northwind: Handed Over/ });
    await row.waitFor();
    assert.equal(await page.getByRole('columnheader').count(), 9);
    await screenshot('handshakes');

    await row.getByRole('link', { name: /^H-/ }).click();
    const title = page.getByRole('heading', { level: 1 });
    await title.filter({ hasText: /^Handshake\s*H-\d{6}$/ }).waitFor();
    // The compact layout, above the tabs.
    await page.getByRole('link', { name: 'Northwind: Handed Over' }).waitFor();
    await page.getByText('Due At', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByRole('heading', { name: 'Service Level' }).waitFor();
    await page.getByText('Handshake Number', { exact: true }).waitFor();
    await screenshot('handshake');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Outcome').selectOption('Rejected');
    await page.getByLabel('Reason').selectOption('Not ready');
    await page.getByRole('textbox', { name: 'Comment' }).fill('Call again in spring');
    await screenshot('answering');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.getByText('Answered By').waitFor();
    await screenshot('answered');
    const handshake = await orgClient(org).read('Handshake__c', page.url().split('/').at(-2) ?? '');
    assert.deepEqual(
      [handshake.Outcome__c, handshake.Reason__c, handshake.Comment__c],
      ['Rejected', 'Not ready', 'Call again in spring'],
    );
    assert.equal((await orgClient(org).read('Opportunity', id)).StageName, 'Engaged');
    assert.deepEqual(problems, []);
  });

  it('finds a record by a list view, and gives other objects the default page', async () => {
    await opportunity({ Name: 'Northwind: Data Platform' });
    const { page, problems, screenshot } = await open('/lightning/o/Opportunity/list');
    await page.getByRole('link', { name: 'Northwind: Data Platform' }).waitFor();
    await screenshot('list');
    await page.getByRole('link', { name: 'Northwind: Data Platform' }).click();
    await page.getByRole('heading', { name: 'Northwind: Data Platform' }).waitFor();
    await page.getByRole('link', { name: 'Northwind Traders' }).first().click();
    await page.getByRole('heading', { name: 'Northwind Traders' }).waitFor();
    await page.getByRole('tab', { name: 'Details' }).click();
    await screenshot('account');
    assert.deepEqual(problems, []);
  });
});
