import type { FastifyInstance } from 'fastify';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** How many API requests came in during the last 24 hours, by the hour. Lives as long as the server. */
export interface RequestCount {
  add(): void;
  lastDay(): number;
}

export function createRequestCount(now: () => number = Date.now): RequestCount {
  const hours = new Map<number, number>();
  const hour = (): number => Math.floor(now() / HOUR_MS);
  const forgetOld = (): void => {
    for (const one of hours.keys()) if (one <= hour() - HOURS) hours.delete(one);
  };
  return {
    add() {
      hours.set(hour(), (hours.get(hour()) ?? 0) + 1);
      if (hours.size > HOURS) forgetOld();
    },
    lastDay() {
      forgetOld();
      return [...hours.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}

/** Paths that count as API calls: login, pages and the local org's own do not. */
const API = /^\/services\/(data\/v|Soap\/)/;

export function countRequests(server: FastifyInstance, count: RequestCount): void {
  server.addHook('onRequest', (request, _reply, done) => {
    if (API.test(request.url)) count.add();
    done();
  });
}
