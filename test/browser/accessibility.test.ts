import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { checkAccessibility } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openPage, type OpenPage } from './open-page.ts';
import { orgClient } from './org-client.ts';
import { waterfallOrg } from './waterfall-org.ts';

const PATIENCE = 30_000;
const DAY_MS = 86_400_000;
/** A desktop, a small laptop, and half of one. */
const WIDTHS = [1400, 1024, 700] as const;

describe('accessibility of the record page', { timeout: 240_000 }, () => {
  let org: RunningOrg;
  let browser: Browser;

  before(async () => {
    [org, browser] = await Promise.all([waterfallOrg(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await org.close();
  });

  const opportunity = async (StageName: string, daysAgo = 0, more: Record<string, unknown> = {}): Promise<string> => {
    org.org.clock.moveTo(daysAgo === 0 ? null : new Date(Date.now() - daysAgo * DAY_MS));
    const id = await orgClient(org).create('Opportunity', {
      Name: 'Northwind: Analytics Cloud',
      RecordTypeId: orgClient(org).recordType('Acquisition'),
      StageName,
      CloseDate: '2030-03-31',
      Amount: 84_000,
      Contract_Term_Months__c: 12,
      ...more,
    });
    org.org.clock.moveTo(null);
    return id;
  };
  const openRecord = async (id: string, expected: readonly RegExp[] = []): Promise<OpenPage> => {
    const opened = await openPage(browser, org, `/lightning/r/Opportunity/${id}/view`, expected);
    opened.page.setDefaultTimeout(PATIENCE);
    await opened.page.getByRole('heading', { name: 'Opportunity Information' }).waitFor();
    await opened.page.getByRole('option').first().waitFor();
    return opened;
  };
  const assertAccessible = async (page: Page): Promise<void> => {
    const { violations, passed } = await checkAccessibility(page);
    assert.deepEqual(violations, []);
    // Axe has looked into the components: this is in the tracker, three shadow roots down.
    assert.ok(passed.includes('aria-required-children'), passed.join());
  };

  const states: readonly (readonly [string, () => Promise<string>, string | RegExp])[] = [
    ['overdue', () => opportunity('Detected', 90), /Overdue by \d+ days/],
    ['won', () => opportunity('Closed Won', 20), 'Change Closed Stage'],
    ['lost', () => opportunity('Closed Lost', 20, { Stage_Reason__c: 'Price' }), 'Change Closed Stage'],
    [
      'detour',
      () => opportunity('Recycled', 20, { Stage_Reason__c: 'Timing', Nurture_Until__c: '2030-01-31' }),
      'Off the path',
    ],
  ];
  for (const [name, make, text] of states) {
    it(`finds nothing on a page whose opportunity is ${name}`, async () => {
      const { page, problems, screenshot } = await openRecord(await make());
      await page.getByText(text).first().waitFor();
      await screenshot(`state-${name}`);
      await assertAccessible(page);
      assert.deepEqual(problems, []);
    });
  }

  it('finds nothing with the details open, with an error message, and while editing', async () => {
    const { page, screenshot } = await openRecord(await opportunity('Qualified'), [/ui-api\/records\//]);
    await page.getByRole('option', { name: /^Qualified/ }).click();
    await page.getByText('Accountable', { exact: true }).waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Mark Stage as Complete' }).click();
    await page.getByRole('alert').filter({ hasText: 'Next Step' }).waitFor();
    await screenshot('state-error');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Next Step' }).waitFor();
    await assertAccessible(page);
  });

  it('fits windows of any width', async () => {
    const { page, screenshot } = await openRecord(await opportunity('Detected', 90));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 1000 });
      await screenshot(`width-${width}`);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(overflow, 0, `wider than ${width} px`);
    }
  });

  it('brings the present stage into view where the path is wider than the window', async () => {
    const { page } = await openRecord(await opportunity('Negotiation'));
    await page.setViewportSize({ width: 700, height: 1000 });
    await page.reload();
    const stop = page.getByRole('option', { name: /^Negotiation/ });
    await stop.waitFor();
    const box = await stop.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 700, JSON.stringify(box));
  });

  it('is walked through by keyboard alone, from reading a stage to closing the opportunity', async () => {
    const id = await opportunity('Negotiation', 0, { NextStep: 'Sign' });
    const { page, problems } = await openRecord(id);
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const stop = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
    const tabTo = async (target: ReturnType<Page['getByRole']>): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await press('Tab');
        if (await target.evaluate(HAS_FOCUS)) return;
      }
      assert.fail('Tab does not lead there');
    };

    // One tab stop for the whole path, at the present stage; arrows, Home and End from there.
    await tabTo(stop('Negotiation'));
    await press('ArrowLeft');
    assert.equal(await stop('Proposal').evaluate(HAS_FOCUS), true);
    await press('Home');
    assert.equal(await stop('Targeted').evaluate(HAS_FOCUS), true);
    await press('Space');
    await page.getByRole('heading', { name: 'Targeted', exact: true }).waitFor();
    await press('End');
    assert.equal(await stop('Closed').evaluate(HAS_FOCUS), true);
    await press('Enter');

    await tabTo(page.getByRole('radio', { name: 'Closed Won' }));
    await press('ArrowDown');
    assert.equal(await page.getByRole('radio', { name: 'Closed Lost' }).isChecked(), true);
    await press('ArrowUp');
    await press('Shift+Tab');
    const mark = page.getByRole('button', { name: 'Mark as Current Stage' });
    for (let presses = 0; presses < 10 && !(await mark.evaluate(HAS_FOCUS)); presses += 1) await press('Shift+Tab');
    await press('Enter');
    await page.getByText('Stage changed to Closed Won.').waitFor();
    assert.equal((await orgClient(org).read('Opportunity', id)).StageName, 'Closed Won');
    assert.deepEqual(problems, []);
  });
});

/** Whether the element has the focus, in whatever shadow root it is. */
const HAS_FOCUS = (element: { matches(selector: string): boolean }): boolean => element.matches(':focus');
