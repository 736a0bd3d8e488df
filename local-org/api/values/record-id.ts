/** Ids in every spelling that the platform takes: the 18-character form, or null for what is none. */
export { normalizeId as toId18 } from '../../data/ids.ts';
