/** Steps and filters of a flow that looks for opportunities of some of the model's types. */
import type { FlowRecordFilter } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../../model/waterfall.ts';
import { recordTypeName } from '../names.ts';
import { assignment, elementName, equals, jumpTo, reference, text, to } from './elements.ts';
import type { FlowElements } from './flow-shell.ts';
import { added } from './number-and-list-steps.ts';
import { filter, getAll, listVariable, loop, whenFound } from './steps.ts';

const LABEL = {
  found: 'Are the record types there?',
  each: 'Each record type',
  keep: 'Remember the record type',
} as const;

interface OfTypes {
  /** Where the steps begin; `next` where none are needed. */
  readonly first: string;
  readonly elements: FlowElements;
  /** Any of these, together with the filters that all have to hold. */
  readonly filters: readonly Authored<FlowRecordFilter>[];
}

/** `1 AND 2 AND (3 OR 4)`: the first filters all of them, of the others any. */
export const allAndAny = (all: number, any: number): string => {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => String(from + index));
  return `${numbers(1, all).join(' AND ')} AND (${numbers(all + 1, any).join(' OR ')})`;
};

/**
 * By record type ids that are looked up first, found by developer name since ids differ from org to org; or by the Type field. `look` and
 * `variable` name that look-up and the list of ids, `next` is the label of the step that uses the filters, `refused` that of the step that a
 * fault leads to.
 */
export const ofTypes = (
  waterfall: Waterfall,
  types: readonly OpportunityType[],
  named: { readonly look: string; readonly variable: string; readonly description: string },
  next: string,
  refused: string,
): OfTypes =>
  waterfall.typeCarrier === 'typeField'
    ? { first: next, elements: {}, filters: types.map(({ typeValue }) => equals('Type', text(typeValue))) }
    : {
        first: named.look,
        filters: [filter('RecordTypeId', 'In', reference(named.variable))],
        elements: {
          recordLookups: [
            {
              ...getAll(
                { label: named.look, description: 'Found by developer name, since ids differ from org to org.' },
                {
                  object: 'RecordType',
                  filters: [
                    equals('SobjectType', text('Opportunity')),
                    ...types.map((type) => equals('DeveloperName', text(recordTypeName(type)))),
                  ],
                  fields: ['Id'],
                },
                to(LABEL.found),
                jumpTo(refused),
              ),
              filterLogic: allAndAny(1, types.length),
            },
          ],
          decisions: [
            whenFound(
              {
                label: LABEL.found,
                description: 'Without record types of these names nothing of them can be open.',
              },
              named.look,
              { found: 'They are there', none: 'None', description: 'The look-up found them.' },
              to(LABEL.each),
            ),
          ],
          loops: [
            loop(
              { label: LABEL.each, description: 'Collects the ids.' },
              elementName(named.look),
              to(LABEL.keep),
              to(next),
            ),
          ],
          assignments: [
            assignment(
              { label: LABEL.keep, description: 'For the look-up.' },
              [added(named.variable, reference(`${elementName(LABEL.each)}.Id`))],
              to(LABEL.each),
            ),
          ],
          variables: [listVariable(named.variable, named.description)],
        },
      };
