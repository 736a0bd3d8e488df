import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { registerResources, type Resource } from '../rest/resource.ts';
import { defaultResources } from './default-resources.ts';
import { layoutResources } from './layout-resources.ts';
import { listResources } from './list-resources.ts';
import { lookupResources } from './lookup-resources.ts';
import { navigationResources } from './navigation-resources.ts';
import { objectResources } from './object-resources.ts';
import { recordResources } from './record-resources.ts';
import { refusedResources } from './refused-resources.ts';
import { relatedListResources } from './related-list-resources.ts';

/** What of the User Interface API the local org has; anything else under /ui-api answers 404 and is logged by name. */
export const uiApiResources: readonly Resource[] = [
  ...recordResources,
  ...objectResources,
  ...layoutResources,
  ...relatedListResources,
  ...listResources,
  ...defaultResources,
  ...lookupResources,
  ...navigationResources,
  ...refusedResources,
];

/** The User Interface API: what Lightning pages read and write. Same data, same rules as REST. */
export function registerUiApi(server: FastifyInstance, context: ApiContext): void {
  registerResources(server, context, uiApiResources);
}
