import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** Where defects of the local org itself are written down, with their stacks; clients get only the id. */
export interface DefectLog {
  /** Writes the error down and returns the short id under which it is found. Never throws. */
  record(where: string, error: unknown): string;
}

/**
 * Writes to `file`; without one (an org in memory) to `fallback`. A full disk falls back too: the request is answered
 * anyway.
 */
export function createDefectLog(file: string | null, fallback: (text: string) => void): DefectLog {
  return {
    record(where, error) {
      const id = randomBytes(4).toString('hex');
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const text = `${new Date().toISOString()} ${id} ${where}\n${stack}\n`;
      try {
        if (file === null) fallback(text);
        else appendFileSync(file, text);
      } catch {
        fallback(text);
      }
      return id;
    },
  };
}
