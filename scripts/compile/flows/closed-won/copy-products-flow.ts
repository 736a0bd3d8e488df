import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FLOW } from '../../names.ts';
import { ANY_ORG } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { elementName, formula, variable } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { merge, quoted, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { listVariable, recordVariable } from '../steps.ts';
import { createdUnderRuleThatCopies, madeAs, rulesThatCopy, typesThatCopy } from './follow-up-copies.ts';
import { FIRST, RESOURCE, choosing, ending, lookups, pricing } from './product-steps.ts';

/** Whether a win's renewal takes products over, so that the mark on products is asked for. */
export const copiesRenewableProducts = (waterfall: Waterfall): boolean =>
  rulesThatCopy(waterfall, 'products').some(({ creates }) => creates.key === 'renewal');

/**
 * After the creation of an opportunity that a win has created: its products are those of the won one, a renewal's only the renewable ones,
 * in the quantity that was sold and at the price that the price book has now. Three queries and one insert for a batch.
 *
 * The price book came with the creation, since it has to be there before the first line (Object Reference, OpportunityLineItem); one that
 * is no longer active did not, and no line finds a price then. An opportunity with products has their sum as its amount, and the platform
 * ignores what else is written there (Object Reference, Opportunity, Amount): the amount rule of the model therefore holds for opportunities
 * without products, and its uplift belongs into the price book.
 */
export const copyProductsFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null => {
  const copying = rulesThatCopy(waterfall, 'products');
  const [first] = copying;
  if (!first) return null;
  const renewal = copying.find(({ creates }) => creates.key === 'renewal')?.creates;
  const renewals = !renewal ? 'none' : copying.length === 1 ? 'all' : 'some';
  return recordTriggeredFlow({
    name: FLOW.copyProducts,
    label: 'Waterfall: Copy Products',
    description:
      `Gives an opportunity that a win has created (${typesThatCopy(waterfall, 'products')}) the products of the won one` +
      `${renewal ? `, a ${renewal.label} only the renewable ones` : ''}: quantities as sold, prices from active price book entries. The ` +
      `amount is then the sum of the products. What has no price, or is refused, is told to RevOps, and the rest copied. ${COMPILED}`,
    source: first.rules[0]!.rule.source,
    order: ORDER.last,
    start: {
      first: elementName(FIRST),
      filterFormula: createdUnderRuleThatCopies(waterfall, 'products'),
      object: 'Opportunity',
      on: 'Create',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      ...joinElements(lookups(org, renewal !== undefined), choosing(renewals), pricing, ending),
      formulas: [
        formula(
          RESOURCE.subject,
          'String',
          'What the task is about.',
          `${quoted('Products not copied completely: ')} & ${record('Name')}`,
        ),
        formula(
          RESOURCE.withoutPrice,
          'String',
          'What is missing and where.',
          `IF(ISBLANK(${record('Pricebook2Id')}), "The price book of the won opportunity is not active.", ` +
            `"The price book has no active price.") & " Not copied: " & ${merge(RESOURCE.missing)}`,
        ),
        ...(renewal && renewals === 'some'
          ? [formula(RESOURCE.isRenewal, 'Boolean', 'Whether this is a renewal.', madeAs(renewal))]
          : []),
      ],
      variables: [
        listVariable(RESOURCE.ids, 'Products of the won opportunity.'),
        listVariable(RESOURCE.wanted, 'Those that go along.'),
        recordVariable(RESOURCE.line, 'OpportunityLineItem', 'The line that is being put together.'),
        recordVariable(RESOURCE.lines, 'OpportunityLineItem', 'The lines to create.', true),
        variable(RESOURCE.priced, 'String', 'The line that has found its price last.'),
        variable(RESOURCE.missing, 'String', 'Lines without a price.'),
        variable(RESOURCE.reason, 'String', 'Why it could not be copied.'),
      ],
    },
  });
};
