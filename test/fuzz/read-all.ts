import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Defect, Work } from './worker.ts';

/** An input that takes longer hangs; generous, since the machine may be busy. */
const PATIENCE_MS = 10_000;

/** The beginning of an input, as text. */
export const shown = (input: Uint8Array | undefined): string =>
  JSON.stringify(
    Buffer.from(input ?? [])
      .toString('utf8')
      .slice(0, 300),
  );

/** Reads all inputs in a worker. Fails with the input that crashed it or that it did not come back from. */
export async function readAll(target: string, inputs: readonly Uint8Array[]): Promise<readonly Defect[]> {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const workerData: Work = { target, inputs, progress };
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData });
  let seen = -1;
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<readonly Defect[]>((resolve, reject) => {
      worker.once('message', ({ defects }: { defects: readonly Defect[] }) => resolve(defects));
      worker.once('error', reject);
      worker.once('exit', (code) =>
        reject(
          new Error(
            `the reader ended with ${code} at input ${progress[0]}: ${shown(inputs[Math.max(0, progress[0]! - 1)])}`,
          ),
        ),
      );
      watch = setInterval(() => {
        const now = Atomics.load(progress, 0);
        if (now === seen) reject(new Error(`it hangs on input ${now}: ${shown(inputs[Math.max(0, now - 1)])}`));
        seen = now;
      }, PATIENCE_MS);
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
