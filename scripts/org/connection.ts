import type { Connection } from '@salesforce/core';
import net from 'node:net';
import { orgError } from './org-errors.ts';
import { OrgError } from './types.ts';

/** The alias under which `npm start` logs in to the local org. */
export const LOCAL_ALIAS = 'waterfall-local';
/** The API version this product speaks; an org that is not there yet is spoken to in its own newest. */
export const API_VERSION = '66.0';
/** A server on this machine answers at once or is not there; the client library would try for 16 seconds. */
const LOOPBACK_TIMEOUT_MS = 1000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export const isLoopback = (instanceUrl: string): boolean => LOOPBACK.has(new URL(instanceUrl).hostname);

export interface OpenConnection {
  readonly connection: Connection;
  readonly username: string;
  /** Newest API version that the org serves. */
  readonly newestVersion: string;
}

/**
 * Opens the connection that `sf` has stored for an alias or username. Without one: sf's `target-org`, else the local org.
 * Throws OrgError when there is no such login, the org cannot be reached or the session has ended.
 */
export async function openConnection(target: string | undefined): Promise<OpenConnection> {
  // The local org speaks plain http on loopback; the library's warning and log worker would only get in the way.
  process.env['SF_DISABLE_LOG_FILE'] ??= 'true';
  const { AuthInfo, ConfigAggregator, Connection: CoreConnection, StateAggregator } = await import('@salesforce/core');
  let named = target;
  try {
    if (named === undefined) {
      const configured = (await ConfigAggregator.create()).getPropertyValue('target-org');
      named = typeof configured === 'string' && configured !== '' ? configured : LOCAL_ALIAS;
    }
    const { aliases } = await StateAggregator.getInstance();
    const authInfo = await AuthInfo.create({ username: aliases.resolveUsername(named) });
    // Before the first request: the client library would try a dead address six times over.
    await assertListening(authInfo.getFields().instanceUrl, named);
    const connection = await CoreConnection.create({ authInfo });
    const newestVersion = connection.getApiVersion();
    if (Number(newestVersion) > Number(API_VERSION)) connection.setApiVersion(API_VERSION);
    return { connection, username: await usernameOf(connection, authInfo.getUsername()), newestVersion };
  } catch (error) {
    if (isUnknownOrg(error)) throw unknownOrg(named ?? LOCAL_ALIAS, target === undefined);
    throw orgError(error, `connecting to ${named ?? 'the org'}`);
  }
}

const isUnknownOrg = (error: unknown): boolean =>
  error instanceof Error && ['NamedOrgNotFoundError', 'NoOrgFound', 'NoUsernameFoundError'].includes(error.name);

function unknownOrg(named: string, byDefault: boolean): OrgError {
  if (byDefault && named === LOCAL_ALIAS) {
    return new OrgError(
      'ORG_NONE',
      'There is no org to work on: no --target-org, no default org of sf, and the local org has never been started here.',
      'Run npm start for the local org, or name one: --target-org <alias> (sf org list shows yours).',
    );
  }
  if (named === LOCAL_ALIAS) {
    return new OrgError(
      'ORG_UNKNOWN',
      `The local org ("${named}") has never been started here.`,
      'Run npm start and repeat the command in a second terminal.',
    );
  }
  return new OrgError(
    'ORG_UNKNOWN',
    `sf knows no org "${named}" on this machine.`,
    `Check the alias with sf org list, or log in: sf org login web --alias ${named}.`,
  );
}

/** An access token may stand for a username (`-o '00D…!…'`); then the org says whose it is. */
async function usernameOf(connection: Connection, named: string): Promise<string> {
  if (!named.includes('!')) return named;
  const info = await connection.request<{ readonly preferred_username: string }>(
    `${connection.instanceUrl.replace(/\/+$/, '')}/services/oauth2/userinfo`,
  );
  return info.preferred_username;
}

async function assertListening(instanceUrl: string | undefined, named: string): Promise<void> {
  if (instanceUrl === undefined || !isLoopback(instanceUrl)) return;
  const { hostname, port } = new URL(instanceUrl);
  const open = await new Promise<boolean>((resolve) => {
    const socket = net.connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(LOOPBACK_TIMEOUT_MS, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
  if (open) return;
  throw new OrgError(
    'ORG_UNREACHABLE',
    `Nothing listens at ${instanceUrl}, where the org ${named} should be.`,
    'Start the local org with npm start and repeat the command in a second terminal.',
  );
}
