/** What RevOps was told: tasks of the automation by what could not be done and why. */
import { idOf, textOf } from './row.ts';
import type { Row, ToldReason } from './types.ts';

/** The text that the flow gives its tasks. */
const TEXT = /\nReason: ([\s\S]*?)\n+What to do: /;
/** Ids and record names differ from task to task of one reason. */
const ID = /\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b(?=\W|$)/g;

/** `H-000001`: the number by which a handshake goes. */
const RECORD_NUMBER = /\b[A-Z]+-\d{4,}\b/g;

/**
 * How the subjects of the flows are told from most others, in the words of SOQL's LIKE: the texts, which say for sure, cannot be asked for
 * (Object Reference, Task: Description has no property Filter).
 */
export const TOLD_SUBJECTS: readonly string[] = [
  'Not %',
  '% not %',
  '% without %',
  '% in no %',
  '%, but %',
  'Back from %',
];

/** Null for a task of somebody else. */
export const reasonOf = (task: Row): string | null => {
  const [, reason] = TEXT.exec(textOf(task, 'Description') ?? '') ?? [];
  return reason?.trim().replaceAll(/\s+/g, ' ') ?? null;
};

/** Numbers with letters, as record ids are; a word of fifteen letters stays. */
const withoutIds = (text: string): string => text.replaceAll(ID, (word) => (/\d/.test(word) ? '…' : word));

export const toldReasons = (tasks: readonly Row[]): readonly ToldReason[] => {
  const told = tasks.flatMap((task) => {
    const reason = reasonOf(task);
    const [what = ''] = (textOf(task, 'Subject') ?? '').split(':');
    return reason === null ? [] : [{ task, what: what.replaceAll(RECORD_NUMBER, '…'), reason: withoutIds(reason) }];
  });
  return [...Map.groupBy(told, ({ what, reason }) => JSON.stringify([what, reason])).values()]
    .map((group) => ({
      what: group[0]!.what,
      reason: group[0]!.reason,
      count: group.length,
      open: group.filter(({ task }) => task['IsClosed'] !== true).length,
      ids: group.map(({ task }) => idOf(task)),
    }))
    .toSorted((left, right) => right.count - left.count || left.what.localeCompare(right.what));
};
