import type { TransactionRecord } from './log.ts';
import { logTree, type LogNode } from './log-tree.ts';
import { momentText } from './moment.ts';

/** What a piece of text is, for whoever colours it. */
export type Tone = 'title' | 'good' | 'bad' | 'warning' | 'quiet';
export type Paint = (tone: Tone, text: string) => string;

export interface RenderOptions {
  readonly timeZone: string;
  /** Shows every record of a batch; otherwise the first ones of each flow. */
  readonly all: boolean;
  readonly paint: Paint;
}

/** Records of a batch that are shown of a flow, or of the refusals of a step. */
const SHOWN = 3;
/** From this share of a limit on it is marked. */
const NEARLY = 0.8;

const LIMITS: readonly (readonly [string, string])[] = [
  ['queries', 'SOQL queries'],
  ['queryRows', 'query rows'],
  ['dmlStatements', 'DML statements'],
  ['dmlRows', 'DML rows'],
  ['duplicateUpdates', 'updates of a record by flows'],
  ['cpuTimeMs', 'ms CPU time'],
];

/** One transaction as lines of an indented tree. Pure. */
export function renderTransaction(record: TransactionRecord, options: RenderOptions): readonly string[] {
  const { paint, timeZone } = options;
  const outcome = paint(record.outcome === 'committed' ? 'good' : 'bad', record.outcome);
  const title = `Transaction ${record.id}`;
  const more: LogNode = { kind: 'note', text: `${record.omitted} more entries were not kept`, children: [] };
  return [
    `${paint('title', title)}  ${momentText(new Date(record.at), timeZone)}  ${record.username}  ${outcome}`,
    ...(record.error === null ? [] : [paint('bad', `  ${record.error}`)]),
    ...branches([...logTree(record.entries), ...(record.omitted > 0 ? [more] : [])], '', options),
    `  ${paint('quiet', 'Limits')}  ${limits(record, paint)}`,
  ];
}

function limits({ limits: all }: TransactionRecord, paint: Paint): string {
  const used = LIMITS.flatMap(([name, label]) => {
    const entry = all[name];
    if (!entry || entry.used === 0) return [];
    const text = `${number(entry.used)} of ${number(entry.limit)} ${label}`;
    return entry.used >= entry.limit * NEARLY ? paint('warning', text) : text;
  });
  return used.length === 0 ? 'nothing used' : used.join(', ');
}

const number = (value: number): string => value.toLocaleString('en-US');

function branches(nodes: readonly LogNode[], indent: string, options: RenderOptions): string[] {
  const shown = options.all ? nodes : shortened(nodes);
  return shown.flatMap((each, index) => {
    const last = index === shown.length - 1;
    const line = options.paint('quiet', `${indent}${last ? '└─ ' : '├─ '}`) + painted(each, options.paint);
    return [line, ...branches(each.children, `${indent}${last ? '   ' : '│  '}`, options)];
  });
}

function painted({ kind, text }: LogNode, paint: Paint): string {
  if (kind === 'refusal') return paint('bad', text);
  return kind === 'save' || kind === 'flow' ? paint('title', text) : text;
}

/** What a line is one of many of: the same flow, the same validation rule. */
const family = ({ kind, text }: LogNode): string | null =>
  kind === 'flow' || kind === 'refusal' ? `${kind} ${text.split(':')[0] ?? ''}` : null;

/** Of one flow's records in a batch, or one rule's refusals, the first ones, and how many more there were. */
function shortened(nodes: readonly LogNode[]): readonly LogNode[] {
  const seen = new Map<string, number>();
  const shown: LogNode[] = [];
  nodes.forEach((each, index) => {
    const name = family(each);
    const count = name === null ? 0 : (seen.get(name) ?? 0) + 1;
    if (name !== null) seen.set(name, count);
    // What made saves is always told: they are nowhere else.
    if (count <= SHOWN || each.children.some(({ kind }) => kind === 'save')) shown.push(each);
    const next = nodes[index + 1];
    if (name === null || count <= SHOWN || (next && family(next) === name)) return;
    const what = each.text.split(':')[0] ?? '';
    shown.push({ kind: 'note', text: `${what}: ${count - SHOWN} more records (--all shows them)`, children: [] });
  });
  return shown;
}
