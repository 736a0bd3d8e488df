/**
 * Elements of a flow, as Flow Builder writes them. Coordinates are 0 because the canvas lays itself out
 * (`CanvasMode` AUTO_LAYOUT_CANVAS); the API name of an element is its label with underscores.
 */
import type {
  FlowAssignment,
  FlowAssignmentItem,
  FlowCondition,
  FlowConnector,
  FlowDecision,
  FlowElementReferenceOrValue,
  FlowFormula,
  FlowInputFieldAssignment,
  FlowRecordCreate,
  FlowRecordFilter,
  FlowRecordLookup,
  FlowVariable,
} from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';

export type Value = Authored<FlowElementReferenceOrValue>;
export type Connector = Authored<FlowConnector>;

/** `Start with a clean history` -> `Start_with_a_clean_history`. Question marks and other punctuation fall away. */
export const elementName = (label: string): string => label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');

/** The value of another resource: a field of `$Record`, a formula, a variable. */
export const reference = (name: string): Value => ({ elementReference: name });
export const text = (value: string): Value => ({ stringValue: value });
export const number = (value: number): Value => ({ numberValue: value });
export const yesNo = (value: boolean): Value => ({ booleanValue: value });

export const to = (label: string): Connector => ({ targetReference: elementName(label) });
/** A line that ends at an element drawn elsewhere: the auto-layout canvas asks for it where branches do not simply meet again. */
export const jumpTo = (label: string): Connector => ({ isGoTo: true, targetReference: elementName(label) });

export interface Named {
  readonly label: string;
  readonly description: string;
}

export const node = ({ label, description }: Named) => ({
  description,
  name: elementName(label),
  label,
  locationX: 0,
  locationY: 0,
});

export const set = (field: string, value: Value): Authored<FlowAssignmentItem> => ({
  assignToReference: field,
  operator: 'Assign',
  value,
});

export const assignment = (
  named: Named,
  items: readonly Authored<FlowAssignmentItem>[],
  connector?: Connector,
): Authored<FlowAssignment> => ({ ...node(named), assignmentItems: items, ...(connector && { connector }) });

export const condition = (
  left: string,
  operator: FlowCondition['operator'],
  right: Value,
): Authored<FlowCondition> => ({ leftValueReference: left, operator, rightValue: right });

/** Where a fault path begins: `$Flow.FaultMessage` is the latest fault, so that the message goes into a variable at once. */
export const keepFault = (label: string, variableName: string, connector: Connector): Authored<FlowAssignment> =>
  assignment(
    { label, description: 'Keeps the message before another step can replace it.' },
    [set(variableName, reference('$Flow.FaultMessage'))],
    connector,
  );

/** A decision with one outcome beside its default. */
export const question = (
  named: Named,
  outcome: {
    readonly label: string;
    readonly description: string;
    readonly logic: 'and' | 'or';
    readonly conditions: readonly Authored<FlowCondition>[];
    readonly connector?: Connector;
  },
  otherwise: { readonly label: string; readonly connector?: Connector },
): Authored<FlowDecision> => ({
  ...node(named),
  ...(otherwise.connector && { defaultConnector: otherwise.connector }),
  defaultConnectorLabel: otherwise.label,
  rules: [
    {
      description: outcome.description,
      name: elementName(outcome.label),
      conditionLogic: outcome.logic,
      conditions: outcome.conditions,
      ...(outcome.connector && { connector: outcome.connector }),
      label: outcome.label,
    },
  ],
});

export const equals = (field: string, value: Value): Authored<FlowRecordFilter> => ({
  field,
  operator: 'EqualTo',
  value,
});

/** Get Records, first match only; what it found is referred to by the element's name. */
export const getFirst = (
  named: Named,
  what: {
    readonly object: string;
    readonly filters: readonly Authored<FlowRecordFilter>[];
    readonly fields: readonly string[];
    readonly oldestFirst?: string;
    readonly latestFirst?: string;
  },
  connector: Connector,
  faultConnector: Connector,
): Authored<FlowRecordLookup> => ({
  ...node(named),
  assignNullValuesIfNoRecordsFound: false,
  connector,
  faultConnector,
  filterLogic: 'and',
  filters: what.filters,
  getFirstRecordOnly: true,
  object: what.object,
  queriedFields: what.fields,
  ...(what.oldestFirst !== undefined && { sortField: what.oldestFirst, sortOrder: 'Asc' as const }),
  ...(what.latestFirst !== undefined && { sortField: what.latestFirst, sortOrder: 'Desc' as const }),
  storeOutputAutomatically: true,
});

export const fieldValue = (field: string, value: Value): Authored<FlowInputFieldAssignment> => ({ field, value });

/** Create Records for one record. */
export const createRecord = (
  named: Named,
  object: string,
  values: readonly Authored<FlowInputFieldAssignment>[],
  faultConnector: Connector,
): Authored<FlowRecordCreate> => ({ ...node(named), faultConnector, inputAssignments: values, object });

export const formula = (
  name: string,
  dataType: NonNullable<FlowFormula['dataType']>,
  description: string,
  expression: string,
): Authored<FlowFormula> => ({
  description,
  name,
  dataType,
  expression,
  ...((dataType === 'Number' || dataType === 'Currency') && { scale: dataType === 'Currency' ? 2 : 0 }),
});

export const variable = (
  name: string,
  dataType: FlowVariable['dataType'],
  description: string,
): Authored<FlowVariable> => ({ description, name, dataType, isCollection: false, isInput: false, isOutput: false });

/**
 * A value given as formula text: a literal or a plain reference as what it is, anything else through a formula resource of that name,
 * `NULL` as nothing at all.
 */
export const computed = (
  named: {
    readonly name: string;
    readonly dataType: NonNullable<FlowFormula['dataType']>;
    readonly description: string;
  },
  expression: string,
): { readonly value: Value | null; readonly formulas: readonly Authored<FlowFormula>[] } => {
  if (expression === 'NULL') return { value: null, formulas: [] };
  const plain = /^\{!([\w$.]+)\}$/.exec(expression)?.[1];
  if (plain !== undefined) return { value: reference(plain), formulas: [] };
  const literal = /^"([^"\\]*)"$/.exec(expression)?.[1];
  if (literal !== undefined) return { value: text(literal), formulas: [] };
  return {
    value: reference(named.name),
    formulas: [formula(named.name, named.dataType, named.description, expression)],
  };
};
