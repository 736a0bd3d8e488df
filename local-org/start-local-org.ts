import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createServer, type ApiServer, type ServerOptions } from './api/create-server.ts';
import { openLocalOrg } from './open-org.ts';
import { startScheduler } from './scheduler/start-scheduler.ts';
import type { LocalOrg } from './types.ts';

export interface StartOptions extends Omit<ServerOptions, 'logFile'> {
  /** SQLite file of the org; created when it is not there. In memory when left out. */
  readonly file?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Whether due work is done as it falls due, which is the default; otherwise whoever holds the org has it done. */
  readonly worksByItself?: boolean;
}

export interface RunningOrg {
  /** `http://127.0.0.1:4646` */
  readonly url: string;
  /** The administrator's session id. */
  readonly token: string;
  readonly org: LocalOrg;
  readonly server: ApiServer;
  /** Stops listening, then closes the org. */
  close(): Promise<void>;
}

/** Where the stacks of defects go: beside the org's file. */
const LOG_FILE = 'local-org.log';

/**
 * Opens an org and serves it on loopback, in this process. Throws OrgFileError, or what the system says about the port.
 */
export async function startLocalOrg({
  file,
  port = 0,
  worksByItself = true,
  ...options
}: StartOptions = {}): Promise<RunningOrg> {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const org = openLocalOrg({ file: file ?? ':memory:' });
  try {
    const server = createServer(org, {
      ...options,
      logFile: file === undefined ? undefined : join(dirname(file), LOG_FILE),
    });
    const url = await server.listen(port);
    const stopScheduler = worksByItself
      ? startScheduler(org, { onDefect: (error) => void server.context.defects.record('scheduler', error) })
      : undefined;
    return {
      url,
      token: server.token,
      org,
      server,
      async close() {
        stopScheduler?.();
        await server.close();
        org.close();
      },
    };
  } catch (error) {
    org.close();
    throw error;
  }
}
