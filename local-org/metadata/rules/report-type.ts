import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength } from './names.ts';
import type { Rule, RuleProblem, World } from './rule.ts';

/** Metadata API Developer Guide, ReportType ("a maximum of four objects"); columns and lengths: Help, "Custom Report Types Limits". */
export const REPORT_TYPE_LIMITS = { objects: 4, columns: 1_000, label: 50, description: 255 };

/** Metadata API Developer Guide, ReportType and ObjectRelationship, say what is refused; the texts are unconfirmed. */
export const REPORT_TYPE_PROBLEMS = {
  baseObject: 'The base object of a report type cannot be changed',
  noObject: (name: string) => `Invalid base object: ${name}`,
  noRelationship: (name: string, object: string) => `Invalid relationship ${name} on ${object}`,
  tooManyObjects: `A report type joins at most ${REPORT_TYPE_LIMITS.objects} objects`,
  innerAfterOuter: (name: string) => `An inner join (${name}) is not allowed after an outer join`,
  noTable: (name: string) => `Invalid table: ${name}`,
  noColumn: (table: string, field: string) => `Invalid field ${field} of ${table}`,
  tooManyColumns: `A report type has at most ${REPORT_TYPE_LIMITS.columns} columns`,
};

interface Join {
  readonly join?: Join;
  readonly outerJoin?: boolean;
  readonly relationship?: string;
}
type Entry = Readonly<Record<string, unknown>>;

export const reportTypeRule: Rule = (component, stored, world) => {
  const type = stored.metadata;
  const base = textOf(type.baseObject);
  const before = world.previous('ReportType', component.fullName)?.metadata.baseObject;
  const problems: RuleProblem[] = [
    ...checkDeveloperName('report type', component.fullName),
    ...checkLength('Label', type.label, REPORT_TYPE_LIMITS.label),
    ...checkLength('Description', type.description, REPORT_TYPE_LIMITS.description),
  ];
  if (before !== undefined && before !== base) problems.push({ problem: REPORT_TYPE_PROBLEMS.baseObject });
  if (!world.objectExists(base)) return [...problems, { problem: REPORT_TYPE_PROBLEMS.noObject(base) }];
  const tables = new Map([[base.toLowerCase(), base]]);
  problems.push(...joinProblems(base, type.join as Join | undefined, tables, world));
  const columns = ((type.sections ?? []) as readonly Entry[]).flatMap(
    (section) => (section.columns ?? []) as readonly Entry[],
  );
  if (columns.length > REPORT_TYPE_LIMITS.columns) problems.push({ problem: REPORT_TYPE_PROBLEMS.tooManyColumns });
  for (const column of columns) {
    const table = textOf(column.table);
    const object = tables.get(table.toLowerCase());
    if (object === undefined) problems.push({ problem: REPORT_TYPE_PROBLEMS.noTable(table) });
    else if (!columnExists(object, textOf(column.field), world))
      problems.push({ problem: REPORT_TYPE_PROBLEMS.noColumn(table, textOf(column.field)) });
  }
  return problems;
};

/** Follows the joins, and notes each table under the path that columns name it by: `Account.Opportunities`. */
function joinProblems(
  base: string,
  first: Join | undefined,
  tables: Map<string, string>,
  world: World,
): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  let object = base;
  let path = base;
  let outer = false;
  for (let join = first; join; join = join.join) {
    const name = textOf(join.relationship);
    const child = world.childObject(object, name);
    if (outer && join.outerJoin !== true) problems.push({ problem: REPORT_TYPE_PROBLEMS.innerAfterOuter(name) });
    outer ||= join.outerJoin === true;
    if (child === undefined) {
      return [...problems, { problem: REPORT_TYPE_PROBLEMS.noRelationship(name, object) }];
    }
    object = child;
    path = `${path}.${name}`;
    tables.set(path.toLowerCase(), object);
  }
  if (tables.size > REPORT_TYPE_LIMITS.objects) problems.push({ problem: REPORT_TYPE_PROBLEMS.tooManyObjects });
  return problems;
}

/**
 * A field, or one of a record looked up: `Owner.Name`, `Source__c.Amount` (a lookup is named as the field that it is). Compound names
 * and relationships of standard lookups that describe does not show are taken as they are.
 */
function columnExists(object: string, path: string, world: World): boolean {
  const [head = '', ...rest] = path.split('.');
  const field = world.field(object, head) ?? world.field(object, `${head}Id`);
  if (!field) return !/__c$/i.test(head) && rest.length > 0;
  if (rest.length === 0) return true;
  const targets = field.definition?.reference?.to ?? [textOf(field.metadata?.referenceTo)];
  return targets.some((target) => !world.objectExists(target) || columnExists(target, rest.join('.'), world));
}
