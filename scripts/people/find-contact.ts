import { fold } from '../matching/fold.ts';
import type { Person } from './read-people.ts';
import type { KnownContact } from './types.ts';

const sameWords = (a: string, b: string): boolean => wordsOf(a) === wordsOf(b);
const wordsOf = (text: string): string =>
  fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The contact that a person is already: with the same address, in this account before others; else of this account with the same
 * name. Contacts come oldest first, and the oldest is taken.
 */
export function contactOf(
  person: Person,
  accountId: string | null,
  withAddress: readonly KnownContact[],
  ofAccount: readonly KnownContact[],
): KnownContact | null {
  const here = withAddress.find(
    (contact) => accountId !== null && contact.accountId?.slice(0, 15) === accountId.slice(0, 15),
  );
  const known = here ?? withAddress[0];
  if (known) return known;
  if (person.firstName === '' || person.lastName === '') return null;
  return (
    ofAccount.find(
      ({ firstName, lastName }) => sameWords(firstName, person.firstName) && sameWords(lastName, person.lastName),
    ) ?? null
  );
}
