import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import { compileValue, converted } from '../flow-value.ts';
import type { CompiledFlow, Interview, LogicElement } from '../interview.ts';
import type { StoredSubflow } from '../metadata.ts';
import type { FlowValue } from '../values.ts';

/** Runs another autolaunched flow inside the interview; its data elements are bulkified like any other. */
export function compileSubflow(names: FlowNames, element: StoredSubflow, flow: CompiledFlow): LogicElement {
  const inputs = (element.inputAssignments ?? []).map(({ name, value }) => {
    const input = flow.inputs.get(name ?? '');
    if (!input) throw new FlowProblem(`The flow ${flow.name} has no input variable ${name}.`);
    return { slot: input.slot, source: converted(compileValue(names, value), input.type) };
  });
  const outputs = (element.outputAssignments ?? []).map(({ assignToReference, name }) => {
    const output = flow.outputs.get(name ?? '');
    if (!output) throw new FlowProblem(`The flow ${flow.name} has no output variable ${name}.`);
    const target = resolveResource(names, assignToReference ?? '');
    if (!target.assign) throw new FlowProblem(`${target.name} can't be assigned a value.`);
    return {
      slot: output.slot,
      source: converted({ type: output.type, read: () => null }, target.type),
      assign: target.assign,
    };
  });
  const automatic = [...flow.outputs].flatMap(([name, { slot }]) => {
    const target = names.slots.get(`${element.name}.${name}`);
    return target ? [{ from: slot, to: target.slot }] : [];
  });
  const next = element.connector?.targetReference ?? null;
  return {
    kind: 'logic',
    name: element.name ?? '',
    run(interview) {
      const slots = flow.initialSlots(interview.session);
      for (const { slot, source } of inputs) slots[slot] = source.read(interview);
      interview.callers.push({
        flow: interview.flow,
        slots: interview.slots,
        next,
        returned(caller: FlowValue[], finished: readonly FlowValue[], returning: Interview) {
          for (const { from, to } of automatic) caller[to] = finished[from] ?? null;
          for (const { slot, assign } of outputs) assign(returning, finished[slot] ?? null);
        },
      });
      interview.trace.push(`${element.label ?? element.name}: subflow ${flow.label}`);
      interview.flow = flow;
      interview.slots = slots;
      interview.at = flow.first;
    },
  };
}
