import type { CustomField } from '@salesforce/types/metadata';

import type { ComponentMetadata } from '../../metadata/component-metadata.ts';
import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { accountField, leadField } from '../field.ts';
import { ACCOUNT_FIELD, LEAD_FIELD } from '../names.ts';

const SOURCE = 'leads.matchBy';

/** An external id for the sake of its index; several records may have the same key. */
const key = (label: string, description: string): ComponentMetadata<CustomField> => ({
  caseSensitive: false,
  description,
  externalId: true,
  inlineHelpText: `Set automatically: ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
  label,
  length: 255,
  type: 'Text',
  unique: false,
});

const websiteDomain = key('Website Domain', 'The host of the website, without www, by which leads find their account.');
const companyKey = key(
  'Company Key',
  'The company name in lower case without punctuation and legal form, by which leads find their account.',
);

const accountKeys = ({ leads }: Waterfall): readonly Component[] => [
  accountField(ACCOUNT_FIELD.websiteDomain, websiteDomain, SOURCE),
  accountField(ACCOUNT_FIELD.companyKey, companyKey, SOURCE),
  ...(leads?.tieBreakers.includes('ownerSet')
    ? [
        accountField(
          ACCOUNT_FIELD.ownerIsActive,
          {
            description:
              'Whether the owner is an active user. Of several accounts that a lead could belong to, these are preferred.',
            formula: 'Owner.IsActive',
            inlineHelpText: 'Calculated: whether the owner of the account is an active user.',
            label: 'Owner Is Active',
            type: 'Checkbox',
          },
          'leads.tieBreakers',
        ),
      ]
    : []),
];

/** What leads and accounts are matched by; nothing where leads are left alone. */
export const compileMatchKeyFields = (waterfall: Waterfall): readonly Component[] =>
  waterfall.leads === null
    ? []
    : [
        ...accountKeys(waterfall),
        leadField(
          LEAD_FIELD.emailDomain,
          key('Email Domain', 'The domain of the e-mail address; blank for public mail providers.'),
          SOURCE,
        ),
        leadField(LEAD_FIELD.websiteDomain, websiteDomain, SOURCE),
        leadField(LEAD_FIELD.companyKey, companyKey, SOURCE),
      ];
