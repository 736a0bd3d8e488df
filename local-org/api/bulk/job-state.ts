/** Bulk API 2.0 Developer Guide, "Job States". */
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** States in which nothing more happens to a job. */
export const ENDED: ReadonlySet<JobState> = new Set<JobState>(['JobComplete', 'Failed', 'Aborted']);

/** True for a job that is to be run, or to be gone on with after a restart. */
export const isWaiting = (state: JobState): boolean => state === 'UploadComplete' || state === 'InProgress';
