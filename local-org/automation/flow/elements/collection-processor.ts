import type { FieldValue } from '../../../data/types.ts';
import type { Session } from '../../formula/types.ts';
import { resolveFieldPath } from '../../records/field-path.ts';
import { compileConditions } from '../conditions.ts';
import { FlowProblem } from '../flow-fault.ts';
import { formulaReader } from '../flow-value.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { Interview, LogicElement } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredProcessor } from '../metadata.ts';
import { isCollection, isRecord, type FlowCollection, type FlowType, type FlowValue } from '../values.ts';

type Process = (items: FlowCollection, interview: Interview) => FlowCollection;

/** Collection Sort changes its collection in place; Collection Filter puts out a new one under its own name. */
export function compileProcessor(names: FlowNames, element: StoredProcessor): LogicElement {
  const name = element.name ?? '';
  const input = resolveResource(names, element.collectionReference ?? '');
  if (input.type.kind !== 'collection') throw new FlowProblem(`${input.name} isn't a collection.`);
  const sorts = element.collectionProcessorType === 'SortCollectionProcessor';
  if (!sorts && element.collectionProcessorType !== 'FilterCollectionProcessor') {
    throw new FlowProblem(notRun(`collection processors of the type ${element.collectionProcessorType}`));
  }
  const process = sorts ? compileSort(names, input.type.of, element) : compileFilter(names, element);
  const output = sorts ? input : resolveResource(names, name);
  const store = output.assign ?? undefined;
  if (!store) throw new FlowProblem(`${output.name} can't be assigned a value.`);
  const next = element.connector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      const items = input.read(interview);
      const result = process(isCollection(items) ? items : [], interview);
      store(interview, result);
      interview.trace.push(`${name}: ${result.length} items`);
      interview.at = next;
    },
  };
}

function compileSort(names: FlowNames, item: FlowType, element: StoredProcessor): Process {
  const options = (element.sortOptions ?? []).map(({ sortField, sortOrder, doesPutEmptyStringAndNullFirst }) => ({
    read: sortValue(names, item, sortField),
    blankFirst: doesPutEmptyStringAndNullFirst === true,
    descending: sortOrder === 'Desc',
  }));
  const limit = element.limit ?? Infinity;
  return (items, { session }) =>
    items
      .toSorted((left, right) => {
        for (const { read, blankFirst, descending } of options) {
          const order = compareValues(read(left, session), read(right, session), blankFirst, descending);
          if (order !== 0) return order;
        }
        return 0;
      })
      .slice(0, limit);
}

/** The item itself, or a field of it, formula fields included. Throws a FormulaError when there is no such field. */
function sortValue(
  { sources }: FlowNames,
  item: FlowType,
  field: string | undefined,
): (value: FlowValue, session: Session) => FieldValue {
  if (item.kind !== 'record') return (value) => value as FieldValue;
  const { raw } = resolveFieldPath(sources.schema, sources.formulas, item.object, field ?? '');
  return (value, session) => (isRecord(value) ? raw(session, value.values) : null);
}

function compareValues(left: FieldValue, right: FieldValue, blankFirst: boolean, descending: boolean): number {
  const [leftBlank, rightBlank] = [left === null || left === '', right === null || right === ''];
  if (leftBlank || rightBlank) return leftBlank === rightBlank ? 0 : leftBlank === blankFirst ? -1 : 1;
  const order = left! < right! ? -1 : left! > right! ? 1 : 0;
  return descending ? -order : order;
}

/** Each item in turn is the value of `currentItem_<element>` or of the variable that the element names. */
function compileFilter(names: FlowNames, element: StoredProcessor): Process {
  const current = resolveResource(names, element.assignNextValueToReference ?? `currentItem_${element.name}`);
  if (!current.assign) throw new FlowProblem(`${current.name} can't hold the current item.`);
  const logic = element.conditionLogic;
  const byFormula = element.formula !== undefined || logic === 'formula_evaluates_to_true';
  const formula = byFormula ? formulaReader(names, element.formula ?? '', 'Boolean') : null;
  const isMet = formula
    ? (interview: Interview): boolean => formula(interview) === true
    : compileConditions(names, element.conditions ?? [], logic);
  return (items, interview) =>
    items.filter((item) => {
      current.assign!(interview, item);
      return isMet(interview);
    });
}
