import type { ObjectDef } from '../../schema/types.ts';
import { roundHalfUp } from '../formula/decimal.ts';
import type { Evaluate, FormulaType, Session } from '../formula/types.ts';
import { actionOf } from './elements/action-call.ts';
import { loopSlots } from './elements/loop.ts';
import { eachItemSlot, mappedCollection } from './elements/transform.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowNames, FlowSources } from './flow-scope.ts';
import { compileValue, converted, formulaReader, simpleType, compileText } from './flow-value.ts';
import { rowWithoutSave, type CompiledFlow, type FlowVariableSlot, type Interview } from './interview.ts';
import type { StoredFlow, StoredLookup, StoredProcessor, StoredVariable } from './metadata.ts';
import { askedElements, visitedSlot } from './visited.ts';
import { asText, type FlowType, type FlowValue } from './values.ts';

type Slot = FlowVariableSlot & { readonly assignable: boolean };

const TEXT: FlowType = { kind: 'value', type: 'Text' };

const schemaObject = (sources: FlowSources, name: string | undefined): ObjectDef => {
  const object = sources.schema.object(name ?? '');
  if (!object) throw new FlowProblem(`The object ${name} doesn't exist.`);
  return object;
};

export function variableType(sources: FlowSources, variable: StoredVariable): FlowType {
  const single: FlowType =
    variable.dataType === 'SObject'
      ? { kind: 'record', object: schemaObject(sources, variable.objectType) }
      : { kind: 'value', type: simpleType(variable.dataType) };
  return variable.isCollection === true ? { kind: 'collection', of: single } : single;
}

/** A kind of null: what goes wrong is reported elsewhere. */
type Guard = (name: string | undefined, kind: string | null, work: () => void) => void;

/**
 * Gives every variable, constant and element output of a flow a slot. Element outputs are read by the element's name.
 * `guard` runs a step and turns what it throws into a problem of the named resource.
 */
export function allocateSlots(
  sources: FlowSources,
  flow: StoredFlow,
  subflows: ReadonlyMap<string, CompiledFlow>,
  guard: Guard,
): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  const add = (name: string | undefined, type: FlowType, assignable: boolean): void =>
    void slots.set(name ?? '', { slot: slots.size, type, assignable });

  for (const variable of flow.variables ?? []) {
    guard(variable.name, 'Variable', () => add(variable.name, variableType(sources, variable), true));
  }
  for (const constant of flow.constants ?? []) {
    guard(constant.name, 'Constant', () =>
      add(constant.name, { kind: 'value', type: simpleType(constant.dataType) }, false),
    );
  }
  for (const lookup of flow.recordLookups ?? []) {
    if (lookup.storeOutputAutomatically !== true || (lookup.outputAssignments ?? []).length > 0) continue;
    guard(lookup.name, 'Get Records', () => add(lookup.name, lookupType(sources, lookup), true));
  }
  for (const create of flow.recordCreates ?? []) add(create.name, TEXT, true);
  for (const subflow of flow.subflows ?? []) {
    if (subflow.storeOutputAutomatically !== true) continue;
    for (const [output, { type }] of subflows.get(subflow.flowName ?? '')?.outputs ?? [])
      add(`${subflow.name}.${output}`, type, false);
  }
  for (const call of flow.actionCalls ?? []) {
    if (call.storeOutputAutomatically !== true) continue;
    /** What keeps the action from being called is said by its element. */
    guard(call.name, null, () => {
      for (const [output, type] of actionOf(sources, call, '').outputs) add(`${call.name}.${output}`, type, false);
    });
  }
  for (const transform of flow.transforms ?? []) {
    guard(transform.name, 'Transform', () => add(transform.name, variableType(sources, transform), true));
  }
  addItemSlots(flow, slots, add, guard);
  for (const element of askedElements(flow)) add(visitedSlot(element), { kind: 'value', type: 'Boolean' }, false);
  return slots;
}

const lookupType = (sources: FlowSources, lookup: StoredLookup): FlowType => {
  const record: FlowType = { kind: 'record', object: schemaObject(sources, lookup.object) };
  return lookup.getFirstRecordOnly === true ? record : { kind: 'collection', of: record };
};

/** Loops, collection processors and the items of Transforms, whose types follow from the collections they go through. */
function addItemSlots(
  flow: StoredFlow,
  slots: ReadonlyMap<string, Slot>,
  add: (name: string | undefined, type: FlowType, assignable: boolean) => void,
  guard: Guard,
): void {
  const collectionType = (reference: string | undefined): FlowType => {
    const type = slots.get(reference ?? '')?.type;
    if (type?.kind !== 'collection') throw new FlowProblem(`${reference} isn't a collection of this flow.`);
    return type;
  };
  for (const processor of inOrderOfUse(flow.collectionProcessors ?? [])) {
    if (processor.collectionProcessorType !== 'FilterCollectionProcessor') continue;
    guard(processor.name, 'Collection Filter', () => {
      const type = collectionType(processor.collectionReference);
      add(processor.name, type, true);
      if (type.kind === 'collection') add(`currentItem_${processor.name}`, type.of, true);
    });
  }
  for (const loop of flow.loops ?? []) {
    guard(loop.name, 'Loop', () => {
      const type = collectionType(loop.collectionReference);
      if (type.kind !== 'collection') return;
      add(loop.name, type.of, true);
      const turn = loopSlots(loop.name ?? '');
      add(turn.items, type, false);
      add(turn.index, { kind: 'value', type: 'Number' }, false);
    });
  }
  for (const transform of flow.transforms ?? []) {
    guard(transform.name, null, () => {
      const collection = mappedCollection(transform);
      const type = collection === null ? null : collectionType(collection);
      if (type?.kind === 'collection') add(eachItemSlot(transform.name ?? ''), type.of, false);
    });
  }
}

/** A filter of what another filter has left comes after that one, wherever the two are written. */
function inOrderOfUse(processors: readonly StoredProcessor[]): readonly StoredProcessor[] {
  const ordered = new Set<StoredProcessor>();
  const visit = (processor: StoredProcessor, users: readonly StoredProcessor[]): void => {
    const source = processors.find(({ name }) => name === processor.collectionReference);
    if (source && !users.includes(source)) visit(source, [...users, source]);
    ordered.add(processor);
  };
  for (const processor of processors) visit(processor, [processor]);
  return [...ordered];
}

interface ComputedResource {
  readonly type: FormulaType;
  readonly evaluate: Evaluate<Interview>;
}

/** Formulas and text templates, compiled when they are first named, so that their order does not matter. */
export function computedResources(flow: StoredFlow, namesOf: () => FlowNames): FlowNames['computed'] {
  const computed = new Map<string, () => ComputedResource>();
  const underWay = new Set<string>();
  for (const formula of flow.formulas ?? []) {
    const name = formula.name ?? '';
    computed.set(
      name,
      lazily(name, underWay, () => {
        /** "dataType defaults to Number if it isn't defined in a formula" (Metadata API Developer Guide, FlowFormula). */
        const type = simpleType(formula.dataType ?? 'Number');
        const read = scaled(formulaReader(namesOf(), formula.expression ?? '', type), formula.scale);
        return { type, evaluate: type === 'Text' ? (interview: Interview) => read(interview) ?? '' : read };
      }),
    );
  }
  for (const template of flow.textTemplates ?? []) {
    const name = template.name ?? '';
    computed.set(
      name,
      lazily(name, underWay, () => {
        const { read } = compileText(namesOf(), template.text ?? '');
        return { type: 'Text' as const, evaluate: (interview: Interview) => asText(read(interview)) };
      }),
    );
  }
  return computed;
}

/** "Scale of the return value, specifically, the number of digits to the right of the decimal point" (same page). */
function scaled(read: Evaluate<Interview>, scale: number | undefined): Evaluate<Interview> {
  if (scale === undefined) return read;
  return (interview) => {
    const value = read(interview);
    return typeof value === 'number' ? roundHalfUp(value, scale) : value;
  };
}

function lazily<T>(name: string, underWay: Set<string>, make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    if (made) return made.value;
    if (underWay.has(name)) throw new FlowProblem(`${name} refers to itself.`);
    underWay.add(name);
    try {
      made = { value: make() };
      return made.value;
    } finally {
      underWay.delete(name);
    }
  };
}

/** What the slots hold when an interview starts: constants and default values; collections start empty. */
export function initialSlots(flow: StoredFlow, names: FlowNames, guard: Guard): (session: Session) => FlowValue[] {
  const defaults: { readonly slot: number; readonly read: (interview: Interview) => FlowValue }[] = [];
  for (const [kind, resources] of [
    ['Variable', flow.variables ?? []],
    ['Constant', flow.constants ?? []],
  ] as const) {
    for (const { name, value } of resources) {
      const slot = names.slots.get(name ?? '');
      if (!slot || value === undefined) continue;
      guard(name, kind, () => {
        const source = converted(compileValue(names, value), slot.type);
        defaults.push({ slot: slot.slot, read: source.read });
      });
    }
  }
  const empty: FlowValue[] = [...names.slots.values()].map(({ type }) => (type.kind === 'collection' ? [] : null));
  return (session) => {
    const slots = [...empty];
    if (defaults.length === 0) return slots;
    /** Default values are computed before the interview is: they see globals, and what was set before them. */
    const before = { session, slots, record: null, prior: null, row: rowWithoutSave(), faultMessage: null };
    for (const { slot, read } of defaults) slots[slot] = read(before as unknown as Interview);
    return slots;
  };
}
