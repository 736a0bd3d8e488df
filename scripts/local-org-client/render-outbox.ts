import { momentText } from './moment.ts';
import type { Email, Notification, SentMessage } from './outbox.ts';
import type { Paint } from './render-log.ts';

export interface RenderOutboxOptions {
  readonly timeZone: string;
  /** Usernames by id; an id that is not among them is shown as it is. */
  readonly usernames: ReadonlyMap<string, string>;
  readonly paint: Paint;
}

/** One message as an admin reads it: who sent it to whom, what it says. Pure. */
export function renderMessage(
  { id, at, by, userId, message }: SentMessage,
  options: RenderOutboxOptions,
): readonly string[] {
  const { paint, timeZone } = options;
  const nameOf = (one: string): string => options.usernames.get(one) ?? one;
  const kind = message.kind === 'email' ? 'Email' : 'Notification';
  const lines = message.kind === 'email' ? emailLines(message) : notificationLines(message, nameOf);
  return [
    `${paint('title', `${kind} ${id}`)}  ${momentText(new Date(at), timeZone)}  Flow ${by}, as ${nameOf(userId)}`,
    ...lines.map(([label, text]) => `  ${paint('quiet', label.padEnd(LABEL_WIDTH))}  ${text}`),
    ...bodyOf(message).map((line) => `  ${line}`.trimEnd()),
  ];
}

type Line = readonly [label: string, text: string];

const LABEL_WIDTH = 'Subject'.length;

const emailLines = ({ from, to, cc, bcc, subject, relatedRecordId }: Email): readonly Line[] => [
  ['From', from],
  ['To', to.join(', ')],
  ...(cc.length === 0 ? [] : [['Cc', cc.join(', ')] as const]),
  ...(bcc.length === 0 ? [] : [['Bcc', bcc.join(', ')] as const]),
  ['Subject', subject],
  ...(relatedRecordId === null ? [] : [['About', relatedRecordId] as const]),
];

const notificationLines = (
  { recipientIds, title, targetId, targetPageRef }: Notification,
  nameOf: (id: string) => string,
): readonly Line[] => [
  ['To', recipientIds.map(nameOf).join(', ')],
  ['Title', title],
  ['Opens', targetId ?? targetPageRef ?? 'nothing'],
];

/** HTML is shown as the text that it holds; blank lines at either end are left out. */
function bodyOf(message: Email | Notification): readonly string[] {
  const text = message.kind === 'email' && message.html ? textOfHtml(message.body) : message.body;
  const trimmed = text.replaceAll('\r', '').replace(/^\n+|\n+$/g, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

const textOfHtml = (html: string): string =>
  html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*> ?/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
