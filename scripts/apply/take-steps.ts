import { watchSteps } from './progress.ts';
import type { Watcher } from './progress.ts';
import type { Run } from './run-journal.ts';

export interface TakenStep {
  readonly step: string;
  readonly outcome: string;
}

/** Takes the steps of a run: each is in the journal before anything else happens, and told to whoever watches. */
export interface StepTaker {
  readonly taken: readonly TakenStep[];
  /** A step that is a call of its own, journalled as it begins and as it is done. */
  take(step: string, work: () => Promise<string>): Promise<void>;
  /** What came of a step that was not known to be one before it was taken. */
  took(step: string, outcome: string): void;
  /** Steps that one deployment took together. */
  tookTogether(steps: readonly TakenStep[]): void;
}

export function stepTaker(run: Run, watch: Watcher): StepTaker {
  const taken: TakenStep[] = [];
  const record = ({ step, outcome }: TakenStep): void => {
    run.write({ event: 'stepDone', step, outcome });
    taken.push({ step, outcome });
  };
  const took = (step: string, outcome: string): void => {
    record({ step, outcome });
    watch({ kind: 'step', id: step, outcome });
  };
  return {
    taken,
    took,
    take: async (step, work) => {
      run.write({ event: 'stepStarted', step });
      took(step, await work());
    },
    tookTogether: (steps) => {
      steps.forEach(record);
      watchSteps(steps, watch);
    },
  };
}
