import type { FieldValue } from '../../../data/types.ts';
import type { Session } from '../../formula/types.ts';
import { resolveFieldPath } from '../../records/field-path.ts';
import { formulaTypeOf } from '../../records/field-types.ts';
import { clean, roundHalfUp } from '../../formula/decimal.ts';
import { fieldConverter } from '../convert.ts';
import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import { compileValue, converted, type Source } from '../flow-value.ts';
import type { Interview, LogicElement } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredTransform } from '../metadata.ts';
import { fieldOf } from '../record-filters.ts';
import { isCollection, isRecord, newRecord, type FlowCollection, type FlowType, type FlowValue } from '../values.ts';

type Action = NonNullable<
  NonNullable<NonNullable<StoredTransform['transformValues']>[number]>['transformValueActions']
>[number];

const NUMBER: FlowType = { kind: 'value', type: 'Number' };

/** "`[$EachItem]` represents each item of a collection" (Salesforce release notes, Winter '24, Transform element). */
const EACH_ITEM = /([\w$.]+)\[\$EachItem\]/gi;

/** The item that is being mapped has a name no reference can have. */
export const eachItemSlot = (transform: string): string => `${transform}[$EachItem]`;

/**
 * The collection whose items a Transform maps, or null when it maps none. Throws a FlowProblem for the two cases that are
 * not run: nested collections, and a mapping out of several collections.
 */
export function mappedCollection(transform: StoredTransform): string | null {
  const text = JSON.stringify(transform.transformValues ?? []);
  if (/\[\$EachItem\][^"{}\s]*\[\$EachItem\]/i.test(text))
    throw new FlowProblem(notRun('transformations of a collection within a collection'));
  const collections = new Set([...text.matchAll(EACH_ITEM)].map(([, collection]) => collection!));
  if (collections.size > 1) throw new FlowProblem(notRun('transformations that map several collections'));
  return [...collections][0] ?? null;
}

/**
 * Puts values together into one record, one value or a collection, under the element's own name (Metadata API Developer
 * Guide, FlowTransform and FlowTransformValueAction; API 59.0 and later). `Map` gives each item's value, `Sum` and `Count`
 * run through `aggregationValues`. A blank counts as nothing in a sum.
 */
export function compileTransform(outer: FlowNames, element: StoredTransform): LogicElement {
  const name = element.name ?? '';
  const output = outer.slots.get(name);
  if (!output) throw new FlowProblem(`The output of ${name} can't be made.`);
  const source = mappedCollection(element);
  const names = source === null ? outer : withEachItem(outer, name, source);
  const collection = source === null ? null : resolveResource(outer, source);
  const item = output.type.kind === 'collection' ? output.type.of : output.type;
  if (output.type.kind === 'collection' && !collection)
    throw new FlowProblem(notRun('transformations into a collection that map no collection'));
  if (output.type.kind !== 'collection' && collection)
    throw new FlowProblem(notRun('transformations of the items of a collection into something that is no collection'));
  const actions = (element.transformValues ?? []).flatMap(({ transformValueActions = [] }) => transformValueActions);
  if (actions.length === 0) throw new FlowProblem('A Transform element needs at least one mapping.');
  const make =
    item.kind === 'record' ? compileRecord(names, item, actions) : compileOne(names, item, actions, element.scale);
  const each = outer.slots.get(eachItemSlot(name));
  const next = element.connector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      const items = collection?.read(interview) ?? null;
      const result = each ? mapItems(isCollection(items) ? items : [], interview, each.slot, make) : make(interview);
      interview.slots[output.slot] = result;
      interview.trace.push(isCollection(result) ? `${name}: ${result.length} items` : `${name}: done`);
      interview.at = next;
    },
  };
}

function withEachItem(names: FlowNames, transform: string, collection: string): FlowNames {
  const each = names.slots.get(eachItemSlot(transform));
  if (!each) throw new FlowProblem(`${collection} isn't a collection of this flow.`);
  return { ...names, slots: new Map([...names.slots, [`${collection}[$EachItem]`, { ...each, assignable: false }]]) };
}

const mapItems = (
  items: FlowCollection,
  interview: Interview,
  slot: number,
  make: (interview: Interview) => FlowValue,
): FlowCollection => {
  const result = items.map((item) => {
    interview.slots[slot] = item;
    return make(interview) as FlowCollection[number];
  });
  interview.slots[slot] = null;
  return result;
};

function compileRecord(
  names: FlowNames,
  { object }: Extract<FlowType, { kind: 'record' }>,
  actions: readonly Action[],
): (interview: Interview) => FlowValue {
  const inputs = actions.map((action) => {
    const field = fieldOf(object, action.outputFieldApiName ?? '');
    const source = converted(compileAction(names, action), { kind: 'value', type: formulaTypeOf(field) });
    return { field: field.name, convert: fieldConverter(field), read: source.read };
  });
  return (interview) => {
    const values = inputs.map(({ field, convert, read }) => [field, convert(read(interview) as FieldValue)] as const);
    return newRecord(object, Object.fromEntries(values));
  };
}

function compileOne(
  names: FlowNames,
  type: FlowType,
  actions: readonly Action[],
  scale: number | undefined,
): (interview: Interview) => FlowValue {
  const [action, ...more] = actions;
  if (!action || more.length > 0 || action.outputFieldApiName !== undefined)
    throw new FlowProblem('A Transform element whose result is no record has one mapping, without an output field.');
  const source = converted(compileAction(names, action), type);
  return (interview) => {
    const value = source.read(interview);
    return typeof value === 'number' && scale !== undefined ? roundHalfUp(value, scale) : value;
  };
}

/**
 * Fields that the guide calls "Reserved for future use" would change what happens: they are refused. So are `GetItemByIndex` and
 * `InvocableAction`, of which it says the same, and `InnerJoin`, whose JoinDefinition it names but does not show.
 */
const RESERVED = ['actionName', 'actionType', 'assignToReference'] as const;

/** What Sum and Count run through. Other inputs (conditions on the items, say) would change the result: refused. */
const AGGREGATE_INPUTS: ReadonlySet<string> = new Set(['aggregationValues', 'aggregationField']);

function refuseInputs({ inputParameters = [], transformType }: Action): void {
  const aggregates = transformType === 'Sum' || transformType === 'Count';
  const other = inputParameters.find(({ name }) => !aggregates || !AGGREGATE_INPUTS.has(name ?? ''));
  if (other)
    throw new FlowProblem(notRun(`the input ${other.name ?? ''} of the transformation ${transformType ?? ''}`));
}

function compileAction(names: FlowNames, action: Action): Source {
  for (const field of RESERVED)
    if (action[field] !== undefined) throw new FlowProblem(notRun(`${field} in a Transform element`));
  if (['Map', 'Sum', 'Count'].includes(action.transformType ?? '')) refuseInputs(action);
  switch (action.transformType) {
    case 'Map':
      return compileValue(names, action.value);
    case 'Count':
    case 'Sum':
      return compileAggregate(names, action);
    default:
      throw new FlowProblem(notRun(`transformations of the type ${action.transformType}`));
  }
}

function compileAggregate(names: FlowNames, action: Action): Source {
  const input = (wanted: string) => action.inputParameters?.find(({ name }) => name === wanted)?.value;
  const values = compileValue(names, input('aggregationValues'));
  if (values.type.kind !== 'collection')
    throw new FlowProblem(`The transformation ${action.transformType} needs a collection as aggregationValues.`);
  const itemsOf = (interview: Interview): FlowCollection => {
    const items = values.read(interview);
    return isCollection(items) ? items : [];
  };
  if (action.transformType === 'Count') return { type: NUMBER, read: (interview) => itemsOf(interview).length };
  const amountOf = amountReader(names, values.type.of, input('aggregationField')?.stringValue);
  return {
    type: NUMBER,
    read: (interview) =>
      itemsOf(interview).reduce<number>((sum, item) => clean(sum + amountOf(item, interview.session)), 0),
  };
}

function amountReader(
  { sources }: FlowNames,
  item: FlowType,
  fieldName: string | undefined,
): (item: FlowValue, session: Session) => number {
  if (item.kind === 'value' && item.type === 'Number') return (value) => (value as number | null) ?? 0;
  if (item.kind !== 'record') throw new FlowProblem('Only numbers, or a number field of records, can be added up.');
  const field = fieldOf(item.object, fieldName ?? '');
  if (formulaTypeOf(field) !== 'Number')
    throw new FlowProblem(`The field ${field.name} isn't a number and can't be added up.`);
  const { raw } = resolveFieldPath(sources.schema, sources.formulas, item.object, field.name);
  return (value, session) => (isRecord(value) ? ((raw(session, value.values) as number | null) ?? 0) : 0);
}
