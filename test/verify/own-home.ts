/** Imported before `@salesforce/core`: logins of this machine must not reach the tests, nor the other way round. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'waterfall-home-'));
process.env.HOME = home;
process.env.SF_DISABLE_LOG_FILE = 'true';
process.env.SF_DISABLE_TELEMETRY = 'true';
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
