import { CLOSING_STOP } from 'c/stagePathModel';
import type { Path, PathStop } from 'c/stagePathModel';

/** What the main button does for the stop that is selected. The cases are those of the platform's own path. */
export type Move =
  /** The present stage is done: on to the next one. */
  | { readonly kind: 'complete'; readonly stage: string }
  /** To the selected stage, forward or back. */
  | { readonly kind: 'moveTo'; readonly stage: string }
  /** The next step is closing: first ask for the outcome. */
  | { readonly kind: 'askOutcome'; readonly change: boolean }
  /** The outcome is being asked for; null until one is chosen. */
  | { readonly kind: 'close'; readonly stage: string | null };

export interface Selection {
  /** The selected stop; null when none is. */
  readonly stop: PathStop | null;
  readonly choosingOutcome: boolean;
  readonly outcome: string | undefined;
}

/** Null when there is nothing to move on to: in a detour with no stage selected. */
export function moveFor(path: Path, selection: Selection): Move | null {
  const stop = selection.stop ?? path.current;
  if (stop === null) {
    return null;
  }
  if (stop.key === CLOSING_STOP || selection.choosingOutcome) {
    return { kind: 'close', stage: selection.outcome ?? null };
  }
  if (stop.key !== path.current?.key) {
    return stop.stage && { kind: 'moveTo', stage: stop.stage.name };
  }
  if (path.next !== null) {
    return path.next.stage ? { kind: 'complete', stage: path.next.stage.name } : { kind: 'askOutcome', change: false };
  }
  return stop.state === 'won' || stop.state === 'lost' ? { kind: 'askOutcome', change: true } : null;
}
