import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { OrgError } from '../../org/types.ts';
import type { MetadataOrg } from '../../org/metadata-org.ts';
import type { ObjectDescription, Org } from '../../org/types.ts';
import type { CheckRow } from '../types.ts';

/** Verifying reads metadata where the connection can, for what no query tells. */
export type VerifiedOrg = Org & Partial<Pick<MetadataOrg, 'retrieve'>>;

export interface CheckContext {
  readonly org: VerifiedOrg;
  readonly waterfall: Waterfall;
  /** What the model compiles to: what has to be there. */
  readonly components: readonly Component[];
  /** Whether the one layout of a model without record types is the admin's to assign, or not. */
  readonly layoutByHand: boolean;
  /** Opportunity, as the running user sees it. */
  readonly opportunity: ObjectDescription;
}

export interface Check {
  readonly title: string;
  readonly run: (context: CheckContext) => Promise<readonly CheckRow[]>;
}

/** One thing looked up: passed when `actual` says what `expected` says. */
export const checkRow = (check: string, place: string, expected: string, actual: string, action: string): CheckRow => ({
  check,
  place,
  expected,
  actual,
  status: expected === actual ? 'passed' : 'failed',
  action: expected === actual ? '' : action,
});

/** A check that the org does not answer tells so instead of stopping the others. */
export const runCheck = async (check: Check, context: CheckContext): Promise<readonly CheckRow[]> => {
  try {
    return await check.run(context);
  } catch (problem) {
    if (!(problem instanceof OrgError)) throw problem;
    return [
      {
        check: check.title,
        place: context.org.identity.name,
        expected: 'an answer',
        actual: problem.message,
        status: 'unknown',
        action: problem.action,
      },
    ];
  }
};

export const namesOfType = (components: readonly Component[], type: string): readonly string[] =>
  components.filter((component) => component.type === type).map(({ fullName }) => fullName);
