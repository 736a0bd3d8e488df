/** Elements that work with many records, other flows and actions, as Flow Builder writes them. */
import type {
  FlowActionCall,
  FlowAssignmentItem,
  FlowCondition,
  FlowDecision,
  FlowInputFieldAssignment,
  FlowLoop,
  FlowRecordCreate,
  FlowRecordFilter,
  FlowRecordLookup,
  FlowRecordUpdate,
  FlowSubflow,
  FlowVariable,
} from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { condition, elementName, node, question, reference, yesNo } from './elements.ts';
import type { Connector, Named, Value } from './elements.ts';

export const filter = (
  field: string,
  operator: FlowRecordFilter['operator'],
  value: Value,
): Authored<FlowRecordFilter> => ({ field, operator, value });

/** Get Records, all matches; the collection is referred to by the element's name. */
export const getAll = (
  named: Named,
  what: {
    readonly object: string;
    readonly filters: readonly Authored<FlowRecordFilter>[];
    readonly fields: readonly string[];
    readonly sort?: { readonly field: string; readonly order: 'Asc' | 'Desc' };
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
  getFirstRecordOnly: false,
  object: what.object,
  queriedFields: what.fields,
  ...(what.sort && { sortField: what.sort.field, sortOrder: what.sort.order }),
  storeOutputAutomatically: true,
});

/** Whether a Get Records element has found anything. */
export const isFound = (label: string): Authored<FlowCondition> =>
  condition(elementName(label), 'IsNull', yesNo(false));

/** Whether what a Get Records element has found is the record that the flow is about: of several, that one acts for all. */
export const isItself = (label: string, id = '$Record.Id'): readonly Authored<FlowCondition>[] => [
  isFound(label),
  condition(`${elementName(label)}.Id`, 'EqualTo', reference(id)),
];

/** The decision between a Get Records element and what works with what it found. */
export const whenFound = (
  named: Named,
  label: string,
  outcome: { readonly found: string; readonly none: string; readonly description?: string },
  connector: Connector,
  otherwise?: Connector,
): Authored<FlowDecision> =>
  question(
    named,
    {
      label: outcome.found,
      description: outcome.description ?? 'The look-up found some.',
      logic: 'and',
      conditions: [isFound(label)],
      connector,
    },
    { label: outcome.none, ...(otherwise && { connector: otherwise }) },
  );

/** The present item is referred to by the loop's name. */
export const loop = (named: Named, collection: string, each: Connector, afterLast?: Connector): Authored<FlowLoop> => ({
  ...node(named),
  collectionReference: collection,
  iterationOrder: 'Asc',
  nextValueConnector: each,
  ...(afterLast && { noMoreValuesConnector: afterLast }),
});

/** Create Records for a record or a collection of records held in a variable. */
export const createFrom = (
  named: Named,
  variableName: string,
  faultConnector: Connector,
  connector?: Connector,
): Authored<FlowRecordCreate> => ({
  ...node(named),
  ...(connector && { connector }),
  faultConnector,
  inputReference: variableName,
});

/** Update Records for a record or a collection of records held in a variable, or `$Record`. */
export const updateFrom = (
  named: Named,
  variableName: string,
  faultConnector: Connector,
  connector?: Connector,
): Authored<FlowRecordUpdate> => ({
  ...node(named),
  ...(connector && { connector }),
  faultConnector,
  inputReference: variableName,
});

/** Update Records that meet conditions. */
export const updateWhere = (
  named: Named,
  what: {
    readonly object: string;
    readonly filters: readonly Authored<FlowRecordFilter>[];
    readonly values: readonly Authored<FlowInputFieldAssignment>[];
  },
  faultConnector: Connector,
  connector?: Connector,
): Authored<FlowRecordUpdate> => ({
  ...node(named),
  ...(connector && { connector }),
  faultConnector,
  filterLogic: 'and',
  filters: what.filters,
  inputAssignments: what.values,
  object: what.object,
});

/** Calls an autolaunched flow. Its outputs are referred to by the element's name. */
export const subflow = (
  named: Named,
  flowName: string,
  inputs: Readonly<Record<string, Value>>,
  connector?: Connector,
): Authored<FlowSubflow> => ({
  ...node(named),
  ...(connector && { connector }),
  flowName,
  inputAssignments: Object.entries(inputs).map(([name, value]) => ({ name, value })),
  storeOutputAutomatically: true,
});

/**
 * Calls an action: an invocable Apex method (`apex`), or a notification (`customNotificationAction`), which has no outputs (Actions
 * Developer Guide, Custom Notification Actions).
 */
export const action = (
  named: Named,
  what: { readonly type: FlowActionCall['actionType']; readonly name: string },
  inputs: Readonly<Record<string, Value>>,
  faultConnector: Connector,
  connector?: Connector,
): Authored<FlowActionCall> => ({
  ...node(named),
  actionName: what.name,
  actionType: what.type,
  ...(connector && { connector }),
  faultConnector,
  flowTransactionModel: 'CurrentTransaction',
  inputParameters: Object.entries(inputs).map(([name, value]) => ({ name, value })),
  nameSegment: what.name,
  ...(what.type === 'apex' && { storeOutputAutomatically: true }),
});

export interface Outcome {
  readonly label: string;
  readonly description: string;
  readonly logic: 'and' | 'or';
  readonly conditions: readonly Authored<FlowCondition>[];
  readonly connector?: Connector;
}

/** A decision with several outcomes, the first that holds being taken. */
export const decision = (
  named: Named,
  outcomes: readonly Outcome[],
  otherwise: { readonly label: string; readonly connector?: Connector },
): Authored<FlowDecision> => ({
  ...node(named),
  ...(otherwise.connector && { defaultConnector: otherwise.connector }),
  defaultConnectorLabel: otherwise.label,
  rules: outcomes.map(({ label, description, logic, conditions, connector }) => ({
    description,
    name: elementName(label),
    conditionLogic: logic,
    conditions,
    ...(connector && { connector }),
    label,
  })),
});

export const inputVariable = (
  name: string,
  dataType: FlowVariable['dataType'],
  description: string,
): Authored<FlowVariable> => ({ description, name, dataType, isCollection: false, isInput: true, isOutput: false });

export const outputVariable = (
  name: string,
  dataType: FlowVariable['dataType'],
  description: string,
): Authored<FlowVariable> => ({ description, name, dataType, isCollection: false, isInput: false, isOutput: true });

/** A record, or a collection of records, of an object. */
export const recordVariable = (
  name: string,
  objectType: string,
  description: string,
  isCollection = false,
): Authored<FlowVariable> => ({
  description,
  name,
  dataType: 'SObject',
  isCollection,
  isInput: false,
  isOutput: false,
  objectType,
});

/** A collection of texts. */
export const listVariable = (name: string, description: string): Authored<FlowVariable> => ({
  description,
  name,
  dataType: 'String',
  isCollection: true,
  isInput: false,
  isOutput: false,
});

/** Puts the number of a collection's items into a number. */
export const counted = (name: string, collection: string): Authored<FlowAssignmentItem> => ({
  assignToReference: name,
  operator: 'AssignCount',
  value: { elementReference: collection },
});
