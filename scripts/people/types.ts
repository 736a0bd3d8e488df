/** What an org knows of the people and groups that a list names. */
export interface KnownContact {
  readonly id: string;
  readonly accountId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower case, empty without one. */
  readonly email: string;
}

export interface KnownAccount {
  readonly id: string;
  readonly name: string;
}

export interface KnownOpportunity {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  /** Empty where the org has no such field. */
  readonly solution: string;
  readonly closed: boolean;
}

/** A company that is not among the accounts, to be created once for all its people. */
export interface NewAccount {
  readonly key: string;
  readonly name: string;
  readonly website: string;
  readonly country: string;
}

export type AccountFinding =
  | { readonly kind: 'known'; readonly account: KnownAccount; readonly because: string }
  | { readonly kind: 'new'; readonly account: NewAccount }
  | { readonly kind: 'refused'; readonly reason: string };

export type OpportunityFinding =
  | { readonly kind: 'known'; readonly opportunity: KnownOpportunity }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: string };

export type RoleFinding =
  { readonly kind: 'role'; readonly role: string | null } | { readonly kind: 'refused'; readonly reason: string };
