/** API names of the flows that a flow calls as subflows. */
export const calledBy = (flow: object): readonly string[] => {
  const { subflows } = flow as { readonly subflows?: readonly { readonly flowName: string }[] };
  return [...new Set((subflows ?? []).map(({ flowName }) => flowName))];
};

/**
 * Flows in an order in which each comes after those it calls, otherwise as they were: a flow is activated after its subflows, since "the
 * flow fails at run time if a Subflow element calls a flow with no active version" (help: "Subflow Element"), and deactivated before them. A circle, which the platform
 * refuses, is left as it stands.
 */
export const calledFirst = <T>(
  flows: readonly T[],
  nameOf: (flow: T) => string,
  callsOf: (flow: T) => readonly string[],
): readonly T[] => {
  const byName = new Map(flows.map((flow) => [nameOf(flow), flow]));
  const done = new Set<T>();
  const begun = new Set<T>();
  const visit = (flow: T): void => {
    if (begun.has(flow)) return;
    begun.add(flow);
    for (const name of callsOf(flow)) {
      const called = byName.get(name);
      if (called !== undefined) visit(called);
    }
    done.add(flow);
  };
  flows.forEach(visit);
  return [...done];
};
