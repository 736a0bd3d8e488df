import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What WCAG 2.1 A and AA asks for, and what axe recommends beyond it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

interface Result {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly { readonly id: string }[];
}

export interface Accessibility {
  /** One line each: rule, what it asks for, where. */
  readonly violations: readonly string[];
  /** Rules that found something to check, and found it right. */
  readonly passed: readonly string[];
}

/** Runs axe over the whole page as it stands. */
export async function checkAccessibility(page: Page): Promise<Accessibility> {
  await page.addScriptTag({ path: AXE });
  const options = JSON.stringify({ runOnly: TAGS, resultTypes: ['violations', 'passes'] });
  const result: Result = await page.evaluate(`axe.run(document, ${options})`);
  return {
    violations: result.violations.flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${help}\n  ${html}\n  ${failureSummary}`),
    ),
    passed: result.passes.map(({ id }) => id),
  };
}
