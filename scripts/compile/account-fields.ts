import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { accountField } from './field.ts';
import { canChurn } from './flows/closed-won/lost-renewal-flow.ts';
import { LIMIT } from './limits.ts';
import { ACCOUNT_FIELD } from './names.ts';
import { fitName, shorten } from './text.ts';

/** `Customer_Success_Owner__c` -> `Customer_Success_Owner`. */
const developerName = (field: string): string => field.replace(/__c$/, '');

/**
 * A user lookup on Account for each field in which a type or a closedWon rule looks for an owner or a handshake for who answers, and for
 * the customer-success owner in any case. Standard fields (`OwnerId`) are there already.
 */
const owners = ({ closedWon, handshakes, opportunityTypes }: Waterfall): readonly Component[] => {
  const chains = [
    ...opportunityTypes.map(({ creation: { ownerChain }, source }) => ({ ownerChain, source })),
    ...closedWon.map(({ ownerChain, source }) => ({ ownerChain, source })),
    ...handshakes
      .filter(({ assignment }) => assignment.by === 'accountField')
      .map(({ assignment, source }) => ({ ownerChain: [assignment.value], source })),
  ];
  const named = chains.flatMap(({ ownerChain, source }) => ownerChain.map((field) => ({ field, source })));
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
          description:
            'While active, this user gets the opportunities of this account that the model gives to this field: created, recycled or handed over.',
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

/** Where a renewal can be lost: whether the customer is one no longer, and since when. */
const churn = (waterfall: Waterfall): readonly Component[] =>
  canChurn(waterfall)
    ? [
        accountField(
          ACCOUNT_FIELD.churned,
          {
            defaultValue: 'false',
            description:
              'The last decision of this customer was not to renew. Kept by the flow "Waterfall: Lost Renewal".',
            inlineHelpText: 'Set automatically when a renewal is lost, and cleared by the next win.',
            label: 'Churned',
            type: 'Checkbox',
          },
          'lostRenewal',
        ),
        accountField(
          ACCOUNT_FIELD.churnedOn,
          {
            description: 'The day on which the renewal was lost. Kept by the flow "Waterfall: Lost Renewal".',
            inlineHelpText: 'Set automatically when a renewal is lost, and cleared by the next win.',
            label: 'Churned On',
            type: 'Date',
          },
          'lostRenewal',
        ),
      ]
    : [];

/** The fields of Account that what follows a win needs. */
export const compileAccountFields = (waterfall: Waterfall): readonly Component[] => [
  ...owners(waterfall),
  ...churn(waterfall),
];
