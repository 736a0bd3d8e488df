import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartRefused } from './start-failure.ts';

/** Where the org lives and listens when nobody says otherwise. */
const DEFAULT_FILE = '.local-org/org.sqlite';
const DEFAULT_PORT = 4646;
const HIGHEST_PORT = 65_535;

export const USAGE = `Usage: node local-org/serve.ts [--file ${DEFAULT_FILE}] [--port ${String(DEFAULT_PORT)}] [--sample] [--jwt-public-key <pem file>]

  --file            SQLite file of the org, created when it is not there
  --port            port on 127.0.0.1; 0 takes a free one
  --sample          fill a file that is not there yet with the sample org
  --jwt-public-key  public key or certificate whose JWTs may log in
`;

export interface ServeOptions {
  readonly file: string;
  readonly port: number;
  readonly jwtPublicKey: string | undefined;
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new StartRefused(`--port ${text} is no port: give a number from 0 to ${String(HIGHEST_PORT)}.`);
}

function readKey(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    createPublicKey(pem);
    return pem;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`--jwt-public-key ${file} cannot be read as a PEM public key or certificate: ${reason}`);
  }
}

/** What the command line says. Throws StartRefused. */
export function readServeOptions(given: { file?: string; port?: string; 'jwt-public-key'?: string }): ServeOptions {
  return {
    file: given.file ?? DEFAULT_FILE,
    port: readPort(given.port),
    jwtPublicKey: readKey(given['jwt-public-key']),
  };
}
