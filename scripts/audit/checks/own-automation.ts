import type { Finding } from '../../finding.ts';
import { componentKey } from '../../metadata/component.ts';
import { finding } from '../facts.ts';
import type { AuditFacts, Check } from '../facts.ts';

/** Standard fields that our automation writes when it creates an opportunity, or that its stages rest on. */
const STANDARD = [
  'StageName',
  'RecordTypeId',
  'CloseDate',
  'Amount',
  'Probability',
  'ForecastCategoryName',
  'Type',
  'OwnerId',
];

const fieldsOf = ({ components }: AuditFacts): readonly string[] => [
  ...STANDARD,
  ...components
    .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith('Opportunity.'))
    .map(({ fullName }) => fullName.slice('Opportunity.'.length)),
];

/** Whole names only: `Type` is not in `RecordTypeId`. */
const mentioned = (text: string, fields: readonly string[]): readonly string[] =>
  fields.filter((field) => new RegExp(`(?<![A-Za-z0-9_])${field}(?![A-Za-z0-9_])`).test(text));

export const ownFlows: Check = (facts) => {
  const fields = fieldsOf(facts);
  return facts.automation.flows.flatMap(({ name, active, metadata }): readonly Finding[] => {
    const touched = mentioned(JSON.stringify(metadata), fields);
    if (touched.length === 0) return [];
    const trigger =
      (metadata['start'] as { readonly triggerType?: string } | undefined)?.triggerType ?? 'unknown trigger';
    return [
      finding(
        active ? 'warning' : 'info',
        'AUDIT_FLOW',
        `Flow ${name}`,
        `${active ? 'An active' : 'An inactive'} flow of the org (${trigger}) works with ${touched.join(', ')}.`,
        'Read it: it runs in the same saves as ours, also when a renewal is created.',
      ),
    ];
  });
};

export const ownTriggers: Check = (facts) => {
  const fields = fieldsOf(facts);
  return facts.automation.triggers
    .filter(({ active }) => active)
    .map(({ name, body }) => {
      const touched = mentioned(body, fields);
      const works = touched.length > 0 ? ` and mentions ${touched.join(', ')}` : '';
      return finding(
        'warning',
        'AUDIT_TRIGGER',
        `ApexTrigger ${name}`,
        `A trigger runs on Opportunity${works}.`,
        'Check what it does on stage changes and on records that automation creates; its tests run in a production deploy with Apex.',
      );
    });
};

/**
 * The org's own rules bind our automation too: a renewal that one refuses becomes a task for RevOps. Ours are those of the model, and those
 * of an earlier one, which the plan has a step for.
 */
export const ownValidationRules: Check = (facts) => {
  const ours = new Set([...facts.components.map(componentKey), ...facts.plan.steps.map(({ id }) => id)]);
  const fields = fieldsOf(facts);
  return Object.values(facts.snapshot.components)
    .filter(
      (component) =>
        component.type === 'ValidationRule' &&
        !ours.has(componentKey(component)) &&
        String(component.metadata['active']) === 'true',
    )
    .flatMap(({ fullName, metadata }) => {
      const touched = mentioned(String(metadata['errorConditionFormula']), fields);
      if (touched.length === 0) return [];
      return [
        finding(
          'warning',
          'AUDIT_VALIDATION_RULE',
          `ValidationRule ${fullName}`,
          `A rule of the org binds ${touched.join(', ')}: "${String(metadata['errorMessage'])}".`,
          'Check that renewals can meet it, or except holders of our bypass permission; a refused renewal becomes a task for RevOps.',
        ),
      ];
    });
};
