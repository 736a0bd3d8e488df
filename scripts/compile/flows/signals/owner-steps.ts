/**
 * Who may own what is created for an account that was looked up: its users who are active, one after the other.
 *
 * Whether a user is active is read through the account: references to fields of related records cost no query of their own, but fail where
 * the relation is blank (release notes Summer '14, "Cross-Object Field References in Flows"), so that each is asked for first. An account
 * always has an owner.
 */
import { assignment, condition, jumpTo, question, reference, text, to, yesNo } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { relationship } from '../formula-text.ts';
import { added } from '../number-and-list-steps.ts';
import { ACTIVE_USERS } from './open-opportunity-values.ts';

const words = (lookup: string): string => lookup.replace(/__c$/, '').replace(/Id$/, '').replaceAll('_', ' ');

const OWNER = 'OwnerId';

const isSet = (field: string): string => `Is ${words(field)} set?`;
const isActive = (field: string): string => `Is ${words(field)} active?`;
const keep = (field: string): string => `Keep ${words(field)}`;
const start = (field: string): string => (field === OWNER ? isActive(field) : isSet(field));

/** Label of the first step, and the steps: `fields` in their order, then the owner of the account, then the step `next`. */
export const ownerSteps = (
  fields: readonly string[],
  account: string,
  next: string,
): { readonly first: string; readonly elements: FlowElements } => {
  const all = [...fields.filter((field) => field !== OWNER), OWNER];
  const after = (index: number): string => {
    const following = all[index + 1];
    return following === undefined ? next : start(following);
  };
  return {
    first: start(all[0] ?? OWNER),
    elements: {
      decisions: all.flatMap((field, index) => [
        ...(field === OWNER
          ? []
          : [
              question(
                { label: isSet(field), description: 'An empty field gives way to the next.' },
                {
                  label: `${words(field)} is set`,
                  description: 'The account names a user there.',
                  logic: 'and',
                  conditions: [condition(`${account}.${field}`, 'IsNull', yesNo(false))],
                  connector: to(isActive(field)),
                },
                { label: 'Empty', connector: jumpTo(after(index)) },
              ),
            ]),
        question(
          { label: isActive(field), description: 'An inactive user cannot be given an opportunity.' },
          {
            label: `${words(field)} is active`,
            description: 'The user can own it.',
            logic: 'and',
            conditions: [condition(`${account}.${relationship(field)}.IsActive`, 'EqualTo', yesNo(true))],
            connector: to(keep(field)),
          },
          { label: 'Inactive', connector: jumpTo(after(index)) },
        ),
      ]),
      assignments: all.map((field, index) =>
        assignment(
          { label: keep(field), description: 'A text of active users, in which a formula can look for one.' },
          [added(ACTIVE_USERS, reference(`${account}.${field}`)), added(ACTIVE_USERS, text(';'))],
          to(after(index)),
        ),
      ),
    },
  };
};
