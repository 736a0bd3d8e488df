import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { accountField } from './field.ts';
import { LIMIT } from './limits.ts';
import { ACCOUNT_FIELD } from './names.ts';
import { fitName, shorten } from './text.ts';

/** `Customer_Success_Owner__c` -> `Customer_Success_Owner`. */
const developerName = (field: string): string => field.replace(/__c$/, '');

/**
 * A user lookup on Account for each field that a closedWon rule looks for an owner in, and for the customer-success
 * owner in any case. Standard fields (`OwnerId`) are there already.
 */
export const compileAccountFields = ({ closedWon }: Waterfall): readonly Component[] => {
  const named = closedWon.flatMap(({ ownerChain, source }) => ownerChain.map((field) => ({ field, source })));
  const fields = new Map(
    [{ field: ACCOUNT_FIELD.customerSuccessOwner as string, source: 'closedWon' }, ...named].map((entry) => [
      entry.field,
      entry,
    ]),
  );
  return [...fields.values()]
    .filter(({ field }) => field.endsWith('__c'))
    .map(({ field, source }) =>
      accountField(
        field,
        {
          deleteConstraint: 'SetNull',
          description: 'While active, this user becomes the owner of opportunities that a win at this account creates.',
          inlineHelpText: 'The user who will own the renewals and further opportunities of this account.',
          label: shorten(developerName(field).replaceAll('_', ' '), LIMIT.fieldLabel),
          referenceTo: 'User',
          relationshipName: fitName(`${developerName(field)}_Accounts`, LIMIT.fieldName),
          type: 'Lookup',
        },
        source,
      ),
    );
};
