/** Compares what a record holds with what a scenario expects. Pure. */
import { FIELD } from '../compile/names.ts';
import type { FieldValue } from '../org/types.ts';
import { addDays, dayIn, slaDue } from './dates.ts';
import type { Ground } from './ground.ts';
import type { Expectation, Expected, ExpectedOfRenewal } from './scenarios/scenario.ts';

export type OrgRow = Readonly<Record<string, unknown>>;

export interface Finding {
  readonly expected: string;
  readonly actual: string;
  readonly ok: boolean;
}

/** What is known of one record after a step. */
export interface Evidence {
  /** Why the org refused the save; null when it did not. */
  readonly refusal: string | null;
  readonly before: OrgRow;
  readonly after: OrgRow;
  readonly renewals: readonly OrgRow[];
}

/** How far apart "now" may be from the org's time of saving: a transaction of 200 records takes its time. */
const NOW_TOLERANCE_MS = 120_000;

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

const valueOf = (row: OrgRow, field: string): FieldValue => (row[field] ?? null) as FieldValue;

const same = (left: FieldValue, right: FieldValue): boolean => {
  if (typeof left === 'number' && typeof right === 'number') return Math.abs(left - right) < 0.005;
  if (typeof left === 'string' && typeof right === 'string' && MOMENT.test(left) && MOMENT.test(right)) {
    return Math.abs(new Date(left).getTime() - new Date(right).getTime()) < 1000;
  }
  return left === right;
};

const shown = (value: FieldValue): string => (value === null ? 'blank' : String(value));

const saved = (row: OrgRow): string => String(row.LastModifiedDate);

/** The value that is expected, once the record is known; null for a value that only has to lie near the time of saving. */
const expectedValue = (expected: Expected, field: string, { before, after }: Evidence, ground: Ground): FieldValue => {
  if ('is' in expected) return expected.is;
  if ('today' in expected) return dayIn(saved(after), ground.timeZone);
  if ('now' in expected) return saved(after);
  if ('unchanged' in expected) return valueOf(before, field);
  if ('typeOf' in expected) return ground.typeValues.get(expected.typeOf) ?? null;
  if ('daysAfterToday' in expected) return addDays(dayIn(saved(after), ground.timeZone), expected.daysAfterToday);
  const entered = valueOf(after, FIELD.stageEnteredAt);
  return expected.due && typeof entered === 'string' ? slaDue(entered, expected.due, ground.timeZone) : null;
};

const judgeField = (field: string, expected: Expected, evidence: Evidence, ground: Ground): Finding => {
  const name = field === 'RecordType' ? ground.typeField : field;
  const wanted = expectedValue(expected, name, evidence, ground);
  const actual = valueOf(evidence.after, name);
  const ok =
    'now' in expected
      ? typeof actual === 'string' &&
        Math.abs(new Date(actual).getTime() - new Date(String(wanted)).getTime()) < NOW_TOLERANCE_MS
      : same(actual, wanted);
  return { expected: `${name} ${shown(wanted)}`, actual: `${name} ${shown(actual)}`, ok };
};

const judgeRenewal = (
  field: string,
  expected: ExpectedOfRenewal,
  renewal: OrgRow,
  source: Evidence,
  ground: Ground,
): Finding => {
  const evidence: Evidence = { ...source, after: renewal };
  if ('sourceField' in expected)
    return judgeField(field, { is: valueOf(source.after, expected.sourceField) }, evidence, ground);
  if ('renewalKey' in expected)
    return judgeField(field, { is: `renewal:${String(source.after.Id)}` }, evidence, ground);
  return judgeField(field, expected, evidence, ground);
};

const ofRenewals = (count: number): string =>
  count === 0 ? 'no renewal' : count === 1 ? '1 renewal' : `${String(count)} renewals`;

/** What one expectation comes to for one record. */
export const judge = (expectation: Expectation, evidence: Evidence, ground: Ground): readonly Finding[] => {
  switch (expectation.kind) {
    case 'refusal':
      return [
        {
          expected: `refused: ${expectation.message}`,
          actual: evidence.refusal === null ? 'saved' : `refused: ${evidence.refusal}`,
          ok: evidence.refusal?.includes(expectation.message) ?? false,
        },
      ];
    case 'field':
      return [judgeField(expectation.field, expectation.value, evidence, ground)];
    case 'renewals': {
      const { count, values } = expectation;
      const found = evidence.renewals.length;
      return [
        { expected: ofRenewals(count), actual: ofRenewals(found), ok: found === count },
        ...evidence.renewals.flatMap((renewal) =>
          Object.entries(values).map(([field, expected]) => judgeRenewal(field, expected, renewal, evidence, ground)),
        ),
      ];
    }
  }
};
