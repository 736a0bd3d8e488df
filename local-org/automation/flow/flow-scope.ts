import type { FieldValue } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { LOCATION_FUNCTION_NAMES } from '../formula/functions/location.ts';
import type { Evaluate, FormulaType, ParentPath, Reference, Scope } from '../formula/types.ts';
import { blankOf, resolveFieldPath, type FieldPath } from '../records/field-path.ts';
import type { FormulaFields } from '../records/read-row.ts';
import { resolveGlobal } from '../records/globals.ts';
import type { Outbox, WorkQueue } from '../types.ts';
import { MESSAGE } from '../formula/messages.ts';
import { FlowFault, FlowProblem } from './flow-fault.ts';
import type { FlowVariableSlot, Interview } from './interview.ts';
import { notSet } from './messages.ts';
import { isRecord, newRecord, setField, type FlowType, type FlowValue } from './values.ts';
import { fieldConverter } from './convert.ts';

/** Something a flow names, ready to be read and, where it can be, to be assigned. */
export interface Resource {
  readonly name: string;
  readonly type: FlowType;
  readonly read: (interview: Interview) => FlowValue;
  /** Null for what cannot be assigned. The value has been converted to the resource's type. */
  readonly assign: ((interview: Interview, value: FlowValue) => void) | null;
  /** The value before the save, for fields of `$Record`. */
  readonly prior: ((interview: Interview) => FlowValue) | null;
  /**
   * Whether a record's field "has been populated with a value in the flow at least once" (help: Flow Operators in Decision and
   * Wait Elements, was set); absent for everything else.
   */
  readonly isSet?: (interview: Interview) => boolean;
  /**
   * Throws a FlowFault where there is no record to read the field of: the variable holds none, or a lookup on the way is empty. `read`
   * does so itself; absent where there always is something to read.
   */
  readonly requireSet?: (interview: Interview) => void;
  /** How formulas see it; null for records and collections. */
  readonly reference: Reference<Interview> | null;
}

export interface FlowSources {
  readonly schema: Schema;
  readonly metadata: MetadataReader;
  readonly formulas: FormulaFields;
  /** Where the flows' emails and notifications go. */
  readonly outbox: Outbox;
  /** Where interviews wait. */
  readonly queue: WorkQueue;
}

/** Names of one flow while it is being compiled. */
export interface FlowNames {
  readonly sources: FlowSources;
  readonly flowName: string;
  /** The triggering object; null in a flow without trigger. */
  readonly object: ObjectDef | null;
  readonly beforeSave: boolean;
  /** The clock starts it: `$Record` is what its schedule selects. */
  readonly byClock: boolean;
  /** Variables, constants and element outputs. */
  readonly slots: ReadonlyMap<string, FlowVariableSlot & { readonly assignable: boolean }>;
  /** Formulas and text templates: read-only values that are computed when they are read. */
  readonly computed: ReadonlyMap<string, () => { readonly type: FormulaType; readonly evaluate: Evaluate<Interview> }>;
  /** API names of the flow's elements. */
  readonly elementNames: ReadonlySet<string>;
  /** Collects the parents of `$Record` that the flow reads. */
  readonly paths: Map<string, ParentPath>;
}

/**
 * Finds what a reference such as `$Record.Account.Name` or `Get_Task.OwnerId` means. Throws FlowProblem or
 * FormulaError.
 */
export function resolveResource(names: FlowNames, reference: string): Resource {
  const dot = reference.indexOf('.');
  const head = dot < 0 ? reference : reference.slice(0, dot);
  const rest = dot < 0 ? '' : reference.slice(dot + 1);
  switch (head.toLowerCase()) {
    case '$record':
      return triggering(names, reference, rest, false);
    case '$record__prior':
      return triggering(names, reference, rest, true);
    case '$flow':
      return flowGlobal(names, reference, rest);
    case '$globalconstant':
      return globalConstant(reference, rest);
  }
  if (head.startsWith('$')) {
    const global = resolveGlobal<Interview>(names.sources, reference);
    if (!global) throw new FormulaError(MESSAGE.noField(reference), 0);
    return ofReference(global);
  }
  /** The automatic outputs of subflows and actions are kept as `Subflow.output`. */
  const [output, ...path] = rest.split('.');
  const outputSlot = rest === '' ? undefined : names.slots.get(`${head}.${output}`);
  if (outputSlot)
    return path.length === 0
      ? wholeSlot(reference, outputSlot)
      : slotField(names, reference, outputSlot, path.join('.'));
  const slot = names.slots.get(head);
  if (slot) return rest === '' ? wholeSlot(reference, slot) : slotField(names, reference, slot, rest);
  const computed = names.computed.get(head);
  if (computed && rest === '') {
    const { type, evaluate } = computed();
    return ofReference({ name: reference, type, evaluate, prior: null, field: null, paths: [] });
  }
  throw new FormulaError(MESSAGE.noField(reference), 0);
}

/**
 * The scope of formulas in a flow. INCLUDES, PRIORVALUE and others "aren't supported in a flow formula" (Flow Formula
 * Considerations).
 */
const REFUSED_IN_FLOWS: ReadonlySet<string> = new Set(LOCATION_FUNCTION_NAMES);
const REFUSED_IN_RESOURCES = new Set(['IMAGE', 'INCLUDES', 'PRIORVALUE', ...LOCATION_FUNCTION_NAMES]);

export function flowScope(names: FlowNames, use: 'resource' | 'entryCondition'): Scope<Interview> {
  const failsOnUnset = use === 'resource' && !unsetIsNull(names.sources.metadata);
  return {
    resolve(name) {
      const { reference, requireSet } = resolveResource(names, name);
      if (!reference) throw new FormulaError(MESSAGE.noField(name), 0);
      if (!requireSet || !failsOnUnset) return reference;
      return {
        ...reference,
        evaluate: (interview) => {
          requireSet(interview);
          return reference.evaluate(interview);
        },
      };
    },
    saved:
      names.object === null
        ? null
        : {
            isNew: (interview) => interview.isNew,
            isClone: () => false,
            hasPrior: (interview) => interview.prior !== null,
          },
    nulls: use === 'resource' ? 'strict' : 'unknown',
    blankNumbersAsZero: false,
    refusedFunctions: use === 'resource' ? REFUSED_IN_RESOURCES : REFUSED_IN_FLOWS,
  };
}

/**
 * `enableFlowFormulasFixEnabled`: "whether process and flow formulas return null values when the calculations involve a null record
 * variable or null lookup relationship field. … When the value is false, those formulas return unhandled exceptions at run time"
 * (Metadata API Developer Guide, FlowSettings). It is a release update; references outside formulas are as they were.
 */
const unsetIsNull = (metadata: MetadataReader): boolean =>
  metadata.get('Settings', 'Flow')?.metadata.enableFlowFormulasFixEnabled !== false;

/** A formula's value as the rest of a flow sees it: blank text is null. */
const unblank = (value: FieldValue): FieldValue => (value === '' ? null : value);

const ofReference = (reference: Reference<Interview>): Resource => ({
  name: reference.name,
  type: { kind: 'value', type: reference.type },
  read: (interview) => unblank(reference.evaluate(interview)),
  assign: null,
  prior: null,
  reference,
});

function triggering(names: FlowNames, reference: string, path: string, prior: boolean): Resource {
  const { object } = names;
  if (!object) throw new FlowProblem(`${reference} can be used only in record-triggered flows.`);
  const recordOf = (interview: Interview) => (prior ? interview.prior : interview.record);
  if (path === '') {
    return {
      name: reference,
      type: { kind: 'record', object },
      read: recordOf,
      assign: null,
      prior: null,
      reference: null,
    };
  }
  const found = resolveFieldPath(names.sources.schema, names.sources.formulas, object, path);
  for (const parents of found.paths) names.paths.set(JSON.stringify(parents), parents);
  const own = found.hops.length === 0;
  const assign =
    own && !prior
      ? (interview: Interview, value: FlowValue): void =>
          setField(interview.record!, found.field.name, fieldConverter(found.field)(value as FieldValue))
      : null;
  /** Before there is a prior record its fields are null. */
  const requireSet = own
    ? undefined
    : (interview: Interview): void => {
        const record = recordOf(interview);
        if (record) requireReached(found, interview, record.values, reference);
      };
  return {
    name: reference,
    type: { kind: 'value', type: found.type },
    read: (interview) => {
      requireSet?.(interview);
      const record = recordOf(interview);
      return record ? found.raw(interview.session, record.values) : null;
    },
    assign,
    prior:
      own && !prior
        ? (interview) => (interview.prior ? found.raw(interview.session, interview.prior.values) : null)
        : null,
    ...(own && { isSet: (interview: Interview) => wasPopulated(recordOf(interview), found.field.name) }),
    ...(requireSet && { requireSet }),
    reference: formulaReference(reference, found, (interview) => recordOf(interview)?.values ?? null, own && !prior),
  };
}

/**
 * A cross-object reference "will fail when the foreign key (i.e. relationship field) the reference depends on is not populated", unless
 * something that is looked at before keeps it from being read (help 000382782, "The flow failed to access the value for … because it
 * hasn't been set or assigned"; the same of `$Record` and several lookups in a row: qiita.com, 4337ef522732c614ae7a). What is asked of
 * the field, whether it is null included, makes no difference.
 */
function requireReached(
  found: FieldPath,
  interview: Interview,
  values: Readonly<Record<string, FieldValue>>,
  reference: string,
): void {
  if (!found.reaches(interview.session, values)) throw new FlowFault(notSet(reference));
}

const wasPopulated = (record: FlowValue, field: string): boolean =>
  isRecord(record) && (record.changed.has(field) || (record.values[field] ?? null) !== null);

function formulaReference(
  name: string,
  found: FieldPath,
  valuesOf: (interview: Interview) => Readonly<Record<string, FieldValue>> | null,
  hasPrior: boolean,
): Reference<Interview> {
  const blank = blankOf(found.type);
  const { value } = found;
  return {
    name,
    type: found.type,
    evaluate: (interview) => {
      const values = valuesOf(interview);
      return values ? value(interview.session, values) : blank;
    },
    prior: hasPrior
      ? (interview) => (interview.prior ? value(interview.session, interview.prior.values) : blank)
      : null,
    field: found.field,
    paths: [],
  };
}

function wholeSlot(
  name: string,
  { slot, type, assignable }: FlowVariableSlot & { readonly assignable: boolean },
): Resource {
  const read = (interview: Interview): FlowValue => interview.slots[slot] ?? null;
  return {
    name,
    type,
    read,
    assign: assignable ? (interview, value) => void (interview.slots[slot] = value) : null,
    prior: null,
    reference:
      type.kind === 'value'
        ? {
            name,
            type: type.type,
            evaluate: (interview) => (read(interview) as FieldValue) ?? blankOf(type.type),
            prior: null,
            field: null,
            paths: [],
          }
        : null,
  };
}

function slotField(names: FlowNames, reference: string, slot: FlowVariableSlot, path: string): Resource {
  if (slot.type.kind !== 'record') throw new FormulaError(MESSAGE.noField(reference), 0);
  const { object } = slot.type;
  const found = resolveFieldPath(names.sources.schema, names.sources.formulas, object, path);
  const valuesOf = (interview: Interview): Readonly<Record<string, FieldValue>> | null => {
    const record = interview.slots[slot.slot] ?? null;
    return isRecord(record) ? record.values : null;
  };
  const setValuesOf = (interview: Interview): Readonly<Record<string, FieldValue>> => {
    const values = valuesOf(interview);
    if (!values) throw new FlowFault(notSet(reference));
    requireReached(found, interview, values, reference);
    return values;
  };
  const convert = fieldConverter(found.field);
  return {
    name: reference,
    type: { kind: 'value', type: found.type },
    read: (interview) => found.raw(interview.session, setValuesOf(interview)),
    requireSet: setValuesOf,
    assign:
      found.hops.length > 0
        ? null
        : (interview, value) => {
            let record = interview.slots[slot.slot] ?? null;
            if (!isRecord(record)) interview.slots[slot.slot] = record = newRecord(object);
            setField(record, found.field.name, convert(value as FieldValue));
          },
    prior: null,
    ...(found.hops.length === 0 && {
      isSet: (interview: Interview) => wasPopulated(interview.slots[slot.slot] ?? null, found.field.name),
    }),
    reference: formulaReference(reference, found, valuesOf, false),
  };
}

/** Help: "System-Supplied Resources"; `$Flow.CurrentRecord` is the triggering record's id. */
function flowGlobal(names: FlowNames, reference: string, rest: string): Resource {
  const value = (type: FormulaType, evaluate: Evaluate<Interview>): Resource =>
    ofReference({ name: reference, type, evaluate, prior: null, field: null, paths: [] });
  switch (rest.toLowerCase()) {
    case 'currentdate':
      return value('Date', (interview) => interview.session.today);
    case 'currentdatetime':
    case 'interviewstarttime':
      return value('DateTime', (interview) => interview.session.now);
    case 'currentrecord':
      return value('Text', (interview) => (interview.row.after.Id as string | null) ?? '');
    case 'faultmessage':
      return value('Text', (interview) => interview.faultMessage ?? '');
    case 'flowname':
      return value('Text', () => names.flowName);
    default:
      throw new FlowProblem(`The local org does not know ${reference}.`);
  }
}

function globalConstant(reference: string, rest: string): Resource {
  const constant = (type: FormulaType, value: FieldValue): Resource => ({
    ...ofReference({ name: reference, type, evaluate: () => value, prior: null, field: null, paths: [] }),
    read: () => value,
  });
  switch (rest.toLowerCase()) {
    case 'true':
      return constant('Boolean', true);
    case 'false':
      return constant('Boolean', false);
    case 'emptystring':
      return constant('Text', '');
    default:
      throw new FormulaError(MESSAGE.noField(reference), 0);
  }
}
