import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { LogicElement } from '../interview.ts';
import type { StoredLoop } from '../metadata.ts';
import { isCollection, type FlowCollection } from '../values.ts';

/**
 * Where a loop remembers its turns, under names no reference can have. It starts over when the interview comes to it again
 * after its last turn. While the index is blank it has not begun.
 */
export const loopSlots = (loop: string): { readonly items: string; readonly index: string } => ({
  items: `${loop}[items]`,
  index: `${loop}[index]`,
});

/** Goes through a collection item by item; the current item is the loop's output. */
export function compileLoop(names: FlowNames, element: StoredLoop): LogicElement {
  const name = element.name ?? '';
  const collection = resolveResource(names, element.collectionReference ?? '');
  if (collection.type.kind !== 'collection') throw new FlowProblem(`${collection.name} isn't a collection.`);
  const current = resolveResource(names, element.assignNextValueToReference ?? name);
  if (!current.assign) throw new FlowProblem(`${current.name} can't hold the current item.`);
  const backwards = element.iterationOrder === 'Desc';
  const { items: itemsName, index: indexName } = loopSlots(name);
  const itemsSlot = names.slots.get(itemsName);
  const indexSlot = names.slots.get(indexName);
  if (!itemsSlot || !indexSlot) throw new FlowProblem(`${collection.name} isn't a collection of this flow.`);
  const next = element.nextValueConnector?.targetReference ?? null;
  const done = element.noMoreValuesConnector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      const { slots } = interview;
      if ((slots[indexSlot.slot] ?? null) === null) {
        const value = collection.read(interview);
        const begun = isCollection(value) ? value : [];
        slots[itemsSlot.slot] = backwards ? begun.toReversed() : begun;
        slots[indexSlot.slot] = 0;
      }
      const items = slots[itemsSlot.slot] as FlowCollection;
      const index = slots[indexSlot.slot] as number;
      if (index < items.length) {
        current.assign!(interview, items[index]!);
        slots[indexSlot.slot] = index + 1;
        interview.trace.push(`${name}: item ${index + 1} of ${items.length}`);
        interview.at = next;
        return;
      }
      slots[itemsSlot.slot] = [];
      slots[indexSlot.slot] = null;
      current.assign!(interview, null);
      interview.at = done;
    },
  };
}
