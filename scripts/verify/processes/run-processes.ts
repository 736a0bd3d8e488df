import { VerifyError } from '../types.ts';
import type { ScenarioRow } from '../types.ts';
import { Refused } from './lab.ts';
import type { Lab } from './lab.ts';
import type { Process } from './process.ts';

/** A row for each thing seen; a process that the org refuses is one row that says why. Throws VerifyError when it is stopped. */
export const runProcesses = async (
  processes: readonly Process[],
  lab: Lab,
  progress: (done: number, total: number, title: string) => void,
  signal?: AbortSignal,
): Promise<readonly ScenarioRow[]> => {
  const rows: ScenarioRow[] = [];
  for (const [index, process] of processes.entries()) {
    if (signal?.aborted) {
      throw new VerifyError(
        'VERIFY_STOPPED',
        'Verifying was stopped; its test records are deleted.',
        'Verify again when you like.',
      );
    }
    rows.push(...(await rowsOf(process, lab)));
    progress(index + 1, processes.length, process.name);
  }
  return rows;
};

const rowsOf = async (process: Process, lab: Lab): Promise<readonly ScenarioRow[]> => {
  const base = { scenario: process.name, family: process.family, type: process.type };
  try {
    return (await process.run(lab)).map(({ trigger, expected, actual }) => ({
      ...base,
      trigger,
      expected,
      actual,
      found: [actual],
      status: expected === actual ? 'passed' : 'failed',
      action:
        expected === actual
          ? ''
          : 'See whether the waterfall’s flows are active (checks above); the tasks of RevOps say what a flow could not do, and why.',
    }));
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    return [
      {
        ...base,
        trigger: 'test record',
        expected: 'saved',
        actual: `the org refused: ${problem.message}`,
        found: [problem.message],
        status: 'refused',
        action: problem.action,
      },
    ];
  }
};
