/** A formula that cannot be compiled; a deploy refuses the component that holds it. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  /** Offset in the formula's text. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/**
 * A formula that cannot give a value for the values at hand (division by zero, DATE(2025, 2, 30)); the UI shows
 * #Error!.
 */
export class FormulaEvaluationError extends Error {
  override readonly name = 'FormulaEvaluationError';
}
