import { comparable } from '../org/bundle.ts';
import { canonical } from './canonical.ts';
import type { Canonical } from './canonical.ts';
import type { Difference, PlannedComponent } from './types.ts';

/** Elements that name an item of a list, in the order in which they are tried. */
const KEYS = [
  'fullName',
  'name',
  'identifier',
  'field',
  'recordType',
  'picklist',
  'picklistValueName',
  'object',
  'layout',
  'label',
  'actionName',
] as const;

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);
const isObject = (value: Canonical): value is Readonly<Record<string, readonly Canonical[]>> =>
  typeof value === 'object' && !Array.isArray(value);

function keyOf(item: Canonical): string | null {
  if (typeof item === 'string') return item;
  if (!isObject(item)) return null;
  for (const key of KEYS) {
    const value = item[key]?.[0];
    if (typeof value === 'string') return value;
  }
  return null;
}

/** Items by key; by position where they have none or share one. */
function keyed(list: readonly Canonical[]): Map<string, Canonical> {
  const keys = list.map(keyOf);
  const unique = keys.every((key) => key !== null) && new Set(keys).size === keys.length;
  return new Map(list.map((item, index) => [unique ? keys[index]! : String(index), item]));
}

/** A value in words: `label Targeted, probability 0, forecastCategory Omitted`; only what is nested deeper is JSON. */
const text = (value: Canonical): string => {
  const shown = plain(value);
  if (typeof shown === 'string') return shown;
  if (typeof shown !== 'object' || shown === null || Array.isArray(shown)) return JSON.stringify(shown);
  const said = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item));
  const entries = Object.entries(shown).filter(
    ([name, item]) => !(name === 'label' && item === (shown as { fullName?: unknown }).fullName),
  );
  // Descriptions are long, and the rest is what one looks for.
  return entries
    .toSorted(([a], [b]) => Number(a === 'description') - Number(b === 'description'))
    .map(([name, item]) => `${name} ${said(item)}`)
    .join(', ');
};

function plain(value: Canonical): unknown {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, readonly Canonical[]>>).map(([key, list]) => [
      key,
      list.length === 1 ? plain(list[0]!) : list.map(plain),
    ]),
  );
}

function compare(path: string, before: Canonical | undefined, after: Canonical | undefined, out: Difference[]): void {
  if (before === undefined || after === undefined) {
    if (before === after) return;
    out.push({
      path,
      before: before === undefined ? null : text(before),
      after: after === undefined ? null : text(after),
    });
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isObject(before) && isObject(after)) {
    for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      compareLists(path === '' ? name : `${path}.${name}`, before[name] ?? [], after[name] ?? [], out);
    }
    return;
  }
  out.push({ path, before: text(before), after: text(after) });
}

function compareLists(
  path: string,
  before: readonly Canonical[],
  after: readonly Canonical[],
  out: Difference[],
): void {
  if (before.length <= 1 && after.length <= 1) {
    compare(path, before[0], after[0], out);
    return;
  }
  const [left, right] = [keyed(before), keyed(after)];
  const from = out.length;
  for (const key of new Set([...left.keys(), ...right.keys()]))
    compare(`${path}[${key}]`, left.get(key), right.get(key), out);
  const order = (map: Map<string, Canonical>): string => [...map.keys()].join(', ');
  if (out.length === from && order(left) !== order(right)) {
    out.push({ path: `${path} (order)`, before: order(left), after: order(right) });
  }
}

function fileDifferences(before: PlannedComponent['files'] = {}, after: PlannedComponent['files'] = {}): Difference[] {
  const same = (path: string): boolean =>
    before[path] !== undefined &&
    after[path] !== undefined &&
    comparable(path, before[path]) === comparable(path, after[path]);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((path) => !same(path))
    .map((path) => ({ path, before: lines(before[path]), after: lines(after[path]) }));
}

const lines = (content: string | undefined): string | null =>
  content === undefined ? null : `${content.split('\n').length} lines`;

/** What deploying `after` changes for someone who has `before`; empty when they mean the same. */
export function differences(before: PlannedComponent, after: PlannedComponent): readonly Difference[] {
  const out: Difference[] = [];
  compare('', canonical(after.type, before.metadata), canonical(after.type, after.metadata), out);
  return [...out, ...(after.files ? fileDifferences(before.files, after.files) : [])];
}
