import { createReadStream, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { resourceNotFound } from '../api/api-versions.ts';

const require = createRequire(import.meta.url);

/** Styles, fonts and images of the Lightning Design System. */
export const SLDS_ASSETS = path.join(
  path.dirname(require.resolve('@salesforce-ux/design-system/package.json')),
  'assets',
);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Sends a file below a folder; 404 for anything else, also for a path that leads out of it. */
export function sendFile(reply: FastifyReply, folder: string, relative: string): FastifyReply {
  const file = path.join(folder, relative);
  const type = CONTENT_TYPES[path.extname(file)];
  const inside = file.startsWith(folder + path.sep);
  if (!inside || type === undefined || !existsSync(file) || !statSync(file).isFile()) throw resourceNotFound();
  return reply.type(type).header('cache-control', 'private, max-age=31536000, immutable').send(createReadStream(file));
}
