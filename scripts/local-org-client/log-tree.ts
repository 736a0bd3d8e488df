import type { LogEntry } from './log.ts';

/** A line of the log with what belongs to it. */
export interface LogNode {
  readonly kind: 'save' | 'step' | 'flow' | 'path' | 'refusal' | 'note';
  readonly text: string;
  readonly children: LogNode[];
}

/** A save on its way through the order of execution. */
interface Level {
  readonly depth: number;
  readonly save: LogNode;
  step: LogNode;
}

const ROWS = /^(\S+) (insert|update|upsert|delete|undelete), (\d+) rows$/;
const FLOW = /^Flow (\S+)(?: \((.*)\))?$/;

const node = (kind: LogNode['kind'], text: string): LogNode => ({ kind, text, children: [] });

/**
 * The entries of a transaction as a tree: each save with its steps, each step with its flows and refusals, each flow with
 * its path and the saves that it made. Pure.
 */
export function logTree(entries: readonly LogEntry[]): readonly LogNode[] {
  const roots: LogNode[] = [];
  const levels: Level[] = [];
  for (const entry of entries) {
    const depth = entry.depth ?? 0;
    while ((levels.at(-1)?.depth ?? -1) > depth) levels.pop();
    const rows = ROWS.exec(entry.detail);
    if (rows) openStep(roots, levels, depth, entry.step, rows);
    else {
      const under = levels.at(-1)?.step.children ?? roots;
      under.push(leaf(entry, under));
    }
  }
  return roots;
}

function openStep(roots: LogNode[], levels: Level[], depth: number, step: string, rows: RegExpExecArray): void {
  const [, object = '', operation = '', count = '0'] = rows;
  const title = `${object} ${operation}`;
  const current = levels.at(-1);
  const goesOn =
    current?.depth === depth &&
    current.save.text.startsWith(`${title}, `) &&
    !current.save.children.some(({ text }) => text === step || text.startsWith(`${step}, `));
  if (current && goesOn) {
    // How many records are left is worth a word only where it is fewer than before.
    const text = current.save.text === `${title}, ${records(count)}` ? step : `${step}, ${records(count)}`;
    current.step = node('step', text);
    current.save.children.push(current.step);
    return;
  }
  if (current?.depth === depth) levels.pop();
  const save = node('save', `${title}, ${records(count)}`);
  const first = node('step', step);
  save.children.push(first);
  (levels.at(-1)?.step.children ?? roots).push(save);
  levels.push({ depth, save, step: first });
}

const records = (count: string): string => (count === '1' ? '1 record' : `${count} records`);

/** A flow takes the saves before it along: it made them. */
function leaf({ step, detail }: LogEntry, before: LogNode[]): LogNode {
  const flow = FLOW.exec(step);
  if (!flow) return node(step.startsWith('Validation rule') ? 'refusal' : 'note', `${step}: ${detail}`);
  const split = /^(.*? \((?:[A-Za-z0-9]{18}|new)\)|[^:]*): (.*)$/s.exec(detail);
  const [record, path] = split ? [split[1] ?? '', split[2] ?? ''] : ['', detail];
  const made = before.findLastIndex(({ kind }) => kind !== 'save') + 1;
  const saves = before.splice(made);
  const how = flow[2] === undefined || /^(before|after) save$/.test(flow[2]) ? '' : ` (${flow[2]})`;
  const told = node('flow', `Flow ${flow[1] ?? ''}${how}${record === '' ? '' : `: ${record}`}`);
  told.children.push(...steps(path).map((text) => node('path', text)), ...saves);
  return told;
}

/** `A -> B; $Record.C = "x; y"`: parts are separated outside quotation marks. */
const steps = (path: string): string[] =>
  (path.match(/(?:"(?:[^"\\]|\\.)*"|[^;"]|;(?! ))+/g) ?? []).map((part) => part.trim().replace(' -> ', ' → '));
