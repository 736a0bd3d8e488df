import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Email, Notification } from '../../scripts/local-org-client/outbox.ts';
import { renderMessage } from '../../scripts/local-org-client/render-outbox.ts';

const USER = '005000000000001AAA';
const email: Email = {
  kind: 'email',
  to: ['ann@example.com', 'bob@example.com'],
  cc: [],
  bcc: ['boss@example.com'],
  subject: 'Deal won',
  body: '\nHello,\r\n\nit is won.\n',
  html: false,
  from: 'CurrentUser',
  relatedRecordId: '006000000000001AAA',
};
const notification: Notification = {
  kind: 'notification',
  typeId: '0ML000000000001AAA',
  recipientIds: [USER, '00G000000000001AAA'],
  title: 'Renewal due',
  body: 'In 90 days',
  targetId: '006000000000001AAA',
  targetPageRef: null,
};
const render = (message: Email | Notification): readonly string[] =>
  renderMessage(
    { id: 7, at: '2026-11-22T14:25:00.000Z', by: 'Tell_Them', userId: USER, message },
    { timeZone: 'UTC', usernames: new Map([[USER, 'ann@waterfall.local']]), paint: (_tone, text) => text },
  );

test('an email: whose, to whom, about what, and its text', () => {
  assert.deepEqual(render(email), [
    'Email 7  Sun, 22 Nov 2026, 14:25 (UTC)  Flow Tell_Them, as ann@waterfall.local',
    '  From     CurrentUser',
    '  To       ann@example.com, bob@example.com',
    '  Bcc      boss@example.com',
    '  Subject  Deal won',
    '  About    006000000000001AAA',
    '  Hello,',
    '',
    '  it is won.',
  ]);
});

test('HTML is shown as its text', () => {
  const body = '<p>A &amp; B<br/>C</p>\n<p><b>D</b> &lt;E&gt; &eacute;</p>';
  assert.deepEqual(render({ ...email, html: true, body }).slice(6), ['  A & B', '  C', '  D <E> &eacute;']);
  assert.equal(render({ ...email, body: '' }).length, 6);
});

test('a notification names its recipients where it knows them', () => {
  assert.deepEqual(render(notification).slice(1), [
    '  To       ann@waterfall.local, 00G000000000001AAA',
    '  Title    Renewal due',
    '  Opens    006000000000001AAA',
    '  In 90 days',
  ]);
});
