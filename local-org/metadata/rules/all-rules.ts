import { customFieldRule } from './custom-field.ts';
import { businessProcessRule, recordTypeRule } from './record-type.ts';
import type { Rule } from './rule.ts';
import { globalValueSetRule, standardValueSetRule } from './value-sets.ts';

/** The rule of each type; types without one are held to the schema alone. */
export const RULES: Readonly<Record<string, Rule>> = {
  BusinessProcess: businessProcessRule,
  CustomField: customFieldRule,
  GlobalValueSet: globalValueSetRule,
  RecordType: recordTypeRule,
  StandardValueSet: standardValueSetRule,
};
