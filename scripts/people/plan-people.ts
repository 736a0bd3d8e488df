import type { BuyingGroups } from '../model/waterfall.ts';
import { contactOf } from './find-contact.ts';
import { opportunityOf } from './find-opportunity.ts';
import { roleOf } from './find-role.ts';
import type { Person } from './read-people.ts';
import type { AccountFinding, KnownAccount, KnownContact, KnownOpportunity, NewAccount } from './types.ts';

/** What a row comes to. Records that several rows make have one key. */
export interface PlannedRow {
  readonly person: Person;
  readonly account: KnownAccount | NewAccount | null;
  readonly accountBecause: string;
  readonly contact:
    { readonly kind: 'known'; readonly id: string } | { readonly kind: 'new'; readonly key: string } | null;
  readonly opportunity: KnownOpportunity | null;
  readonly role: string | null;
  /** The contact role: there already, to be created, or the row names no buying group. */
  readonly member: 'known' | 'new' | 'none';
  readonly outcome: 'todo' | 'unchanged' | 'refused';
  readonly reason: string;
}

export interface PeopleFacts {
  /** By line. */
  readonly accounts: ReadonlyMap<number, AccountFinding>;
  /** By address, lower case, oldest first. */
  readonly contactsByEmail: ReadonlyMap<string, readonly KnownContact[]>;
  /** By the first 15 characters of the account's id, oldest first. */
  readonly contactsByAccount: ReadonlyMap<string, readonly KnownContact[]>;
  readonly opportunities: readonly KnownOpportunity[];
  /** By memberKey -> role. */
  readonly members: ReadonlyMap<string, string | null>;
  /** Values of the opportunity's solution; empty where the org has no such field. */
  readonly solutions: readonly string[];
  readonly orgRoles: readonly string[];
  readonly groups: BuyingGroups;
}

export const memberKey = (opportunityId: string, contactId: string): string =>
  `${opportunityId.slice(0, 15)} ${contactId.slice(0, 15)}`;

const isKnown = (account: KnownAccount | NewAccount): account is KnownAccount => 'id' in account;

export const refusedRow = (
  person: Person,
  reason: string,
  account: KnownAccount | NewAccount | null = null,
): PlannedRow => ({
  person,
  account,
  accountBecause: '',
  contact: null,
  opportunity: null,
  role: null,
  member: 'none',
  outcome: 'refused',
  reason,
});

/** What is to be done for each row, in the order of the file. A row is done as a whole or refused as a whole. */
export function planPeople(people: readonly Person[], facts: PeopleFacts): readonly PlannedRow[] {
  const plannedContacts = new Map<string, number>();
  const plannedMembers = new Map<string, { readonly line: number; readonly role: string | null }>();
  return people.map((person) => {
    const refused = (reason: string, account: KnownAccount | NewAccount | null = null): PlannedRow =>
      refusedRow(person, reason, account);
    const finding = facts.accounts.get(person.line)!;
    if (finding.kind === 'refused') return refused(finding.reason);
    const { account } = finding;
    const opportunity = opportunityOf(person, account, facts.opportunities, facts.solutions);
    if (opportunity.kind === 'refused') return refused(opportunity.reason, account);
    const role = roleOf(person, facts.groups, facts.orgRoles);
    if (role.kind === 'refused') return refused(role.reason, account);

    const withAddress = person.email === '' ? [] : (facts.contactsByEmail.get(person.email) ?? []);
    const ofAccount = isKnown(account) ? (facts.contactsByAccount.get(account.id.slice(0, 15)) ?? []) : [];
    const known = contactOf(person, isKnown(account) ? account.id : null, withAddress, ofAccount);
    if (known === null && person.lastName === '')
      return refused('Nobody has this address yet, and the row has no last name to create a contact by.', account);
    const key = known?.id ?? contactKey(person, isKnown(account) ? account.id : account.key);
    const target = opportunity.kind === 'known' ? opportunity.opportunity : null;
    const group = target === null ? null : memberKey(target.id, key);
    const [sameContact, sameMember] = [
      plannedContacts.get(key),
      group === null ? undefined : plannedMembers.get(group),
    ];
    if (known === null && sameContact === undefined) plannedContacts.set(key, person.line);
    const there = known !== null && group !== null && facts.members.has(group);
    const member = group === null ? 'none' : there || sameMember !== undefined ? 'known' : 'new';
    if (group !== null && member === 'new') plannedMembers.set(group, { line: person.line, role: role.role });
    const twice = sameMember?.line ?? (group === null ? sameContact : undefined);
    const nothing = member !== 'new' && (known !== null || sameContact !== undefined);
    return {
      person,
      account,
      accountBecause: finding.kind === 'known' ? finding.because : 'to be created',
      contact: known === null ? { kind: 'new', key } : { kind: 'known', id: known.id },
      opportunity: target,
      role: group === null ? null : there ? (facts.members.get(group) ?? null) : (sameMember ?? role).role,
      member,
      outcome: nothing ? 'unchanged' : 'todo',
      reason: nothing && twice !== undefined ? `The same as line ${twice}.` : '',
    };
  });
}

/** The same person in two rows: by address, else by name and account. */
const contactKey = ({ email, firstName, lastName }: Person, account: string): string =>
  email === '' ? `${account} ${firstName.toLowerCase()} ${lastName.toLowerCase()}` : email;
