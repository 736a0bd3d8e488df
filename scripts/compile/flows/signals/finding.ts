import type { FlowMetadata } from '../flow-shell.ts';
import { FIELD } from '../../names.ts';
import { equals, getFirst, reference, yesNo } from '../elements.ts';
import type { Connector, Named } from '../elements.ts';

type Lookup = NonNullable<FlowMetadata['recordLookups']>[number];

/** The open opportunity of an account and a solution, given as variables; of several the one that was changed last. */
export const findOpen = (
  named: Named,
  by: { readonly account: string; readonly solution: string },
  connector: Connector,
  faultConnector: Connector,
): Lookup =>
  getFirst(
    named,
    {
      object: 'Opportunity',
      filters: [
        equals('AccountId', reference(by.account)),
        equals(FIELD.solution, reference(by.solution)),
        equals('IsClosed', yesNo(false)),
      ],
      fields: ['Id', 'CampaignId'],
      latestFirst: 'LastModifiedDate',
    },
    connector,
    faultConnector,
  );
