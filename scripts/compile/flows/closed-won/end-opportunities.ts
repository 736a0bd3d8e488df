/** The steps by which a lost renewal ends what is open at the account. */
import type { FlowRecordFilter } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { LostRenewal, OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD } from '../../names.ts';
import { assignment, elementName, equals, jumpTo, reference, set, text, to, yesNo } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { allAndAny, ofTypes } from '../of-types.ts';
import { added } from '../number-and-list-steps.ts';
import { getAll, loop, recordVariable, updateFrom, whenFound } from '../steps.ts';

const LABEL = {
  open: 'Find what is open',
  openFound: 'Is something open?',
  each: 'Each open opportunity',
  end: 'End it',
  save: 'Save what ends',
} as const;

const ENDING = 'Ending_Opportunity';
const ALL_ENDING = 'Ending_Opportunities';

const ACCOUNT = '$Record.AccountId';
const each = elementName(LABEL.each);

/** What ends, where, and how. */
export interface Ending {
  readonly by: LostRenewal;
  readonly types: readonly OpportunityType[];
}

const ending = (
  { by, types }: Ending,
  typeFilters: readonly Authored<FlowRecordFilter>[],
  refused: string,
): FlowElements => {
  const first = [
    equals('AccountId', reference(ACCOUNT)),
    equals('IsClosed', yesNo(false)),
    ...(by.scope === 'solution' ? [equals(FIELD.solution, reference(`$Record.${FIELD.solution}`))] : []),
  ];
  return {
    recordLookups: [
      {
        ...getAll(
          {
            label: LABEL.open,
            description: `Open ${types.map(({ label }) => label).join(' and ')} of the account${by.scope === 'solution' ? ' for the same solution' : ''}.`,
          },
          { object: 'Opportunity', filters: [...first, ...typeFilters], fields: ['Id'] },
          to(LABEL.openFound),
          jumpTo(refused),
        ),
        filterLogic: allAndAny(first.length, typeFilters.length),
      },
    ],
    decisions: [
      whenFound(
        { label: LABEL.openFound, description: 'There may be nothing to end.' },
        LABEL.open,
        { found: 'Something is open', none: 'Nothing is open' },
        to(LABEL.each),
      ),
    ],
    loops: [
      loop(
        { label: LABEL.each, description: 'One after the other.' },
        elementName(LABEL.open),
        to(LABEL.end),
        to(LABEL.save),
      ),
    ],
    assignments: [
      assignment(
        { label: LABEL.end, description: `Into ${by.stage}${by.reason === null ? '' : `: ${by.reason}`}.` },
        [
          set(`${ENDING}.Id`, reference(`${each}.Id`)),
          set(`${ENDING}.StageName`, text(by.stage)),
          ...(by.reason === null ? [] : [set(`${ENDING}.${FIELD.stageReason}`, text(by.reason))]),
          added(ALL_ENDING, reference(ENDING)),
        ],
        to(LABEL.each),
      ),
    ],
    recordUpdates: [
      updateFrom(
        { label: LABEL.save, description: 'Nobody sells more to whom has left.' },
        ALL_ENDING,
        jumpTo(refused),
      ),
    ],
  };
};

/** Their elements and where they begin. `refused` is the label of the element that a fault leads to. */
export const endOpportunities = (
  waterfall: Waterfall,
  what: Ending,
  refused: string,
): { readonly first: string; readonly elements: FlowElements } => {
  const types = ofTypes(
    waterfall,
    what.types,
    {
      look: 'Find the record types that end',
      variable: 'Ending_Record_Types',
      description: 'Record types of what ends.',
    },
    LABEL.open,
    refused,
  );
  return {
    first: types.first,
    elements: joinElements(types.elements, ending(what, types.filters, refused), {
      variables: [
        recordVariable(ENDING, 'Opportunity', 'An opportunity that ends.'),
        recordVariable(ALL_ENDING, 'Opportunity', 'All that end.', true),
      ],
    }),
  };
};
