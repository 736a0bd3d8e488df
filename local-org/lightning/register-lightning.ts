import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, type ApiContext } from '../api/context.ts';
import { normalizeId } from '../data/ids.ts';
import type { UserContext } from '../data/types.ts';
import { ClientBuildError } from './build/client-build-error.ts';
import { orgModules } from './build/org-modules.ts';
import { objectTabs } from './page/object-tabs.ts';
import { messageHtml, pageHtml } from './page/page-html.ts';
import { pageContext, type PageRoute } from './page/page-context.ts';
import { recordPage } from './page/record-page.ts';
import { SLDS_ASSETS, sendFile } from './static-files.ts';
import { registerThemeIcons } from './theme-icons.ts';

/** Where builds of the pages are kept between starts. */
const CACHE = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'revenue-waterfall', 'lightning');

const HOME = '/lightning/o/Opportunity/list';

/** Folder of the pages' code for what is deployed now. The compilers are loaded with the first page, not with the server. */
async function currentBuild({ org }: ApiContext): Promise<string> {
  const { buildClient } = await import('./build/build-client.ts');
  return buildClient(orgModules(org.metadata), CACHE);
}

/**
 * Lightning pages at Salesforce's own addresses. They run in the browser on the deployed components and the UI API; built at the
 * first request after a deploy.
 */
export function registerLightning(server: FastifyInstance, context: ApiContext): void {
  const { org } = context;
  registerThemeIcons(server);

  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    route: () => PageRoute | null,
  ): Promise<FastifyReply> => {
    void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    if (!request.caller) {
      const lines = ['Open the link that the local org printed at its start, or run: sf org open -o waterfall-local'];
      return reply.code(401).send(messageHtml('You are not logged in', lines));
    }
    const found = route();
    if (!found)
      return reply.code(404).send(messageHtml('Page not found', [`There is no record or object at ${request.url}`]));
    try {
      const build = path.basename(await currentBuild(context));
      const user = callerOf(request);
      const tabs = org.transact(user, ({ schema }) => objectTabs(org.metadata, org.schema, schema), { mode: 'user' });
      return await reply.send(pageHtml(pageContext(user, tabs, found), build));
    } catch (error) {
      if (!(error instanceof ClientBuildError)) throw error;
      return reply.code(500).send(messageHtml('A Lightning component of this org cannot be built', error.problems));
    }
  };

  /** Null for the master record type, and for a record that the user does not see: its page says so. */
  const recordTypeOf = (user: UserContext, recordId: string): string | null => {
    const object = org.schema.objectOfId(recordId);
    if (!object?.fields.has('recordtypeid')) return null;
    const row = org.transact(
      user,
      (tx) => (tx.schema.object(object.name) ? tx.byIds(object.name, [recordId]).get(recordId) : undefined),
      { mode: 'user' },
    );
    const type = object.recordTypes.find(({ id }) => id === row?.RecordTypeId);
    return type === undefined || type.isMaster ? null : type.developerName;
  };

  server.get<{ Params: { object: string; id: string } }>('/lightning/r/:object/:id/view', (request, reply) =>
    page(request, reply, () => {
      const object = org.schema.object(request.params.object);
      const recordId = normalizeId(request.params.id);
      if (!object || recordId === null || org.schema.objectOfId(recordId) !== object) return null;
      const viewer = {
        profileName: callerOf(request).profileName,
        recordType: recordTypeOf(callerOf(request), recordId),
      };
      const page = recordPage(org.metadata, object.name, viewer);
      return { kind: 'record', objectApiName: object.name, recordId, page };
    }),
  );

  server.get<{ Params: { id: string } }>('/lightning/r/:id/view', (request, reply) => {
    const object = org.schema.objectOfId(request.params.id);
    return reply.redirect(object ? `/lightning/r/${object.name}/${request.params.id}/view` : HOME, 302);
  });

  server.get<{ Params: { object: string }; Querystring: { filterName?: string } }>(
    '/lightning/o/:object/list',
    (request, reply) =>
      page(request, reply, () => {
        const object = org.schema.object(request.params.object);
        return object
          ? { kind: 'list', objectApiName: object.name, listViewApiName: request.query.filterName ?? null }
          : null;
      }),
  );

  for (const start of ['/', '/lightning', '/lightning/page/home']) {
    server.get(start, (_request, reply) => reply.redirect(HOME, 302));
  }

  server.get<{ Params: { build: string; '*': string } }>('/lightning/build/:build/*', (request, reply) =>
    sendFile(reply, path.join(CACHE, 'pages', path.basename(request.params.build)), request.params['*']),
  );
  server.get<{ Params: { '*': string } }>('/lightning/slds/*', (request, reply) =>
    sendFile(reply, SLDS_ASSETS, request.params['*']),
  );
}
