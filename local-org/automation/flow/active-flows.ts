import type { StoredComponent } from '../../metadata/types.ts';
import type { FlowSources } from './flow-scope.ts';

/**
 * The version of each flow that runs: the latest active one. Versions may be stored as `Name-3`; a FlowDefinition with
 * activeVersionNumber 0 switches the flow off.
 */
export function activeFlows(sources: FlowSources): ReadonlyMap<string, StoredComponent> {
  const latest = new Map<string, { readonly version: number; readonly component: StoredComponent }>();
  for (const component of sources.metadata.ofType('Flow')) {
    if (component.metadata.status !== 'Active') continue;
    const [, name, version] = /^(.*?)(?:-(\d+))?$/.exec(component.fullName)!;
    const known = latest.get(name!);
    if (known && known.version > Number(version ?? 0)) continue;
    if (sources.metadata.get('FlowDefinition', name!)?.metadata.activeVersionNumber === 0) continue;
    latest.set(name!, { version: Number(version ?? 0), component });
  }
  return new Map([...latest].map(([name, { component }]) => [name, component]));
}
