import { TYPE_KEYS } from '../resolve.ts';
import { error, repeats } from './problem.ts';
import type { Check, Problem } from './problem.ts';

/** Stage names whose date field would be one of the automation's own fields: `Contract Start` + ` Date`. */
export const RESERVED_STAGE_NAMES: readonly string[] = ['Contract Start', 'Contract End'];

const twice = (
  what: string,
  values: readonly string[],
  path: (index: number) => readonly (string | number)[],
): readonly Problem[] =>
  repeats(values).map(({ index }) =>
    error(
      'MODEL_DUPLICATE_NAME',
      path(index),
      `The ${what} "${values[index]}" is there twice.`,
      'Rename or remove one of the two; letter case makes no difference.',
    ),
  );

export const checkNames: Check = (raw) => {
  const types = TYPE_KEYS.flatMap((key) => (raw.opportunityTypes[key] ? [{ key, ...raw.opportunityTypes[key] }] : []));
  return [
    ...twice(
      'opportunity type label',
      types.map((type) => type.label),
      (index) => ['opportunityTypes', types[index]?.key ?? '', 'label'],
    ),
    ...types.flatMap((type) =>
      twice(
        `stage of ${type.label}`,
        type.stages.map((entry) => (typeof entry === 'string' ? entry : entry.name)),
        (index) => ['opportunityTypes', type.key, 'stages', index],
      ),
    ),
    ...twice(
      'shared stage',
      raw.sharedStages.map((stage) => stage.name),
      (index) => ['sharedStages', index, 'name'],
    ),
    ...twice(
      'solution',
      raw.solutions.map((solution) => solution.name),
      (index) => ['solutions', index, 'name'],
    ),
    ...twice(
      'buying-group role',
      raw.buyingGroups.roles.map((role) => role.name),
      (index) => ['buyingGroups', 'roles', index, 'name'],
    ),
    ...twice(
      'buying group',
      raw.buyingGroups.groups.map((group) => group.name),
      (index) => ['buyingGroups', 'groups', index, 'name'],
    ),
    ...twice(
      'lead status',
      (raw.leads?.statuses ?? []).map((status) => status.name),
      (index) => ['leads', 'statuses', index, 'name'],
    ),
    ...twice(
      'promotion',
      raw.promotions.map((rule) => rule.name),
      (index) => ['promotions', index, 'name'],
    ),
    ...twice(
      'handshake',
      raw.handshakes.map((rule) => rule.name),
      (index) => ['handshakes', index, 'name'],
    ),
    ...twice(
      'Closed Won rule',
      raw.closedWon.map((rule) => rule.name),
      (index) => ['closedWon', index, 'name'],
    ),
    ...reserved(raw),
  ];
};

const reserved = (raw: Parameters<Check>[0]): readonly Problem[] =>
  [
    ...raw.sharedStages.map((stage, index) => ({ stage, path: ['sharedStages', index, 'name'] })),
    ...TYPE_KEYS.flatMap((key) =>
      (raw.opportunityTypes[key]?.stages ?? []).flatMap((entry, index) =>
        typeof entry === 'string' ? [] : [{ stage: entry, path: ['opportunityTypes', key, 'stages', index, 'name'] }],
      ),
    ),
  ]
    .filter(({ stage }) => RESERVED_STAGE_NAMES.some((name) => name.toLowerCase() === stage.name.toLowerCase()))
    .map(({ stage, path }) =>
      error(
        'MODEL_RESERVED_NAME',
        path,
        `The date field of a stage called "${stage.name}" would be one of the automation's own fields.`,
        'Choose another name for the stage.',
      ),
    );
