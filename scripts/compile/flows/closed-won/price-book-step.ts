import type { Waterfall } from '../../../model/waterfall.ts';
import {
  assignment,
  condition,
  fieldValue,
  formula,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { and, anyOf, record, through, typeIs } from '../formula-text.ts';
import type { RuleOfType } from './won-rules.ts';

const LABEL = { active: 'Does an active price book go along?', take: 'Take the price book along' } as const;

const TAKES = 'Takes_Price_Book';
const PRICE_BOOK = 'Price_Book_Id';

export interface PriceBookStep {
  /** The label of the element to go to. */
  readonly first: string;
  readonly elements: FlowElements;
  readonly values: readonly ReturnType<typeof fieldValue>[];
}

/**
 * The price book of what is created, where a rule copies products: it has to be there before the first line (Object Reference,
 * OpportunityLineItem, PricebookEntryId). One that is no longer active stays behind, so that it keeps no opportunity from being created. A
 * variable that was never set rather than a formula that gives nothing: a lookup takes no empty text.
 */
export const priceBookStep = (waterfall: Waterfall, rules: readonly RuleOfType[], next: string): PriceBookStep => {
  const copying = rules.filter(({ rule }) => rule.copies.includes('products'));
  if (copying.length === 0) return { first: next, elements: {}, values: [] };
  const isActive = through('Pricebook2Id', record('Pricebook2.IsActive'), 'FALSE');
  return {
    first: LABEL.active,
    elements: {
      decisions: [
        question(
          { label: LABEL.active, description: 'Products are copied only from an active price book.' },
          {
            label: 'It goes along',
            description: 'The rule copies products and the price book is active.',
            logic: 'and',
            conditions: [condition(TAKES, 'EqualTo', yesNo(true))],
            connector: to(LABEL.take),
          },
          { label: 'It stays behind', connector: to(next) },
        ),
      ],
      assignments: [
        assignment(
          { label: LABEL.take, description: 'For the products that are copied after the creation.' },
          [set(PRICE_BOOK, reference('$Record.Pricebook2Id'))],
          to(next),
        ),
      ],
      formulas: [
        formula(
          TAKES,
          'Boolean',
          'Whether the rule copies products and the price book they come from is active.',
          // CASE gives no Boolean (help: "CASE"), so the types are asked one by one.
          copying.length === rules.length
            ? isActive
            : and(anyOf(copying.map(({ type }) => typeIs(waterfall, type))), isActive),
        ),
      ],
      variables: [variable(PRICE_BOOK, 'String', 'The price book that goes along; never set where none does.')],
    },
    values: [fieldValue('Pricebook2Id', reference(PRICE_BOOK))],
  };
};
