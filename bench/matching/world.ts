import type { MatchAccount, MatchLead } from '../../scripts/matching/types.ts';

/** A lead whose account is known. */
export interface LabelledLead extends MatchLead {
  /** The accounts that are right; several where the org holds a company twice. Empty where none is. */
  readonly truth: readonly string[];
  /** What is difficult about it. */
  readonly kind: string;
}

/** A made-up org with its backlog. */
export interface World {
  readonly accounts: readonly MatchAccount[];
  readonly contacts: readonly { readonly accountId: string; readonly email: string }[];
  readonly openOpportunities: readonly string[];
  readonly leads: readonly LabelledLead[];
}

export interface WorldSize {
  readonly seed: number;
  readonly accounts: number;
  readonly leads: number;
}

export interface Random {
  /** 0 to 1, 1 excluded. */
  next(): number;
  chance(probability: number): boolean;
  /** 0 to `below`, excluded. */
  int(below: number): number;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32: the same seed gives the same world on every machine. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    int: (below) => Math.floor(next() * below),
    pick: (list) => list[Math.floor(next() * list.length)]!,
  };
}

/** `Company 12` -> an id of 18 characters, as an org has them. */
export const recordId = (prefix: string, number: number): string =>
  `${prefix}${number.toString(36).padStart(15 - prefix.length, '0')}AAA`;

export const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '');

/** Gives every text once: one that was given before gets more words until it is new. */
export function once(more: () => string): (text: string) => string {
  const given = new Set<string>();
  return (text) => {
    let unique = text;
    while (given.has(unique)) unique = `${unique}${more()}`;
    given.add(unique);
    return unique;
  };
}
