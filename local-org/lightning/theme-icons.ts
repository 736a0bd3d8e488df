import type { FastifyInstance } from 'fastify';
import path from 'node:path';
import { ICON_PATH } from '../api/ui-api/theme-info.ts';
import { sendFile, SLDS_ASSETS } from './static-files.ts';

/** The icons that the UI API names in `themeInfo`, where the platform serves them. */
export function registerThemeIcons(server: FastifyInstance): void {
  server.get<{ Params: { file: string } }>(`${ICON_PATH}/standard/:file`, (request, reply) =>
    sendFile(reply, path.join(SLDS_ASSETS, 'icons', 'standard'), request.params.file),
  );
}
