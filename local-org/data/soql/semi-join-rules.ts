import type { Condition } from './ast.ts';
import { soqlError } from './soql-error.ts';

type Join = Extract<Condition, { kind: 'join' }>;

/** DOC soql-sosl/comparison-operators "Considerations for Semi-Join and Anti-Join Queries": the basic limits. */
const MOST_JOINS = 2;

/** Texts as public logs show them; https://github.com/UnofficialSF/LightningFlowComponents/issues/1132 for the first. */
const TEXTS = {
  nested:
    'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
  /** A join inside another; public logs. */
  inside: 'Nesting of semi join sub-selects is not supported',
  withOr: "Semi join sub-selects are not allowed with the 'OR' operator",
  tooMany: `Maximum ${MOST_JOINS} semi join sub-selects are allowed`,
  sameObject: 'The inner and outer selects should not be on the same object type',
  left: 'The left operand field in the where expression for outer query should be an id field, cannot be a relationship field or any other field type',
};

function joinsIn(condition: Condition): readonly Join[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.terms.flatMap(joinsIn);
    case 'not':
      return joinsIn(condition.term);
    case 'join':
      return [condition];
    default:
      return [];
  }
}

/** DOC soql-sosl/having: "A HAVING clause can't contain any semi-join or anti-join subqueries." */
export function refuseJoins(text: string, condition: Condition): void {
  const [join] = joinsIn(condition);
  if (join) throw soqlError('MALFORMED_QUERY', text, join.at, TEXTS.nested);
}

/**
 * Refuses semi- and anti-joins where the platform does: anywhere but among the top AND terms, more than two, one inside
 * another, on the same object, over a relationship on the left. `object` is the one that is queried.
 */
export function checkSemiJoins(text: string, object: string, condition: Condition): void {
  const joins = joinsIn(condition);
  if (joins.length === 0) return;
  const top = condition.kind === 'and' ? condition.terms : [condition];
  const refuse = (join: Join, reason: string, code = 'MALFORMED_QUERY'): never => {
    throw soqlError(code, text, join.at, reason);
  };
  for (const join of joins) {
    if (condition.kind === 'or' && condition.terms.includes(join)) refuse(join, TEXTS.withOr);
    if (!top.includes(join)) refuse(join, TEXTS.nested);
    if (join.query.where && joinsIn(join.query.where).length > 0) refuse(join, TEXTS.inside);
    if (join.query.from.name.toLowerCase() === object.toLowerCase()) refuse(join, TEXTS.sameObject);
    // The name or alias of the queried object may stand before the field.
    const path = join.left.kind === 'path' ? join.left.path : [];
    if (path.length > 1 && path[0]?.toLowerCase() !== object.toLowerCase()) refuse(join, TEXTS.left);
  }
  const third = joins[MOST_JOINS];
  if (third) refuse(third, TEXTS.tooMany, 'EXCEEDED_MAX_SEMIJOIN_SUBSELECTS');
}
