/** A SOQL query as written. `at` is an offset into the text, for error positions. */

export interface PathExpression {
  readonly kind: 'path';
  readonly path: readonly string[];
  readonly at: number;
}

export interface CallExpression {
  readonly kind: 'call';
  /** Upper case. */
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: number;
}

export type Expression = PathExpression | CallExpression;

export type SelectItem =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: string | null; readonly at: number }
  | { readonly kind: 'subquery'; readonly query: Query; readonly at: number }
  | {
      readonly kind: 'typeof';
      /** Relationship path: `What`, `Opportunity.Owner`. */
      readonly path: readonly string[];
      readonly branches: readonly TypeofBranch[];
      readonly at: number;
    }
  | { readonly kind: 'fields'; readonly group: 'ALL' | 'STANDARD' | 'CUSTOM'; readonly at: number };

/** `WHEN Account THEN Phone, Name`; ELSE has no object. */
export interface TypeofBranch {
  readonly object: string | null;
  readonly fields: readonly PathExpression[];
  readonly at: number;
}

export type Literal =
  | { readonly kind: 'string'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'date'; readonly value: string; readonly at: number }
  /** `value` in UTC with milliseconds. */
  | { readonly kind: 'datetime'; readonly value: string; readonly at: number }
  /** `LAST_N_DAYS` with `count`, `TODAY` without. */
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly count: number | null; readonly at: number }
  /** A value that did not come from text: its type is the field's own. */
  | { readonly kind: 'value'; readonly value: string | number | boolean; readonly at: number };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | {
      readonly kind: 'compare';
      readonly left: Expression;
      readonly operator: Operator;
      readonly right: Literal;
      readonly at: number;
    }
  | {
      readonly kind: 'list';
      readonly left: Expression;
      readonly operator: Operator;
      readonly right: readonly Literal[];
      readonly at: number;
    }
  | {
      readonly kind: 'join';
      readonly left: Expression;
      readonly operator: 'IN' | 'NOT IN';
      readonly query: Query;
      readonly at: number;
    };

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nulls: 'FIRST' | 'LAST' | null;
}

export interface Query {
  readonly select: readonly SelectItem[];
  /** Object, or in a child subquery the relationship. */
  readonly from: { readonly name: string; readonly alias: string | null; readonly at: number };
  readonly where: Condition | null;
  /** USING SCOPE, in lower case; null when not said. */
  readonly scope: string | null;
  readonly groupBy: readonly Expression[];
  /** Subtotals of the grouping. */
  readonly subtotals: 'ROLLUP' | 'CUBE' | null;
  readonly having: Condition | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: number | null;
}
