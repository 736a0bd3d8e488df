import { PlatformError } from '../../../platform-error.ts';

const REFERENCE = /@\{([^}]+)\}/g;

/** `records[0].Id` below a value; undefined when there is nothing. */
function walk(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => {
    if (typeof at !== 'object' || at === null) return undefined;
    const members = at as Record<string, unknown>;
    const name = Object.keys(members).find((key) => key.toLowerCase() === step.toLowerCase());
    return name === undefined ? undefined : members[name];
  }, value);
}

function lookUp(reference: string, bodies: ReadonlyMap<string, unknown>): unknown {
  const [id = '', ...path] = reference.replace(/\[(\d+)\]/g, '.$1').split('.');
  const value = bodies.has(id) ? walk(bodies.get(id), path) : undefined;
  if (value === undefined) {
    // Text of the platform for a reference into a request that failed or does not exist.
    const message = `Invalid reference specified. No value for ${reference} found in ${id}`;
    throw new PlatformError('PROCESSING_HALTED', message);
  }
  return value;
}

function resolveText(text: string, bodies: ReadonlyMap<string, unknown>): unknown {
  const whole = /^@\{([^}]+)\}$/.exec(text)?.[1];
  // A reference that is the whole value keeps the type it refers to.
  if (whole !== undefined) return lookUp(whole, bodies);
  return text.replace(REFERENCE, (_match, reference: string) => String(lookUp(reference, bodies)));
}

/**
 * Replaces `@{refId.path}` in a value, everywhere in it, by what earlier subrequests answered ("Composite", REST API
 * Developer Guide). Throws PROCESSING_HALTED for a reference that leads nowhere.
 */
export function resolveReferences<Value>(value: Value, bodies: ReadonlyMap<string, unknown>): Value {
  const resolve = (part: unknown): unknown => {
    if (typeof part === 'string') return resolveText(part, bodies);
    if (Array.isArray(part)) return part.map(resolve);
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, resolve(member)]));
    }
    return part;
  };
  return resolve(value) as Value;
}
