/** When an opportunity that a win has created takes something over from the won one. */
import type { Copied, OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD } from '../../names.ts';
import { NOT_BYPASSED, and, anyOf, quoted, record, typeToken } from '../formula-text.ts';
import { rulesThatCreate } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';

interface Copies {
  readonly creates: OpportunityType;
  readonly rules: readonly RuleOfType[];
}

/** The rules that copy it, by the type that they create. */
export const rulesThatCopy = (waterfall: Waterfall, what: Copied): readonly Copies[] =>
  waterfall.opportunityTypes
    .map((creates) => ({
      creates,
      rules: rulesThatCreate(waterfall, creates.key).filter(({ rule }) => rule.copies.includes(what)),
    }))
    .filter(({ rules }) => rules.length > 0);

/** The key says that a win made it, and what: `renewal:…`. */
export const madeAs = (creates: OpportunityType): string =>
  `BEGINS(${record(FIELD.key)}, ${quoted(`${creates.key}:`)})`;

const sourceType = ({ typeCarrier }: Waterfall): string =>
  typeCarrier === 'recordType'
    ? record('Source_Opportunity__r.RecordType.DeveloperName')
    : `TEXT(${record('Source_Opportunity__r.Type')})`;

/**
 * Entry condition: created by a win under a rule that copies it. The type of the won opportunity is asked for only where rules that
 * create the same type do not agree.
 */
export const createdUnderRuleThatCopies = (waterfall: Waterfall, what: Copied): string =>
  and(
    NOT_BYPASSED,
    `NOT(ISBLANK(${record(FIELD.sourceOpportunity)}))`,
    anyOf(
      rulesThatCopy(waterfall, what).map(({ creates, rules }) =>
        rules.length === rulesThatCreate(waterfall, creates.key).length
          ? madeAs(creates)
          : and(
              madeAs(creates),
              anyOf(rules.map(({ type }) => `${sourceType(waterfall)} = ${typeToken(waterfall, type)}`)),
            ),
      ),
    ),
  );

/** `Renewal, Upsell`, for descriptions. */
export const typesThatCopy = (waterfall: Waterfall, what: Copied): string =>
  rulesThatCopy(waterfall, what)
    .map(({ creates }) => creates.label)
    .join(', ');
