import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { openLocalOrg } from '../open-org.ts';
import { describeStartFailure, StartRefused } from './start-failure.ts';

const removeFile = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
};

/**
 * Makes the file of the sample org, unless there is a file already. It is filled under another name and gets its own
 * when it is complete, so that a start that was cut short leaves nothing that looks like a sample org. Throws
 * StartRefused.
 */
export async function ensureSampleOrg(file: string, progress: (text: string) => void): Promise<void> {
  if (existsSync(file) && statSync(file).size > 0) return;
  const unfinished = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Loaded only when it is needed: it brings a library of names with it.
    const { fillSampleOrg } = await import('../sample/fill-sample-org.ts');
    removeFile(unfinished);
    const org = openLocalOrg({ file: unfinished });
    try {
      fillSampleOrg(org, progress);
    } finally {
      org.close();
    }
    renameSync(unfinished, file);
  } catch (error) {
    removeFile(unfinished);
    throw new StartRefused(describeStartFailure(error, file, 0), { cause: error });
  }
}
