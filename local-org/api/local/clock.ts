import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { moveClock } from '../../scheduler/move-clock.ts';
import type { WorkReport } from '../../scheduler/run-due-work.ts';
import { administratorOf } from './administrator-only.ts';
import type { ApiContext } from '../context.ts';

/** A move by less than this is the time that passes between two looks at the clock. */
const MOVED_MS = 1000;

export interface ClockReading {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** False while the org's clock is the machine's. */
  readonly moved: boolean;
  /** The caller's time zone, in which people read times. */
  readonly timeZone: string;
}

export interface ClockMove extends ClockReading {
  /** The scheduled paths and schedule-triggered flows that fell due by the move. */
  readonly work: WorkReport;
}

/** `GET /local/clock`, and `POST /local/clock` with `{to: ISO 8601}` or `{to: null}` for the machine's own time. */
export function registerClock(server: FastifyInstance, { org }: ApiContext): void {
  const reading = (timeZone: string): ClockReading => {
    const now = org.clock.now();
    return { now: now.toISOString(), moved: Math.abs(now.getTime() - Date.now()) > MOVED_MS, timeZone };
  };
  server.get('/local/clock', (request): ClockReading => reading(administratorOf(request).timeZone));
  server.post('/local/clock', (request): ClockMove => {
    const { timeZone } = administratorOf(request);
    const work = moveClock(org, momentOf(request.body));
    return { ...reading(timeZone), work };
  });
}

function momentOf(body: unknown): Date | null {
  const to = typeof body === 'object' && body !== null && 'to' in body ? body.to : undefined;
  if (to === null) return null;
  const moment = typeof to === 'string' ? new Date(to) : null;
  if (moment && !Number.isNaN(moment.getTime())) return moment;
  throw new PlatformError('INVALID_INPUT', 'to must be a moment in ISO 8601, or null for the time of this machine.');
}
