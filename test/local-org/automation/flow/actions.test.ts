import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerApexStandIn } from '../../../../local-org/automation/apex/stand-ins.ts';
import { readOutbox } from '../../../../local-org/outbox/outbox.ts';
import { ADMIN_USERNAME } from '../../../../local-org/open-org.ts';
import { PlatformError } from '../../../../local-org/platform-error.ts';
import { opportunity, rowOf, save, saved, testOrg, type TestComponent } from '../test-org.ts';
import { afterSave, assign, filter, input, orgOf, ref, set, text, to, variable, won } from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;
const call = (actionType: string, parameters: Readonly<Record<string, Json>>, more: Json = {}): Json => ({
  name: 'Call',
  label: 'Call',
  actionName: actionType,
  actionType,
  inputParameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
  ...more,
});
const calling = (action: Json, rest: Json = {}): TestComponent =>
  afterSave('Calls', 'Call', { actionCalls: [action], ...rest }, won);
const problemsOf = (action: Json): readonly string[] =>
  testOrg([calling(action)]).problems.map(({ problem }) => problem);

const EMAIL = call('emailSimple', {
  emailAddresses: text('a@example.com, b@example.com'),
  recipientId: ref('$Record.OwnerId'),
  emailSubject: text('Won {!$Record.Name}'),
  emailBody: text('Well done'),
});

test('an email goes to the outbox, unless the transaction is rolled back', () => {
  const { org } = orgOf(calling(EMAIL));
  const user = org.user(ADMIN_USERNAME);
  const insert = (Name: string, fail = false): void =>
    org.transact(user, (tx) => {
      const records = [opportunity({ Name, StageName: 'Closed Won' })];
      assert.equal(tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true })[0]!.success, true);
      assert.deepEqual([tx.limits.used('queries'), tx.limits.used('dmlStatements')], [0, 0]);
      if (fail) throw new Error('no');
    });
  insert('Big');
  assert.throws(() => insert('Never', true), /no/);
  const [mail, ...more] = readOutbox(org.database, { kind: 'email', contains: 'won' });
  assert.deepEqual(more, []);
  assert.equal(mail!.by, 'Calls');
  assert.deepEqual(mail!.message, {
    kind: 'email',
    to: ['a@example.com', 'b@example.com', ADMIN_USERNAME],
    cc: [],
    bcc: [],
    subject: 'Won Big',
    body: 'Well done',
    html: false,
    from: 'CurrentUser',
    relatedRecordId: null,
  });
});

test('a bad recipient is a fault of its own interview', () => {
  const org = orgOf(
    calling(
      call('emailSimple', {
        emailAddresses: ref('$Record.Description'),
        emailSubject: text('S'),
        emailBody: text('B'),
      }),
    ),
  );
  const deal = (Description: string | null) => opportunity({ StageName: 'Closed Won', Description });
  const results = org.run((tx) => save(tx, 'insert', 'Opportunity', deal('a@b.c'), deal('nobody'), deal(null)));
  assert.deepEqual(
    results.map(({ success }) => success),
    [true, false, false],
  );
  assert.match(results[1]!.errors[0]!.message, /Email address is invalid: nobody/);
  assert.match(results[2]!.errors[0]!.message, /Add at least one recipient/);
});

const notifying = (...collected: Json[]) => {
  const notify = call('customNotificationAction', {
    customNotifTypeId: ref('Type.Id'),
    recipientIds: ref('People'),
    title: text('Won'),
    body: text('{!$Record.Name}'),
    targetId: ref('$Record.Id'),
  });
  const type: TestComponent = {
    type: 'CustomNotificationType',
    fullName: 'Deal_Won',
    metadata: { customNotifTypeName: 'Deal won', masterLabel: 'Deal won', desktop: true, mobile: true },
  };
  return orgOf(
    type,
    afterSave(
      'Calls',
      'Type',
      {
        variables: [variable('People', 'String', { isCollection: true })],
        assignments: [assign('Collect', collected, 'Call')],
        recordLookups: [
          {
            name: 'Type',
            label: 'Type',
            object: 'CustomNotificationType',
            getFirstRecordOnly: true,
            storeOutputAutomatically: true,
            filters: [filter('DeveloperName', text('Deal_Won'))],
            connector: to('Collect'),
          },
        ],
        actionCalls: [notify],
      },
      won,
    ),
  );
};

test('a notification names its recipients and its target', () => {
  const { org } = notifying(set('People', ref('$Record.OwnerId'), 'Add'));
  const user = org.user(ADMIN_USERNAME);
  const records = [opportunity({ Name: 'Big', StageName: 'Closed Won' })];
  const [result] = org.transact(user, (tx) =>
    tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }),
  );
  const [sent] = readOutbox(org.database, { kind: 'notification' });
  assert.deepEqual(sent!.message, {
    kind: 'notification',
    typeId: org.metadata.get('CustomNotificationType', 'Deal_Won')!.id,
    recipientIds: [user.id],
    title: 'Won',
    body: 'Big',
    targetId: result!.id,
    targetPageRef: null,
  });
});

test('one notification of a batch that is refused keeps the others from being sent', () => {
  const { org } = notifying(set('People', ref('$Record.NextStep'), 'Add'));
  const { id } = org.user(ADMIN_USERNAME);
  const to = (NextStep: string) => opportunity({ StageName: 'Closed Won', NextStep });
  const attempt = (...recipients: readonly string[]) =>
    org.transact(org.user(ADMIN_USERNAME), (tx) =>
      tx
        .save({ operation: 'insert', object: 'Opportunity', records: recipients.map(to), allOrNone: false })
        .map(({ errors }) => errors.map(({ message }) => message).join()),
    );
  for (const message of attempt(id, 'nobody', id)) assert.match(message, /The recipient nobody is neither a user/);
  assert.deepEqual(readOutbox(org.database, { kind: 'notification' }), []);
  assert.deepEqual(attempt(id, id), ['', '']);
  assert.equal(readOutbox(org.database, { kind: 'notification' }).length, 2);
});

test('an Apex action is run by a stand-in, once for the batch, and says so', () => {
  const batches: number[] = [];
  registerApexStandIn({
    className: 'Scorer',
    inputs: { deal: { type: { record: 'Opportunity' }, required: true } },
    outputs: { score: { type: 'Number' } },
    invoke(_tx, requests) {
      batches.push(requests.length);
      return requests.map(({ deal }) => {
        const { Amount } = deal as { Amount: number };
        if (Amount < 0) throw new PlatformError('UNKNOWN_EXCEPTION', 'negative');
        return { score: Amount * 2 };
      });
    },
  });
  const apexClass: TestComponent = {
    type: 'ApexClass',
    fullName: 'Scorer',
    metadata: { apiVersion: 66, status: 'Active' },
  };
  const score = call(
    'apex',
    { deal: ref('$Record') },
    { actionName: 'Scorer', storeOutputAutomatically: true, connector: to('Keep') },
  );
  const keep = {
    recordUpdates: [
      {
        name: 'Keep',
        label: 'Keep',
        inputReference: '$Record',
        inputAssignments: [input('TotalOpportunityQuantity', ref('Call.score'))],
      },
    ],
  };
  const org = orgOf(
    apexClass,
    afterSave('Calls', 'Call', { actionCalls: [score], ...keep }, { ...won, recordTriggerType: 'Create' }),
  );
  const deal = (Amount: number) => opportunity({ StageName: 'Closed Won', Amount });
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', deal(3), deal(4));
    assert.equal(rowOf(tx, 'Opportunity', id!).TotalOpportunityQuantity, 6);
    assert.deepEqual(batches, [2]);
    assert.match(tx.entries.map(({ detail }) => detail).join('\n'), /Apex class Scorer, by its stand-in/);
  });
  const [bad] = org.run((tx) => save(tx, 'insert', 'Opportunity', deal(-1)));
  assert.match(bad!.errors[0]!.message, /An Apex error occurred: UNKNOWN_EXCEPTION: negative/);
});

test('actions that are not run are refused by name, and so are their unknown and missing inputs', () => {
  assert.deepEqual(problemsOf(call('chatterPost', {})), [
    'Call (Action) - The local org does not run actions of the type chatterPost.',
  ]);
  assert.deepEqual(problemsOf(call('createTask', {})), [
    'Call (Action) - The local org does not run actions of the type createTask.',
  ]);
  assert.deepEqual(problemsOf(call('emailSimple', { emailBody: text('x') })), [
    'Call (Action) - Missing required input parameter: emailSubject',
  ]);
  assert.deepEqual(
    problemsOf(call('emailSimple', { emailBody: text('x'), emailSubject: text('x'), emailTemplateId: text('x') })),
    ['Call (Action) - The local org does not run the input emailTemplateId of actions of the type emailSimple.'],
  );
  assert.deepEqual(problemsOf(call('apex', {}, { actionName: 'Nobody' })), [
    "Call (Action) - The Apex class Nobody doesn't exist.",
  ]);
});
