import { calledBy } from '../metadata/flow-calls.ts';
import type { Change, PlannedComponent } from './types.ts';

/**
 * The changes, with whatever flow would only be activated afterwards deployed as active instead, where a flow of the same deployment calls
 * it, directly or through others: a deployment is refused when a flow of it calls one that is not active. `flows` are the flows as they are
 * to run, by name; one that is not among them waits for its activation. Same length and order as the changes.
 */
export function activeWithCaller(
  changes: readonly Change[],
  flows: ReadonlyMap<string, PlannedComponent>,
): readonly Change[] {
  const called = new Set<string>();
  const visit = (flow: PlannedComponent): void => {
    for (const name of calledBy(flow.metadata)) {
      if (called.has(name)) continue;
      called.add(name);
      const next = flows.get(name);
      if (next !== undefined) visit(next);
    }
  };
  for (const change of changes)
    if (change.kind === 'deploy' && change.component.type === 'Flow') visit(change.component);
  return changes.map((change) => {
    const component = change.kind === 'activateFlow' && called.has(change.flow) ? flows.get(change.flow) : undefined;
    return component === undefined
      ? change
      : { kind: 'deploy', component: { ...component, metadata: { ...component.metadata, status: 'Active' } } };
  });
}
