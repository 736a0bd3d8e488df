/** The steps that take products over: which go along, what they cost today, and what has no price. */
import { FIELD, PRODUCT_FIELD } from '../../names.ts';
import { CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import {
  assignment,
  condition,
  elementName,
  jumpTo,
  keepFault,
  question,
  reference,
  set,
  text,
  to,
  yesNo,
} from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { added } from '../number-and-list-steps.ts';
import { createFrom, filter, getAll, loop, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';

const LABEL = {
  lines: 'Find the product lines',
  linesFound: 'Are there product lines?',
  eachId: 'Each line for its product',
  keepId: 'Remember the product',
  products: 'Find the products',
  productsFound: 'Are there products to take over?',
  eachProduct: 'Each product',
  wanted: 'Does it go along?',
  keepProduct: 'Take it along',
  prices: 'Find active prices',
  pricesFound: 'Are there active prices?',
  eachLine: 'Each line',
  lineWanted: 'Does its product go along?',
  eachPrice: 'Each price',
  fits: 'Is it the price of the product?',
  add: 'Add the line',
  priced: 'Has it found its price?',
  unpriced: 'Note that there is no price',
  any: 'Is there a line to create?',
  create: 'Create the lines',
  incomplete: 'Is a price missing?',
  say: 'Say which prices are missing',
  refused: 'Note why it was refused',
  tell: 'Tell RevOps',
} as const;

/** Where the work begins. */
export const FIRST = LABEL.lines;

/** Names of the variables and formulas that the steps use. */
export const RESOURCE = {
  ids: 'Product_Ids',
  wanted: 'Wanted_Product_Ids',
  line: 'New_Line',
  lines: 'New_Lines',
  priced: 'Priced_Line',
  missing: 'Lines_Without_Price',
  reason: 'Refusal_Reason',
  subject: 'Task_Subject',
  withoutPrice: 'Without_Price',
  isRenewal: 'Is_Renewal',
} as const;

const name = elementName;

export const lookups = (org: OrgFacts, renewable: boolean): Pick<FlowElements, 'recordLookups' | 'decisions'> => ({
  recordLookups: [
    getAll(
      { label: LABEL.lines, description: 'What the won opportunity sold.' },
      {
        object: 'OpportunityLineItem',
        filters: [filter('OpportunityId', 'EqualTo', reference(`$Record.${FIELD.sourceOpportunity}`))],
        fields: ['Id', 'Name', 'Product2Id', 'Quantity'],
      },
      to(LABEL.linesFound),
      jumpTo(LABEL.refused),
    ),
    getAll(
      { label: LABEL.products, description: 'What is to be known of these products.' },
      {
        object: 'Product2',
        filters: [filter('Id', 'In', reference(RESOURCE.ids))],
        fields: ['Id', ...(renewable ? [PRODUCT_FIELD.renewable] : [])],
      },
      to(LABEL.productsFound),
      jumpTo(LABEL.refused),
    ),
    getAll(
      {
        label: LABEL.prices,
        description:
          'Active entries of the price book of this opportunity' + (org.multiCurrency ? ', in its currency.' : '.'),
      },
      {
        object: 'PricebookEntry',
        filters: [
          filter('Pricebook2Id', 'EqualTo', reference('$Record.Pricebook2Id')),
          filter('Product2Id', 'In', reference(RESOURCE.wanted)),
          filter('IsActive', 'EqualTo', yesNo(true)),
          ...(org.multiCurrency ? [filter(CURRENCY, 'EqualTo', reference(`$Record.${CURRENCY}`))] : []),
        ],
        fields: ['Id', 'Product2Id', 'UnitPrice'],
      },
      to(LABEL.pricesFound),
      jumpTo(LABEL.refused),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.linesFound, description: 'Many opportunities have no products.' },
      LABEL.lines,
      { found: 'There are lines', none: 'No lines' },
      to(LABEL.eachId),
    ),
    whenFound(
      { label: LABEL.productsFound, description: 'Whether the look-up found any.' },
      LABEL.products,
      { found: 'There are products', none: 'No products' },
      to(LABEL.eachProduct),
    ),
    whenFound(
      { label: LABEL.pricesFound, description: 'Without any, each line is noted as one without a price.' },
      LABEL.prices,
      { found: 'There are prices', none: 'No prices' },
      to(LABEL.eachLine),
      jumpTo(LABEL.eachLine),
    ),
  ],
});

/** Which products go along: for a renewal only those that are renewable. */
export const choosing = (
  renewals: 'all' | 'some' | 'none',
): Pick<FlowElements, 'assignments' | 'decisions' | 'loops'> => ({
  loops: [
    loop(
      { label: LABEL.eachId, description: 'Collects the products.' },
      name(LABEL.lines),
      to(LABEL.keepId),
      to(LABEL.products),
    ),
    loop(
      { label: LABEL.eachProduct, description: 'Decides which go along.' },
      name(LABEL.products),
      to(renewals === 'none' ? LABEL.keepProduct : LABEL.wanted),
      to(LABEL.prices),
    ),
  ],
  decisions:
    renewals === 'none'
      ? []
      : [
          question(
            { label: LABEL.wanted, description: 'A renewal takes over what is renewable.' },
            {
              label: 'It goes along',
              description:
                'The product is marked as renewable' + (renewals === 'some' ? ', or this is no renewal.' : '.'),
              logic: 'or',
              conditions: [
                condition(`${name(LABEL.eachProduct)}.${PRODUCT_FIELD.renewable}`, 'EqualTo', yesNo(true)),
                ...(renewals === 'some' ? [condition(RESOURCE.isRenewal, 'EqualTo', yesNo(false))] : []),
              ],
              connector: to(LABEL.keepProduct),
            },
            { label: 'It stays behind', connector: to(LABEL.eachProduct) },
          ),
        ],
  assignments: [
    assignment(
      { label: LABEL.keepId, description: 'For the look-up.' },
      [added(RESOURCE.ids, reference(`${name(LABEL.eachId)}.Product2Id`))],
      to(LABEL.eachId),
    ),
    assignment(
      { label: LABEL.keepProduct, description: 'For the look-up of prices.' },
      [added(RESOURCE.wanted, reference(`${name(LABEL.eachProduct)}.Id`))],
      to(LABEL.eachProduct),
    ),
  ],
});

/** Each line that goes along gets the price of its product; one without a price is noted. */
export const pricing: Pick<FlowElements, 'assignments' | 'decisions' | 'loops'> = {
  loops: [
    loop(
      { label: LABEL.eachLine, description: 'A product may stand in several lines.' },
      name(LABEL.lines),
      to(LABEL.lineWanted),
      to(LABEL.any),
    ),
    loop(
      { label: LABEL.eachPrice, description: 'A product has at most one in a price book.' },
      name(LABEL.prices),
      to(LABEL.fits),
      to(LABEL.priced),
    ),
  ],
  decisions: [
    question(
      { label: LABEL.lineWanted, description: 'Only products that go along.' },
      {
        label: 'Its product goes along',
        description: 'It is among those chosen.',
        logic: 'and',
        conditions: [condition(RESOURCE.wanted, 'Contains', reference(`${name(LABEL.eachLine)}.Product2Id`))],
        connector: to(LABEL.eachPrice),
      },
      { label: 'Left behind', connector: to(LABEL.eachLine) },
    ),
    question(
      { label: LABEL.fits, description: 'Prices and lines meet in the product.' },
      {
        label: 'It is the price',
        description: 'Same product.',
        logic: 'and',
        conditions: [
          condition(`${name(LABEL.eachPrice)}.Product2Id`, 'EqualTo', reference(`${name(LABEL.eachLine)}.Product2Id`)),
        ],
        connector: to(LABEL.add),
      },
      { label: 'Of another product', connector: to(LABEL.eachPrice) },
    ),
    question(
      { label: LABEL.priced, description: 'Whether a price was found for this line.' },
      {
        label: 'It has its price',
        description: 'The line was added.',
        logic: 'and',
        conditions: [condition(RESOURCE.priced, 'EqualTo', reference(`${name(LABEL.eachLine)}.Id`))],
        connector: to(LABEL.eachLine),
      },
      { label: 'No price', connector: to(LABEL.unpriced) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.add, description: 'The quantity that was sold, at the price of today.' },
      [
        set(`${RESOURCE.line}.OpportunityId`, reference('$Record.Id')),
        set(`${RESOURCE.line}.PricebookEntryId`, reference(`${name(LABEL.eachPrice)}.Id`)),
        set(`${RESOURCE.line}.Quantity`, reference(`${name(LABEL.eachLine)}.Quantity`)),
        set(`${RESOURCE.line}.UnitPrice`, reference(`${name(LABEL.eachPrice)}.UnitPrice`)),
        added(RESOURCE.lines, reference(RESOURCE.line)),
        set(RESOURCE.priced, reference(`${name(LABEL.eachLine)}.Id`)),
      ],
      to(LABEL.eachPrice),
    ),
    assignment(
      { label: LABEL.unpriced, description: 'RevOps will be told; the other lines are copied.' },
      [added(RESOURCE.missing, reference(`${name(LABEL.eachLine)}.Name`)), added(RESOURCE.missing, text('; '))],
      to(LABEL.eachLine),
    ),
  ],
};

export const ending: Pick<FlowElements, 'assignments' | 'decisions' | 'recordCreates' | 'subflows'> = {
  decisions: [
    question(
      { label: LABEL.any, description: 'There may be no line that goes along with a price.' },
      {
        label: 'There is a line to create',
        description: 'At least one was added.',
        logic: 'and',
        conditions: [condition(RESOURCE.lines, 'IsEmpty', yesNo(false))],
        connector: to(LABEL.create),
      },
      { label: 'None', connector: to(LABEL.incomplete) },
    ),
    question(
      { label: LABEL.incomplete, description: 'What was not copied for want of a price.' },
      {
        label: 'A price is missing',
        description: 'At least one line was noted.',
        logic: 'and',
        conditions: [condition(RESOURCE.missing, 'IsBlank', yesNo(false))],
        connector: to(LABEL.say),
      },
      { label: 'Complete' },
    ),
  ],
  recordCreates: [
    createFrom(
      { label: LABEL.create, description: 'The platform adds them up into the amount.' },
      RESOURCE.lines,
      jumpTo(LABEL.refused),
      to(LABEL.incomplete),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.say, description: 'The reason, with the lines.' },
      [set(RESOURCE.reason, reference(RESOURCE.withoutPrice))],
      to(LABEL.tell),
    ),
    keepFault(LABEL.refused, RESOURCE.reason, jumpTo(LABEL.tell)),
  ],
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'A task that says whose products are incomplete and why.' },
      {
        recordId: reference('$Record.Id'),
        subject: reference(RESOURCE.subject),
        reason: reference(RESOURCE.reason),
        whatToDo: text('Compare the products with those of the source opportunity, and add by hand what is missing.'),
        otherwise: reference('$Record.OwnerId'),
      },
    ),
  ],
};
