import type { PermissionSet } from '@salesforce/types/metadata';

import type { Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { define } from '../define.ts';
import { LEAD_CONVERSION_CLASS, LEAD_CONVERSION_PERMISSION_SET } from '../names.ts';
import { objectAccess } from '../object-access.ts';
import { convertsLeads } from './what-leads-need.ts';

/**
 * What a user needs whose saves have leads converted: the Apex class, the permission and the access that a conversion asks for (SOAP API
 * Developer Guide, convertLead(): "the Convert Leads permission and the Edit permission on leads, as well as Create and Edit on the Account,
 * Contact, and Opportunity objects"), since the class works in user mode. Convert Leads asks for Edit Tasks in its turn. A set of its own, so
 * that nobody else gets these rights; System Administrators have them already.
 */
export const compileLeadConversionAccess = (waterfall: Waterfall): readonly Component[] =>
  convertsLeads(waterfall)
    ? [
        define<PermissionSet>(
          'PermissionSet',
          LEAD_CONVERSION_PERMISSION_SET,
          {
            classAccesses: [{ apexClass: LEAD_CONVERSION_CLASS, enabled: true }],
            description:
              'Lets automation convert the leads that its holder creates or changes: for the user of the marketing platform and people who work on leads.',
            hasActivationRequired: false,
            label: 'Waterfall Lead Conversion',
            objectPermissions: [
              objectAccess('Account', true, true),
              objectAccess('Contact', true, true),
              objectAccess('Lead', true, false),
              objectAccess('Opportunity', true, true),
            ],
            userPermissions: [
              { enabled: true, name: 'ConvertLeads' },
              { enabled: true, name: 'EditTask' },
            ],
          },
          'leads.convert',
        ),
      ]
    : [];
