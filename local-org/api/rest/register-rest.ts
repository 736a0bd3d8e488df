import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { registerActions } from './actions/register-actions.ts';
import { collectionResources } from './composite/collections.ts';
import { registerComposite } from './composite/register-composite.ts';
import { treeResources } from './composite/tree.ts';
import { registerLimits } from './limits.ts';
import { describeResources } from './describe/describe-resources.ts';
import { queryResources } from './query/query-resources.ts';
import { changeResources } from './records/change-resources.ts';
import { readResources } from './records/read-resources.ts';
import { writeResources } from './records/write-resources.ts';
import { toolingResources } from '../tooling/tooling-resources.ts';
import { registerResources, type Resource } from './resource.ts';

/** Everything that composite and batch can call too; the first path that fits is taken. */
const RESOURCES: readonly Resource[] = [
  ...describeResources,
  ...queryResources,
  ...toolingResources,
  ...collectionResources,
  ...treeResources,
  ...changeResources,
  ...readResources,
  ...writeResources,
];

/** The REST API for data. */
export function registerRest(server: FastifyInstance, context: ApiContext): void {
  registerResources(server, context, RESOURCES);
  registerComposite(RESOURCES)(server, context);
  registerActions(server, context);
  registerLimits(server, context);
}
