/** Steps that several flows here have in common. */
import type { FlowMetadata, FlowElements } from '../flow-shell.ts';
import { FIELD } from '../../names.ts';
import { condition, elementName, equals, getFirst, reference, yesNo } from '../elements.ts';
import type { Connector, Named } from '../elements.ts';

type Lookup = NonNullable<FlowMetadata['recordLookups']>[number];

/** Elements and resources of several parts of a flow. */
export const together = (...parts: readonly FlowElements[]): FlowElements => {
  const kinds = [...new Set(parts.flatMap((part) => Object.keys(part)))] as (keyof FlowElements)[];
  return Object.fromEntries(kinds.map((kind) => [kind, parts.flatMap((part): readonly object[] => part[kind] ?? [])]));
};

/** That a look-up has found something. */
export const isThere = (label: string) => [condition(elementName(label), 'IsNull', yesNo(false))];

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
