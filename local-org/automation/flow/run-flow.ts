import { FormulaEvaluationError } from '../formula/formula-error.ts';
import { TOO_MANY_ELEMENTS } from './messages.ts';
import { fail } from './elements/data-element.ts';
import { FlowFault } from './flow-fault.ts';
import type { DataElement, Interview } from './interview.ts';

/** Elements one interview may run between two looks at the processor time. */
const CHECK_EVERY = 2_000;

/**
 * Runs the interviews of a batch together: "each interview runs until it reaches a bulkifiable element. Salesforce
 * takes all the
 * interviews that stopped at the same element and … executes those operations together" (help: How Flow Bulkification
 * Works).
 */
export function runInterviews(interviews: readonly Interview[]): void {
  let running = interviews;
  while (running.length > 0) {
    const waiting = new Map<DataElement, Interview[]>();
    const clock = createClock(running[0]!);
    for (const interview of running) {
      const element = advance(interview, clock);
      if (!element) continue;
      const group = waiting.get(element);
      if (group) group.push(interview);
      else waiting.set(element, [interview]);
    }
    clock.spend();
    for (const [element, group] of waiting) element.run(group);
    running = [...waiting.values()].flat().filter((interview) => interview.failure === null);
  }
}

/** Counts the time that flows think, not the database's: that does not count on the platform either. */
function createClock({ session }: Interview): { readonly spend: () => void } {
  const { limits } = session.tx;
  let since = performance.now();
  return {
    spend() {
      const now = performance.now();
      limits.use('cpuTimeMs', now - since);
      since = now;
    },
  };
}

/** Runs logic elements until a data element or the end; gives back the data element. */
function advance(interview: Interview, clock: { readonly spend: () => void }): DataElement | null {
  for (let count = 1; interview.failure === null && interview.paused === null; count += 1) {
    if (count % CHECK_EVERY === 0) clock.spend();
    if (interview.at === null) {
      if (!returnToCaller(interview)) return null;
      continue;
    }
    const element = interview.flow.elements.get(interview.at);
    if (!element) return null;
    interview.elements += 1;
    if (interview.elements > interview.flow.mostElements) {
      fail(interview, TOO_MANY_ELEMENTS, element.name, null);
      return null;
    }
    if (element.kind === 'data') return element;
    try {
      element.run(interview);
    } catch (error) {
      if (!(error instanceof FlowFault || error instanceof FormulaEvaluationError)) throw error;
      fail(interview, error.message, element.name, null);
    }
  }
  return null;
}

function returnToCaller(interview: Interview): boolean {
  const caller = interview.callers.pop();
  if (!caller) return false;
  const finished = interview.slots;
  interview.flow = caller.flow;
  interview.slots = caller.slots;
  interview.at = caller.next;
  caller.returned(caller.slots, finished, interview);
  return true;
}
