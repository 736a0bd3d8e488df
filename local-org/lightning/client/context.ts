import type { PageContext } from '../page/page-context.ts';

declare global {
  var __lightning: PageContext;
}

/** What the server told this page. */
export const context = (): PageContext => globalThis.__lightning;

export const recordUrl = (objectApiName: string, recordId: string): string =>
  `/lightning/r/${objectApiName}/${recordId}/view`;

export const listUrl = (objectApiName: string, listView?: string): string =>
  `/lightning/o/${objectApiName}/list${listView === undefined ? '' : `?filterName=${encodeURIComponent(listView)}`}`;
