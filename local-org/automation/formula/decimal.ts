import { FormulaEvaluationError } from './formula-error.ts';

/**
 * The platform calculates in decimals of 39 digits (salesforce/formula-engine, BigDecimalHelper). A JavaScript number
 * holds 15
 * decimal digits exactly; cutting every result to those hides the binary noise (0.1 + 0.2) and is exact for the amounts
 * an
 * org can store in a Currency(16, 2) field up to 10 trillion.
 */
const EXACT_DIGITS = 15;

export function clean(value: number): number {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) throw new FormulaEvaluationError('Division by zero or number out of range');
  return Number(value.toPrecision(EXACT_DIGITS));
}

/** `value` times ten to the power of `places`, by moving the decimal point in its text. */
function shift(value: number, places: number): number {
  const [digits, exponent] = String(value).split('e');
  return Number(`${digits}e${Number(exponent ?? 0) + places}`);
}

/** Half up, away from zero for negative numbers, to `scale` places; a negative scale rounds left of the point. */
export function roundHalfUp(value: number, scale: number): number {
  const places = Math.trunc(scale);
  const rounded = shift(Math.round(shift(Math.abs(clean(value)), places)), -places);
  return value < 0 ? 0 - rounded : rounded;
}

export function truncate(value: number, scale: number): number {
  const places = Math.trunc(scale);
  return clean(shift(Math.trunc(shift(clean(value), places)), -places)) + 0;
}

/** Plain digits, never an exponent: BigDecimal.toPlainString without trailing zeros. */
export function formatNumber(value: number): string {
  const [digits, exponent] = String(clean(value)).split('e');
  if (exponent === undefined) return digits!;
  const sign = digits!.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = digits!.replace('-', '').split('.');
  const places = Number(exponent);
  return places < 0
    ? `${sign}0.${'0'.repeat(-places - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(places, '0')}`;
}
