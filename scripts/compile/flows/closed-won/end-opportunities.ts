/** The steps by which a lost renewal ends what is open at the account. */
import type { FlowRecordFilter } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { LostRenewal, OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, recordTypeName } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  jumpTo,
  question,
  reference,
  set,
  text,
  to,
  yesNo,
} from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { filter, getAll, listVariable, loop, recordVariable, updateFrom } from '../steps.ts';

const LABEL = {
  types: 'Find the record types that end',
  typesFound: 'Are the record types there?',
  eachType: 'Each record type',
  keepType: 'Remember the record type',
  open: 'Find what is open',
  openFound: 'Is something open?',
  each: 'Each open opportunity',
  end: 'End it',
  save: 'Save what ends',
} as const;

const TYPE_IDS = 'Ending_Record_Types';
const ENDING = 'Ending_Opportunity';
const ALL_ENDING = 'Ending_Opportunities';

const ACCOUNT = '$Record.AccountId';
const each = elementName(LABEL.each);

/** What ends, where, and how. */
export interface Ending {
  readonly by: LostRenewal;
  readonly types: readonly OpportunityType[];
}

/** The types that end, as a filter on opportunities: by record type ids that were looked up, or by the Type field. */
const ofTypes = (waterfall: Waterfall, types: readonly OpportunityType[]): readonly Authored<FlowRecordFilter>[] =>
  waterfall.typeCarrier === 'recordType'
    ? [filter('RecordTypeId', 'In', reference(TYPE_IDS))]
    : types.map(({ typeValue }) => equals('Type', text(typeValue)));

const recordTypes = ({ types }: Ending, refused: string): FlowElements => ({
  recordLookups: [
    {
      ...getAll(
        { label: LABEL.types, description: 'Found by developer name, since ids differ from org to org.' },
        {
          object: 'RecordType',
          filters: [
            equals('SobjectType', text('Opportunity')),
            ...types.map((type) => equals('DeveloperName', text(recordTypeName(type)))),
          ],
          fields: ['Id'],
        },
        to(LABEL.typesFound),
        jumpTo(refused),
      ),
      filterLogic: `1 AND (${types.map((_, index) => String(index + 2)).join(' OR ')})`,
    },
  ],
  decisions: [
    question(
      { label: LABEL.typesFound, description: 'Without record types of these names nothing of them can be open.' },
      {
        label: 'They are there',
        description: 'The look-up found them.',
        logic: 'and',
        conditions: [condition(elementName(LABEL.types), 'IsNull', yesNo(false))],
        connector: to(LABEL.eachType),
      },
      { label: 'None' },
    ),
  ],
  loops: [
    loop(
      { label: LABEL.eachType, description: 'Collects the ids.' },
      elementName(LABEL.types),
      to(LABEL.keepType),
      to(LABEL.open),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.keepType, description: 'For the look-up.' },
      [{ assignToReference: TYPE_IDS, operator: 'Add', value: reference(`${elementName(LABEL.eachType)}.Id`) }],
      to(LABEL.eachType),
    ),
  ],
});

const ending = (waterfall: Waterfall, { by, types }: Ending, refused: string): FlowElements => {
  const typeFilters = ofTypes(waterfall, types);
  const first = [
    equals('AccountId', reference(ACCOUNT)),
    equals('IsClosed', yesNo(false)),
    ...(by.scope === 'solution' ? [equals(FIELD.solution, reference(`$Record.${FIELD.solution}`))] : []),
  ];
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => String(from + index));
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
        filterLogic: `${numbers(1, first.length).join(' AND ')} AND (${numbers(first.length + 1, typeFilters.length).join(' OR ')})`,
      },
    ],
    decisions: [
      question(
        { label: LABEL.openFound, description: 'There may be nothing to end.' },
        {
          label: 'Something is open',
          description: 'The look-up found some.',
          logic: 'and',
          conditions: [condition(elementName(LABEL.open), 'IsNull', yesNo(false))],
          connector: to(LABEL.each),
        },
        { label: 'Nothing is open' },
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
          { assignToReference: ALL_ENDING, operator: 'Add', value: reference(ENDING) },
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
  const looksUp = waterfall.typeCarrier === 'recordType';
  return {
    first: looksUp ? LABEL.types : LABEL.open,
    elements: joinElements(looksUp ? recordTypes(what, refused) : {}, ending(waterfall, what, refused), {
      variables: [
        ...(looksUp ? [listVariable(TYPE_IDS, 'Record types of what ends.')] : []),
        recordVariable(ENDING, 'Opportunity', 'An opportunity that ends.'),
        recordVariable(ALL_ENDING, 'Opportunity', 'All that end.', true),
      ],
    }),
  };
};
