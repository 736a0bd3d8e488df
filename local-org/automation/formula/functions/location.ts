import type { FieldValue } from '../../../data/types.ts';
import { clean } from '../decimal.ts';
import { computed, requireCount, requireType } from '../expression.ts';
import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import type { FunctionTable } from './signature.ts';

/**
 * DISTANCE and GEOLOCATION "are supported in … custom validation rules" (Object Reference, Compound Field Considerations and
 * Limitations): other scopes refuse them. Checks, radii and the calculation: salesforce/formula-engine, FunctionDistance,
 * FunctionGeolocation, DistanceUnit, GeolocationServiceImpl.
 */
export const LOCATION_FUNCTION_NAMES = ['DISTANCE', 'GEOLOCATION'] as const;

/** Mean radius of the earth in each unit. */
const RADIUS: Readonly<Record<string, number>> = { mi: 3958.761, km: 6371.009 };
const MOST_LATITUDE = 90;
const MOST_LONGITUDE = 180;

/** A location is kept as `latitude;longitude`; one without both is null. */
const written = (latitude: number, longitude: number): string => `${latitude};${longitude}`;

function locationOf(latitude: FieldValue, longitude: FieldValue): FieldValue {
  if (latitude === null && longitude === null) return null;
  if (latitude === null) throw new FormulaEvaluationError('Latitude can be null if and only if longitude is null');
  if (longitude === null) throw new FormulaEvaluationError('Longitude can be null if and only if latitude is null');
  if (Math.abs(latitude as number) > MOST_LATITUDE)
    throw new FormulaEvaluationError(`Latitude out of range: ${String(latitude)}`);
  if (Math.abs(longitude as number) > MOST_LONGITUDE)
    throw new FormulaEvaluationError(`Longitude is out of range: ${String(longitude)}`);
  return written(latitude as number, longitude as number);
}

/** The point on a sphere of radius 1. */
function pointOf(location: string): readonly [x: number, y: number, z: number] {
  const [latitude, longitude] = location.split(';').map((degrees) => (Number(degrees) * Math.PI) / 180);
  return [Math.cos(latitude!) * Math.cos(longitude!), Math.cos(latitude!) * Math.sin(longitude!), Math.sin(latitude!)];
}

function distance(from: string, to: string, unit: string): number {
  const radius = Object.hasOwn(RADIUS, unit) ? RADIUS[unit]! : null;
  if (radius === null) throw new FormulaEvaluationError(`Invalid unit for the distance() function: ${unit}`);
  const [a, b] = [pointOf(from), pointOf(to)];
  const chord = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  return clean(2 * radius * Math.asin(Math.min(1, chord / 2)));
}

export const LOCATION_FUNCTIONS: FunctionTable = {
  DISTANCE: (args, at, _scope, name) => {
    requireCount(name, args, 3, at);
    const [from, to] = [requireType(name, args[0]!, ['Location']), requireType(name, args[1]!, ['Location'])];
    const unit = requireType(name, args[2]!, ['Text']);
    if (unit.literal !== null && !Object.hasOwn(RADIUS, unit.literal.toLowerCase()))
      throw new FormulaError(MESSAGE.wrongValue(name, "'mi'/'km'", unit.literal), unit.at);
    return computed(
      'Number',
      (frame) => {
        const [a, b] = [from.evaluate(frame), to.evaluate(frame)];
        return a === null || b === null ? null : distance(a as string, b as string, unit.evaluate(frame) as string);
      },
      at,
      [from, to, unit],
    );
  },
  GEOLOCATION: (args, at, _scope, name) => {
    requireCount(name, args, 2, at);
    const [latitude, longitude] = args.map((argument) => requireType(name, argument, ['Number']));
    return computed('Location', (frame) => locationOf(latitude!.evaluate(frame), longitude!.evaluate(frame)), at, [
      latitude!,
      longitude!,
    ]);
  },
};
