import type { FlowNames } from './flow-scope.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowElement, Interview } from './interview.ts';
import type { StoredFlow } from './metadata.ts';

/** Where an interview remembers that it has come to an element, under a name no reference can have. */
export const visitedSlot = (element: string): string => `${element}[visited]`;

/** The elements that conditions with the operator WasVisited ask for: only those are remembered. */
export function askedElements(flow: StoredFlow): ReadonlySet<string> {
  const asked = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const { operator, leftValueReference } = value as { operator?: unknown; leftValueReference?: unknown };
      if (operator === 'WasVisited' && typeof leftValueReference === 'string') asked.add(leftValueReference);
      Object.values(value).forEach(visit);
    }
  };
  visit(flow);
  return asked;
}

/** `element WasVisited`: "Requires a node on the left side" (Metadata API Developer Guide, FlowCondition). */
export function wasVisited(names: FlowNames, element: string): (interview: Interview) => boolean {
  const slot = names.slots.get(visitedSlot(element));
  if (!slot || !names.elementNames.has(element))
    throw new FlowProblem(`The operator WasVisited asks for an element of the flow; ${element} is none.`);
  return (interview) => interview.slots[slot.slot] === true;
}

/** The element, noting that an interview has come to it. */
export function noting(element: FlowElement, slot: number): FlowElement {
  if (element.kind === 'logic') {
    return {
      ...element,
      run(interview: Interview) {
        interview.slots[slot] = true;
        element.run(interview);
      },
    };
  }
  return {
    ...element,
    run(interviews: readonly Interview[]) {
      for (const interview of interviews) interview.slots[slot] = true;
      element.run(interviews);
    },
  };
}
