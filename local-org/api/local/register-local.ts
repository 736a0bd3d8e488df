import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { registerClock } from './clock.ts';
import { registerLog } from './log.ts';
import { registerLogin } from './login.ts';
import { registerOutbox } from './outbox.ts';

/**
 * What the local org has and Salesforce does not, all below `/local/`: its log, its clock, what its flows sent, logging in
 * as somebody else. A client that finds nothing there knows that it does not talk to a local org.
 */
export function registerLocal(server: FastifyInstance, context: ApiContext): void {
  registerLog(server, context);
  registerClock(server, context);
  registerLogin(server, context);
  registerOutbox(server, context);
}
