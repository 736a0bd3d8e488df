import { isDeepStrictEqual } from 'node:util';
import { TYPE_KEYS } from '../resolve.ts';
import type { RawStage } from '../schema/stage.ts';
import type { Path } from '../yaml-source.ts';
import { error } from './problem.ts';
import type { Check, Problem } from './problem.ts';

interface Place {
  readonly entry: RawStage | string;
  readonly path: Path;
  readonly where: string;
}

export const checkStages: Check = (raw) => {
  const places: readonly Place[] = [
    ...raw.sharedStages.map((entry, index) => ({ entry, path: ['sharedStages', index], where: 'sharedStages' })),
    ...TYPE_KEYS.flatMap((key) =>
      (raw.opportunityTypes[key]?.stages ?? []).map((entry, index) => ({
        entry,
        path: ['opportunityTypes', key, 'stages', index],
        where: key,
      })),
    ),
  ];
  const defined = new Map<string, { readonly stage: RawStage; readonly where: string }>();
  const conflicts: Problem[] = [];
  for (const { entry, path, where } of places) {
    if (typeof entry === 'string') continue;
    const first = defined.get(entry.name);
    if (!first) defined.set(entry.name, { stage: entry, where });
    else if (!isDeepStrictEqual(first.stage, entry)) conflicts.push(conflict(first, entry, where, path));
  }
  const unknown = places
    .filter(({ entry }) => typeof entry === 'string' && !defined.has(entry))
    .map(({ entry, path }) =>
      error(
        'MODEL_UNKNOWN_STAGE',
        path,
        `No stage called "${entry as string}" is defined.`,
        'Define it here or in sharedStages, or correct its name.',
      ),
    );
  return [...conflicts, ...unknown, ...[...defined.values()].flatMap(({ stage }) => outcome(stage, places))];
};

const conflict = (
  first: { readonly stage: RawStage; readonly where: string },
  second: RawStage,
  where: string,
  path: Path,
): Problem => {
  const differing = (Object.keys(second) as (keyof RawStage)[]).filter(
    (key) => !isDeepStrictEqual(first.stage[key], second[key]),
  );
  return error(
    'MODEL_STAGE_CONFLICT',
    path,
    `The stage "${second.name}" is defined differently in ${first.where} and in ${where}: ${differing.join(', ')}.`,
    'An org has one stage of a name: define it once in sharedStages and name it in both types, or give one of the two another name.',
  );
};

/** Won means 100 % and Closed, lost means 0 % and Omitted, as the platform's own closed stages have it; open is never Closed. */
const outcome = (stage: RawStage, places: readonly Place[]): readonly Problem[] => {
  const path = [...(places.find(({ entry }) => entry === stage)?.path ?? []), 'outcome'];
  const fits = {
    won: stage.probability === 100 && stage.forecastCategory === 'Closed',
    lost: stage.probability === 0 && stage.forecastCategory === 'Omitted',
    open: stage.forecastCategory !== 'Closed' && stage.probability < 100,
  }[stage.outcome];
  const wanted = {
    won: 'probability 100 and forecastCategory Closed',
    lost: 'probability 0 and forecastCategory Omitted',
    open: 'a probability below 100 and another forecastCategory than Closed',
  };
  return [
    ...(fits
      ? []
      : [
          error(
            'MODEL_STAGE_OUTCOME',
            path,
            `"${stage.name}" is ${stage.outcome} but has probability ${stage.probability} and forecastCategory ${stage.forecastCategory}.`,
            `Give it ${wanted[stage.outcome]}, or change its outcome.`,
          ),
        ]),
    ...(stage.kind === 'detour' && stage.outcome === 'won'
      ? [
          error(
            'MODEL_WON_DETOUR',
            path,
            `"${stage.name}" is won and a detour.`,
            'Make it a step: a won opportunity is at the end of its path.',
          ),
        ]
      : []),
  ];
};
