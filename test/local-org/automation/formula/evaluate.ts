import { createSession } from '../../../../local-org/automation/records/session.ts';
import { compileFormula } from '../../../../local-org/automation/formula/compile-formula.ts';
import type { FormulaType, Scope } from '../../../../local-org/automation/formula/types.ts';
import { createFormulaFields } from '../../../../local-org/automation/records/formula-fields.ts';
import { recordScope, type RecordFrame } from '../../../../local-org/automation/records/record-scope.ts';
import type { FieldValue, Row, UserContext } from '../../../../local-org/data/types.ts';
import { field, testOrg } from '../test-org.ts';

/** An org whose opportunities have a field of each type. */
export const formulaOrg = testOrg([
  field('Opportunity', 'Text__c', 'Text'),
  field('Opportunity', 'Number__c', 'Number', { precision: 18, scale: 4 }),
  field('Opportunity', 'Percent__c', 'Percent', { precision: 5, scale: 2 }),
  field('Opportunity', 'Date__c', 'Date'),
  field('Opportunity', 'DateTime__c', 'DateTime'),
  field('Opportunity', 'Check__c', 'Checkbox', { defaultValue: 'false' }),
  field('Opportunity', 'Multi__c', 'MultiselectPicklist', {
    visibleLines: 4,
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: ['a', 'b', 'c'].map((name) => ({ fullName: name, default: false, label: name })),
      },
    },
  }),
  field('Opportunity', 'Double__c', 'Number', {
    precision: 18,
    scale: 2,
    formula: 'Number__c * 2',
    formulaTreatBlanksAs: 'BlankAsZero',
  }),
  field('Opportunity', 'Share__c', 'Percent', {
    precision: 18,
    scale: 1,
    formula: 'IF(Amount > 0, Number__c / Amount, 0)',
  }),
  { type: 'CustomPermission', fullName: 'Bypass', metadata: { label: 'Bypass', isLicensed: false } },
]);

export interface Situation {
  readonly row?: Row;
  readonly before?: Row | null;
  readonly user?: Partial<UserContext>;
  readonly expected?: FormulaType | null;
  readonly nulls?: Scope<RecordFrame>['nulls'];
}

/** Evaluates a formula on an opportunity. Throws a FormulaError or a FormulaEvaluationError. */
export function evaluate(
  source: string,
  { row = {}, before = null, user, expected = null, nulls = 'unknown' }: Situation = {},
): FieldValue {
  const { schema, metadata } = formulaOrg.org;
  const object = schema.object('Opportunity')!;
  const scope = recordScope({
    schema,
    metadata,
    formulas: createFormulaFields(schema, metadata),
    object,
    saved: 'record',
  });
  const formula = compileFormula(source, { ...scope, nulls }, expected);
  return formulaOrg.run(
    (tx) => formula.evaluate({ session: createSession(tx), row, before, isNew: before === null }),
    user,
  );
}
