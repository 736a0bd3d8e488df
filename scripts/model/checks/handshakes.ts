import type { Handshake, Stage } from '../waterfall.ts';
import { developerName } from '../developer-name.ts';
import { error, repeats } from './problem.ts';
import type { Check, Problem } from './problem.ts';
import { stagesOf } from './transitions.ts';

/** Length of Group.Name, which a queue's label is (Object Reference, Group). */
const QUEUE_NAME_MAX = 40;
/** Hours in a day of an SLA in business days. */
const HOURS = 24;

const hoursOf = ({ sla }: Handshake): number => (sla.unit === 'hours' ? sla.amount : sla.amount * HOURS);

const assignment = (rule: Handshake, path: Problem['path']): readonly Problem[] => {
  const { by, value } = rule.assignment;
  const at = [...path, 'assignment', by];
  if (by === 'queue' && (value.length > QUEUE_NAME_MAX || !/^[A-Za-z]/.test(developerName(value)))) {
    return [
      error(
        'MODEL_HANDSHAKE_QUEUE',
        at,
        `"${value}" cannot be the name of a queue.`,
        `Give it at most ${String(QUEUE_NAME_MAX)} characters that begin with a letter.`,
      ),
    ];
  }
  return by === 'accountField' && !value.endsWith('__c') && value !== 'OwnerId'
    ? [
        error(
          'MODEL_HANDSHAKE_FIELD',
          at,
          `"${value}" is no field of Account that holds a user.`,
          'Name a custom user lookup (Account_Executive__c), which is created where it is missing, or OwnerId.',
        ),
      ]
    : [];
};

const reminder = (rule: Handshake, path: Problem['path']): readonly Problem[] =>
  rule.onSilence.remindHoursBefore < hoursOf(rule)
    ? []
    : [
        error(
          'MODEL_HANDSHAKE_REMINDER',
          [...path, 'sla'],
          `"${rule.name}" would remind ${String(rule.onSilence.remindHoursBefore)} hours before the end of ${String(hoursOf(rule))} hours, which is before it begins.`,
          'Give onSilence.remindHoursBefore fewer hours than the SLA has.',
        ),
      ];

/** Where it is given and where it goes back to: an open stage, and one before it that takes it as it is. */
const stages = (rule: Handshake, ofType: readonly Stage[], path: Problem['path']): readonly Problem[] => {
  const stage = ofType.find(({ name }) => name === rule.stage);
  const back = ofType.find(({ name }) => name === rule.onReject.stage);
  if (!stage || !back) return [];
  return [
    ...(stage.outcome === 'open'
      ? []
      : [
          error(
            'MODEL_HANDSHAKE_CLOSED',
            [...path, 'stage'],
            `"${stage.name}" is ${stage.outcome}: nobody takes over what is closed.`,
            'Name an open stage.',
          ),
        ]),
    ...(back.reasons.length > 0 || back.comesBackTo !== null
      ? [
          error(
            'MODEL_HANDSHAKE_REJECT_REASON',
            [...path, 'onReject', 'stage'],
            `"${back.name}" asks for a reason or a date of its own, which a rejection does not have.`,
            "Name a step of the giver's without reasons.",
          ),
        ]
      : []),
    ...(back.kind === 'step' && stage.kind === 'step' && ofType.indexOf(back) >= ofType.indexOf(stage)
      ? [
          error(
            'MODEL_HANDSHAKE_REJECT_FORWARD',
            [...path, 'onReject', 'stage'],
            `"${back.name}" does not come before "${stage.name}", so that a rejection would move the opportunity on.`,
            'Name an earlier step of the giver.',
          ),
        ]
      : []),
  ];
};

/** Handshakes: who is asked can exist, when is in time, and each is told from the others. Names of stages are the transitions' matter. */
export const checkHandshakes: Check = (_raw, waterfall) => {
  const { handshakes } = waterfall;
  const entries = handshakes.map((rule) => `${rule.opportunityType} ${rule.stage} ${rule.giver}`);
  const queues = new Map<string, string>();
  return [
    ...repeats(handshakes.map(({ name }) => name)).map(({ index }) =>
      error(
        'MODEL_DUPLICATE_NAME',
        ['handshakes', index, 'name'],
        `The handshake "${handshakes[index]?.name ?? ''}" is there twice.`,
        'Rename or remove one of the two: flows and reports know a handshake by its name.',
      ),
    ),
    ...repeats(entries).map(({ index, first }) =>
      error(
        'MODEL_HANDSHAKE_TWICE',
        ['handshakes', index],
        `"${handshakes[index]?.name ?? ''}" asks for the same hand-over as "${handshakes[first]?.name ?? ''}".`,
        'Remove one of the two, or give it another stage or giver.',
      ),
    ),
    ...handshakes.flatMap((rule, index): readonly Problem[] => {
      const path = ['handshakes', index];
      const { by, value } = rule.assignment;
      const known = by === 'queue' ? queues.get(developerName(value)) : undefined;
      if (by === 'queue') queues.set(developerName(value), known ?? value);
      return [
        ...assignment(rule, path),
        ...(known !== undefined && known !== value
          ? [
              error(
                'MODEL_HANDSHAKE_QUEUE',
                [...path, 'assignment', 'queue'],
                `"${value}" and "${known}" would be one queue, ${developerName(value)}.`,
                'Give both the same name, or make them differ in letters or digits.',
              ),
            ]
          : []),
        ...reminder(rule, path),
        ...stages(rule, stagesOf(waterfall, rule.opportunityType) ?? [], path),
        ...repeats(rule.onReject.reasons).map((repeat) =>
          error(
            'MODEL_DUPLICATE_NAME',
            [...path, 'onReject', 'reasons', repeat.index],
            `The reason "${rule.onReject.reasons[repeat.index] ?? ''}" is there twice.`,
            'Remove one of the two; letter case makes no difference.',
          ),
        ),
      ];
    }),
  ];
};
