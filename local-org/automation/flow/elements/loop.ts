import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { LogicElement } from '../interview.ts';
import type { StoredLoop } from '../metadata.ts';
import { isCollection, type FlowCollection, type FlowValue } from '../values.ts';

/** What a loop remembers between its turns. It starts over when the interview comes to it again after its last turn. */
interface Turn {
  readonly items: FlowCollection;
  index: number;
}

/** Goes through a collection item by item; the current item is the loop's output. */
export function compileLoop(names: FlowNames, element: StoredLoop): LogicElement {
  const name = element.name ?? '';
  const collection = resolveResource(names, element.collectionReference ?? '');
  if (collection.type.kind !== 'collection') throw new FlowProblem(`${collection.name} isn't a collection.`);
  const current = resolveResource(names, element.assignNextValueToReference ?? name);
  if (!current.assign) throw new FlowProblem(`${current.name} can't hold the current item.`);
  const backwards = element.iterationOrder === 'Desc';
  const turns = new WeakMap<FlowValue[], Turn>();
  const next = element.nextValueConnector?.targetReference ?? null;
  const done = element.noMoreValuesConnector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      let turn = turns.get(interview.slots);
      if (!turn) {
        const value = collection.read(interview);
        const items = isCollection(value) ? value : [];
        turn = { items: backwards ? items.toReversed() : items, index: 0 };
        turns.set(interview.slots, turn);
      }
      if (turn.index < turn.items.length) {
        current.assign!(interview, turn.items[turn.index]!);
        turn.index += 1;
        interview.trace.push(`${name}: item ${turn.index} of ${turn.items.length}`);
        interview.at = next;
        return;
      }
      turns.delete(interview.slots);
      current.assign!(interview, null);
      interview.at = done;
    },
  };
}
