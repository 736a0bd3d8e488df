import type { PageContext } from './page-context.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** JSON that may stand inside a script element. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const document = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escape(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/lightning/slds/styles/salesforce-lightning-design-system.min.css" />
    <style>body { background: #f3f3f3; }</style>
    ${head}
  </head>
  <body class="slds-scope">
    ${body}
  </body>
</html>
`;

/** The page that runs the pages' code of one build. Synthetic shadow comes first: the engine looks for it when it starts. */
export const pageHtml = (context: PageContext, build: string): string =>
  document(
    'Salesforce',
    `<script>globalThis.__lightning = ${scriptJson(context)};</script>
    <script src="/lightning/build/${build}/synthetic-shadow.js"></script>
    <script type="module" src="/lightning/build/${build}/app.js"></script>`,
    '<div id="app"></div>',
  );

/** A page that says in words why there is no page. */
export const messageHtml = (title: string, lines: readonly string[]): string =>
  document(
    title,
    '',
    `<main class="slds-p-around_xx-large">
      <article class="slds-card slds-p-around_large">
        <h1 class="slds-text-heading_medium slds-m-bottom_small">${escape(title)}</h1>
        ${lines.map((line) => `<p class="slds-m-bottom_xx-small"><code>${escape(line)}</code></p>`).join('\n        ')}
      </article>
    </main>`,
  );
