import type { FieldValue } from '../data/types.ts';
import type { DeployProblem, MetadataReader } from '../metadata/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { compileFlows } from './flow/compile-flows.ts';
import { runTriggeredFlows } from './flow/triggered-flow.ts';
import { FormulaError } from './formula/formula-error.ts';
import { compileFieldDefaults } from './records/field-defaults.ts';
import type { ReadRow } from './records/read-row.ts';
import { createFormulaFields } from './records/formula-fields.ts';
import type { FormulaFields } from './records/read-row.ts';
import { createSession } from './records/session.ts';
import type { ParentPath } from './formula/types.ts';
import type { Automation, AutomationServices } from './types.ts';
import { compileValidationRules } from './validation/compile-validation-rules.ts';

interface CalculatedField {
  readonly name: string;
  readonly raw: ReadRow;
  readonly paths: readonly ParentPath[];
}

/**
 * Compiles all automation of an org from its metadata, once; the result is then run for batches of records.
 * `problems` says in the platform's words what could not be compiled: a deploy that brought it is refused. What is left
 * out of the automation because of a problem is exactly what the problem names. `services` may be left out where nothing is
 * saved.
 */
export function compileAutomation(
  metadata: MetadataReader,
  schema: Schema,
  services: AutomationServices = NO_SERVICES,
): { readonly automation: Automation; readonly problems: readonly DeployProblem[] } {
  const formulas = createFormulaFields(schema, metadata);
  const calculated = compileCalculatedFields(schema, metadata, formulas);
  const defaults = compileFieldDefaults(schema, metadata, formulas);
  const rules = compileValidationRules(schema, metadata, formulas);
  const { queue } = services;
  const flows = compileFlows({ schema, metadata, formulas, outbox: services.outbox, queue });

  const automation: Automation = {
    flows: flows.launchable,
    defaults: defaults.valuesFor,
    beforeSave: (batch) => runTriggeredFlows(batch, flows.at(batch.object.name, 'RecordBeforeSave'), queue),
    validate: rules.validate,
    afterSave: (batch) => runTriggeredFlows(batch, flows.at(batch.object.name, 'RecordAfterSave'), queue),
    beforeDelete: (batch) => runTriggeredFlows(batch, flows.at(batch.object.name, 'RecordBeforeDelete'), queue),
    formulaFields(tx, object, rows) {
      const fields = calculated.fields.get(object.toLowerCase());
      if (!fields) return rows.map(() => ({}));
      const session = createSession(tx);
      session.preload(
        rows,
        fields.flatMap(({ paths }) => paths),
      );
      return rows.map((row) => {
        const values: Record<string, FieldValue> = {};
        for (const { name, raw } of fields) values[name] = raw(session, row);
        return values;
      });
    },
  };
  return { automation, problems: [...calculated.problems, ...defaults.problems, ...rules.problems, ...flows.problems] };
}

const unavailable = (): never => {
  throw new Error('This automation was compiled to be checked, not to be run');
};
const NO_SERVICES: AutomationServices = {
  queue: { add: unavailable, waiting: unavailable, cancel: unavailable, pause: unavailable },
  outbox: { send: unavailable },
};

function compileCalculatedFields(schema: Schema, metadata: MetadataReader, formulas: FormulaFields) {
  const fields = new Map<string, CalculatedField[]>();
  const problems: DeployProblem[] = [];
  const compile = (object: ObjectDef, field: FieldDef): void => {
    try {
      const { raw, paths } = formulas.read(object, field);
      const key = object.name.toLowerCase();
      fields.set(key, [...(fields.get(key) ?? []), { name: field.name, raw, paths }]);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const fullName = `${object.name}.${field.name}`;
      const fileName = metadata.get('CustomField', fullName)?.fileName ?? `objects/${object.name}.object`;
      problems.push({ type: 'CustomField', fullName, fileName, problem: error.message, problemType: 'Error' });
    }
  };
  for (const object of schema.objects.values()) {
    for (const field of object.fields.values()) if (field.formula !== null) compile(object, field);
  }
  return { fields, problems };
}
