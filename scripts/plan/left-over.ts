/**
 * What an earlier model brought and this one leaves out. The plan adds and changes; it takes nothing out of an org, so that such flows go
 * on running and such rules go on refusing until an admin, or a rollback, ends it.
 */
import { FLOW } from '../compile/names.ts';
import type { Finding } from '../finding.ts';
import type { Component } from '../metadata/component.ts';
import type { Snapshot } from '../org/snapshot.ts';

type Key = Pick<Component, 'type' | 'fullName'>;

/** The flows that other models compile to, for the snapshot to look for. */
export const flowsLeftOut = (components: readonly Key[]): readonly Key[] =>
  Object.values(FLOW)
    .filter((name) => !components.some(({ type, fullName }) => type === 'Flow' && fullName === name))
    .map((fullName) => ({ type: 'Flow', fullName }));

const OUR_RULE = 'Opportunity.Waterfall_';

const leftOver = (code: string, names: readonly string[], what: string, action: string): readonly Finding[] =>
  names.length === 0
    ? []
    : [
        {
          severity: 'warning',
          code,
          message: `The model leaves out what the org has from an earlier one, and ${what}: ${names.join(', ')}.`,
          place:
            code === 'PLAN_FLOWS_LEFT_OVER'
              ? 'Setup > Flows'
              : 'Setup > Object Manager > Opportunity > Validation Rules',
          action,
        },
      ];

export const leftOverFindings = (
  components: readonly Key[],
  { flows, components: inOrg }: Pick<Snapshot, 'flows' | 'components'>,
): readonly Finding[] => {
  const wanted = new Set(components.map(({ type, fullName }) => `${type}:${fullName}`));
  const running = flows
    .filter(({ name, activeVersionId }) => activeVersionId !== null && !wanted.has(`Flow:${name}`))
    .map(({ name }) => name);
  const refusing = Object.values(inOrg)
    .filter(
      ({ type, fullName }) =>
        type === 'ValidationRule' && fullName.startsWith(OUR_RULE) && !wanted.has(`${type}:${fullName}`),
    )
    .filter(({ metadata }) => String(metadata['active']) === 'true')
    .map(({ fullName }) => fullName.slice('Opportunity.'.length));
  return [
    ...leftOver(
      'PLAN_FLOWS_LEFT_OVER',
      running,
      'its flows go on running',
      'Deactivate them after the deployment, or roll the runs of the earlier model back first (npx waterfall runs).',
    ),
    ...leftOver(
      'PLAN_RULES_LEFT_OVER',
      refusing,
      'its validation rules go on refusing',
      'Deactivate them after the deployment, or roll the runs of the earlier model back first (npx waterfall runs).',
    ),
  ];
};
