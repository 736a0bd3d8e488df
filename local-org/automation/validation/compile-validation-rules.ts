import type { SaveBatch } from '../../data/types.ts';
import type { DeployProblem, MetadataReader } from '../../metadata/types.ts';
import type { Schema } from '../../schema/types.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { FormulaError, FormulaEvaluationError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { CompiledFormula, ParentPath } from '../formula/types.ts';
import type { FormulaFields } from '../records/read-row.ts';
import { recordScope, type RecordFrame } from '../records/record-scope.ts';
import { createSession } from '../records/session.ts';

/** SOAP API Developer Guide, StatusCode. */
const VALIDATION_CODE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

/** What of a ValidationRule is used here (Metadata API Developer Guide, ValidationRule). */
interface StoredRule {
  readonly active?: boolean;
  readonly errorConditionFormula?: string;
  readonly errorDisplayField?: string;
  readonly errorMessage?: string;
}

interface Rule {
  readonly name: string;
  readonly condition: CompiledFormula<RecordFrame>;
  readonly message: string;
  readonly fields: readonly string[];
}

interface ValidationRules {
  /** Checks every active rule of the object; a row gets an error for each rule whose condition is true. */
  readonly validate: (batch: SaveBatch) => void;
  readonly problems: readonly DeployProblem[];
}

export function compileValidationRules(
  schema: Schema,
  metadata: MetadataReader,
  formulas: FormulaFields,
): ValidationRules {
  const problems: DeployProblem[] = [];
  const rules = new Map<string, Rule[]>();
  const paths = new Map<string, readonly ParentPath[]>();
  for (const component of metadata.ofType('ValidationRule').toSorted((a, b) => (a.fullName < b.fullName ? -1 : 1))) {
    const {
      active,
      errorConditionFormula = '',
      errorDisplayField,
      errorMessage = '',
    } = component.metadata as StoredRule;
    if (active !== true) continue;
    const [objectName, name] = component.fullName.split('.');
    const report = (problem: string): void =>
      void problems.push({
        type: 'ValidationRule',
        fullName: component.fullName,
        fileName: component.fileName,
        problem,
        problemType: 'Error',
      });
    const object = schema.object(objectName ?? '');
    if (!object) {
      report(`Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`);
      continue;
    }
    try {
      const scope = recordScope({ schema, metadata, formulas, object, saved: 'record' });
      const condition = compileFormula(errorConditionFormula, scope, 'Boolean');
      const field = errorDisplayField === undefined ? undefined : object.fields.get(errorDisplayField.toLowerCase());
      if (errorDisplayField !== undefined && !field) throw new FormulaError(MESSAGE.noField(errorDisplayField), 0);
      const rule = { name: name ?? '', condition, message: errorMessage, fields: field ? [field.name] : [] };
      rules.set(object.name, [...(rules.get(object.name) ?? []), rule]);
      paths.set(object.name, [...(paths.get(object.name) ?? []), ...condition.paths]);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      report(error.message);
    }
  }
  return {
    problems,
    validate(batch) {
      const own = rules.get(batch.object.name);
      if (own && batch.operation !== 'delete') check(batch, own, paths.get(batch.object.name) ?? []);
    },
  };
}

function check({ tx, operation, rows }: SaveBatch, rules: readonly Rule[], paths: readonly ParentPath[]): void {
  const session = createSession(tx);
  if (paths.length > 0) session.preload([...rows.map((row) => row.after), ...rows.map((row) => row.before)], paths);
  for (const row of rows) {
    if (row.errors.length > 0) continue;
    const frame: RecordFrame = { session, row: row.after, before: row.before, isNew: operation === 'insert' };
    const failed = rules.filter((rule) => isTrue(rule, frame));
    for (const { message, fields, name } of failed) {
      row.errors.push({ statusCode: VALIDATION_CODE, message, fields });
      tx.log({ step: `Validation rule ${name}`, detail: `${String(row.after.Id ?? 'new record')}: ${message}` });
    }
  }
}

/** A condition that cannot be evaluated (a division by zero, say) counts as not met. */
function isTrue(rule: Rule, frame: RecordFrame): boolean {
  try {
    return rule.condition.evaluate(frame) === true;
  } catch (error) {
    if (error instanceof FormulaEvaluationError) return false;
    throw error;
  }
}
