import path from 'node:path';

/** Where the local org of this checkout keeps its data. */
export const LOCAL_ORG_FOLDER = path.join(import.meta.dirname, '..', '.local-org');
export const LOCAL_ORG_FILE = path.join('.local-org', 'org.sqlite');
export const LOCAL_ORG_ALIAS = 'waterfall-local';
/** Not used by anything well known; `WATERFALL_PORT` chooses another. */
export const DEFAULT_PORT = 4646;
