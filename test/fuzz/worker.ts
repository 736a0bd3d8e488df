/** Runs inputs through one reader, in a thread of its own: what hangs can then be ended from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { TARGETS } from './targets.ts';

export interface Work {
  readonly target: string;
  readonly inputs: readonly Uint8Array[];
  /** One number: the input that is being read. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

export interface Defect {
  readonly index: number;
  readonly error: string;
  readonly milliseconds: number;
}

const { target, inputs, progress } = workerData as Work;
const reader = TARGETS[target]!;
const defects: Defect[] = [];
let slowest = 0;
const read = await reader.open();
for (const [index, input] of inputs.entries()) {
  Atomics.store(progress, 0, index + 1);
  const start = performance.now();
  let error: unknown = null;
  try {
    await read(input);
  } catch (caught) {
    error = caught;
  }
  const milliseconds = performance.now() - start;
  slowest = Math.max(slowest, milliseconds);
  const refused =
    error instanceof Error &&
    reader.refusals.includes(error.name) &&
    error.message.length > 0 &&
    !/\n\s+at /.test(error.message);
  if (error !== null && !refused)
    defects.push({
      index,
      milliseconds,
      error: error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error),
    });
}
parentPort?.postMessage({ defects, slowest });
