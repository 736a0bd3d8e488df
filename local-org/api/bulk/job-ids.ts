import { makeId } from '../../data/ids.ts';

/** Key prefix of AsyncApexJob-like bulk jobs, ingest and query alike. */
const JOB_PREFIX = '750';

/** Ids for the jobs of one server; jobs live as long as it does. */
export function createJobIds(): () => string {
  let last = 0;
  return () => makeId(JOB_PREFIX, ++last);
}
