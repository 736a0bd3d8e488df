import { apexAction } from '../actions/apex.ts';
import type { FlowAction } from '../actions/action.ts';
import { customNotification } from '../actions/custom-notification.ts';
import { emailSimple } from '../actions/email-simple.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames, type FlowSources } from '../flow-scope.ts';
import { compileValue, converted, type Source } from '../flow-value.ts';
import type { DataElement, Interview } from '../interview.ts';
import type { PlainValues } from '../launchable-flows.ts';
import { notRun } from '../messages.ts';
import type { StoredAction } from '../metadata.ts';
import { fromPlain, toPlain } from '../plain-values.ts';
import { dataElement } from './data-element.ts';

/**
 * What an Action element calls. Throws a FlowProblem that names what the local org does not run: also `createTask`, which no
 * public guide describes.
 */
export function actionOf(sources: FlowSources, element: StoredAction, flowName: string): FlowAction {
  const { actionType } = element;
  switch (actionType) {
    case 'emailSimple':
      return emailSimple(flowName, sources.outbox);
    case 'customNotificationAction':
      return customNotification(flowName, sources.outbox);
    case 'apex':
      return apexAction(sources, element.actionName ?? '');
    default:
      throw new FlowProblem(notRun(`actions of the type ${String(actionType)}`));
  }
}

/** Calls an action once for all interviews that wait at the element. */
export function compileActionCall(names: FlowNames, element: StoredAction): DataElement {
  const { sources } = names;
  const action = actionOf(sources, element, names.flowName);
  const inputs = compileInputs(names, element, action);
  const store = compileOutputs(names, element, action);
  return dataElement(
    element,
    (interview) => Object.fromEntries(inputs.map(({ name, source }) => [name, toPlain(source.read(interview))])),
    (prepared) => {
      const { tx } = prepared[0]!.interview.session;
      for (const { interview, input } of prepared)
        interview.trace.push(`${element.label ?? element.name}: ${action.describe(input)}`);
      const faults = new Map<Interview, string>();
      try {
        const results = action.perform(
          tx,
          prepared.map(({ input }) => input),
        );
        for (const [index, { interview }] of prepared.entries()) {
          const result = results[index];
          if (result && 'outputs' in result) store(interview, result.outputs);
          else faults.set(interview, result?.fault ?? 'The action gave back fewer results than it had requests.');
        }
      } catch (error) {
        if (!(error instanceof FlowFault)) throw error;
        for (const { interview } of prepared) faults.set(interview, error.message);
      }
      return faults;
    },
  );
}

function compileInputs(
  names: FlowNames,
  element: StoredAction,
  action: FlowAction,
): readonly { readonly name: string; readonly source: Source }[] {
  const given = element.inputParameters ?? [];
  for (const [name, { required }] of action.inputs) {
    if (required && !given.some((parameter) => parameter.name === name))
      throw new FlowProblem(`Missing required input parameter: ${name}`);
  }
  return given.map(({ name = '', value }) => {
    const input = action.inputs.get(name);
    if (!input) throw new FlowProblem(notRun(`the input ${name} of actions of the type ${String(element.actionType)}`));
    const source = compileValue(names, value);
    const type = input.types.find((candidate) => candidate.kind === source.type.kind) ?? input.types[0]!;
    return { name, source: converted(source, type) };
  });
}

type Store = (interview: Interview, outputs: PlainValues) => void;

function compileOutputs(names: FlowNames, element: StoredAction, { outputs }: FlowAction): Store {
  const { schema } = names.sources;
  const typeOf = (name: string) => {
    const type = outputs.get(name);
    if (!type) throw new FlowProblem(`The action ${element.actionName} has no output ${name}.`);
    return type;
  };
  const assigned = (element.outputParameters ?? []).map(({ name = '', assignToReference = '' }) => {
    const target = resolveResource(names, assignToReference);
    if (!target.assign) throw new FlowProblem(`${target.name} can't be assigned a value.`);
    const type = typeOf(name);
    converted({ type, read: () => null }, target.type);
    return { name, type, assign: target.assign };
  });
  const automatic = [...outputs].flatMap(([name, type]) => {
    const slot = names.slots.get(`${element.name}.${name}`);
    return slot
      ? [
          {
            name,
            type,
            assign: (interview: Interview, value: ReturnType<typeof fromPlain>) =>
              void (interview.slots[slot.slot] = value),
          },
        ]
      : [];
  });
  const all = [...assigned, ...automatic];
  return (interview, values) => {
    for (const { name, type, assign } of all) assign(interview, fromPlain(values[name] ?? null, type, schema, name));
  };
}
