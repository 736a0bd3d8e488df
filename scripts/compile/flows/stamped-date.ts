/** The date of a stage or a status, by the rules of `stageDates`; what stamps opportunities and leads is built of these. */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { StageDates } from '../../model/waterfall.ts';
import { formula } from './elements.ts';
import { and, merge, or, record, setInThisSave } from './formula-text.ts';

interface Stamped {
  readonly formulaName: string;
  /** The stage or status. */
  readonly name: string;
  /** `stage` or `status`. */
  readonly kind: string;
  readonly field: string;
  /** Formula text: the record is in it after this save. */
  readonly isIn: string;
  /** Formula text: this save has put the record into whatever it is in. */
  readonly entered: string;
}

/**
 * The date after this save. It stays what it is unless the record is in the stage, and then
 * - `first`: a date is given once and kept;
 * - `latest`: entering the stage again gives it today's date, unless this very save sets the date itself (an import).
 * Moving back touches no later stage under either policy. Under `latest` too a date means "last entered on", which moving back does
 * not make untrue; clearing it would lose the only trace that the later stage was ever reached.
 */
export const stampedDate = (
  { formulaName, name, kind, field, isIn, entered }: Stamped,
  reentry: StageDates['reentry'],
): Authored<FlowFormula> => {
  const blank = `ISBLANK(${record(field)})`;
  const due = reentry === 'first' ? blank : or(blank, and(entered, `NOT(${setInThisSave(field)})`));
  return formula(
    formulaName,
    'Date',
    reentry === 'first'
      ? `The date of ${name}: what it is, or today when the record is in the ${kind} and has none yet.`
      : `The date of ${name}: today when the record has just entered the ${kind}, otherwise what it is. A date that the same save sets is kept.`,
    `IF(${and(isIn, due)}, ${merge('$Flow.CurrentDate')}, ${record(field)})`,
  );
};

/** The date of a step that may have been jumped over: what it is, or that of where the record is. */
export const filledDate = (
  step: { readonly formulaName: string; readonly name: string; readonly kind: string; readonly field: string },
  jumpedOver: string,
  presentDate: string,
): Authored<FlowFormula> => {
  const date = record(step.field);
  return formula(
    step.formulaName,
    'Date',
    `The date of ${step.name}: what it is, or that of the present ${step.kind} when the record has jumped over ${step.name}.`,
    `IF(${and(`ISBLANK(${date})`, jumpedOver)}, ${merge(presentDate)}, ${date})`,
  );
};
