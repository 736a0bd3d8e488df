import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { RunningOrg } from '../../local-org/start-local-org.ts';

/**
 * What may be said in the console. `synthetic-aria`: base components refer to each other across shadow roots, in synthetic
 * shadow only; the engine's development mode warns of it, and Salesforce's own pages do the same.
 */
const ALLOWED = [/sfdc\.co\/synthetic-aria/];

export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors and failed requests so far. */
  readonly problems: readonly string[];
  /** Takes a picture into the folder of this run and returns its file. */
  readonly screenshot: (name: string) => Promise<string>;
}

/** Set to a folder to find the pictures there afterwards. */
const SCREENSHOTS = 'WATERFALL_SCREENSHOTS';
const folder = process.env[SCREENSHOTS] ?? mkdtempSync(path.join(tmpdir(), 'waterfall-pages-'));

/**
 * Logs a browser in by the frontdoor, as whoever the session belongs to, and opens a page of the org. `expected` are
 * requests that the test means to fail.
 */
export async function openPage(
  browser: Browser,
  org: Pick<RunningOrg, 'url' | 'token'>,
  url: string,
  expected: readonly RegExp[] = [],
): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  const problems: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    const refused =
      text.startsWith('Failed to load resource') && expected.some((each) => each.test(message.location().url));
    if (['error', 'warning'].includes(message.type()) && !refused && !ALLOWED.some((each) => each.test(text))) {
      problems.push(`${message.type()}: ${text}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && !expected.some((each) => each.test(response.url()))) {
      problems.push(`${String(response.status())} ${response.request().method()} ${response.url()}`);
    }
  });
  const login = new URLSearchParams({ sid: org.token, retURL: url });
  const response = await page.goto(`${org.url}/secur/frontdoor.jsp?${login.toString()}`);
  if (!response?.ok()) throw new Error(`${url} could not be opened:\n${await page.locator('body').innerText()}`);
  return {
    page,
    problems,
    async screenshot(name) {
      const file = path.join(folder, `${name}.png`);
      await page.screenshot({ path: file, fullPage: true });
      return file;
    },
  };
}
