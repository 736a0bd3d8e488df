import type { Outbox, OutgoingMessage } from '../../types.ts';
import { input, TEXT, textOf, textOrList, textsOf, type ActionResult, type FlowAction } from './action.ts';

/** Actions Developer Guide, Custom Notification Actions (actions-obj-custom-notification). */
const INPUTS: FlowAction['inputs'] = new Map([
  ['customNotifTypeId', input(TEXT, true)],
  ['recipientIds', textOrList(true)],
  ['title', input(TEXT, true)],
  ['body', input(TEXT, true)],
  ['targetId', input(TEXT)],
  ['targetPageRef', input(TEXT)],
  ['senderId', input(TEXT)],
]);

/** "250 characters" and "750 characters" at most (same page). */
const LONGEST_TITLE = 250;
const LONGEST_BODY = 750;
/** Users, and groups or queues. Account and opportunity teams are features this org does not have. */
const RECIPIENT = /^00[5G]/;

/**
 * Send Custom Notification. The notifications go to the outbox, "all or nothing": where one request of a batch is refused none is sent
 * (release notes Spring '20, rn_forcecom_flow_mgmnt_actions_partial_save). What the others are told is unconfirmed; here, the same.
 */
export const customNotification = (flowName: string, outbox: Outbox): FlowAction => ({
  inputs: INPUTS,
  outputs: new Map(),
  describe: (inputs) => `notification "${textOf(inputs.title)}" to ${textsOf(inputs.recipientIds).join(', ')}`,
  perform(tx, requests) {
    const sent: OutgoingMessage[] = [];
    const types = tx.byIds('CustomNotificationType', [
      ...new Set(requests.map((inputs) => textOf(inputs.customNotifTypeId))),
    ]);
    const results = requests.map((inputs): ActionResult => {
      const recipientIds = [...new Set(textsOf(inputs.recipientIds))];
      const [title, body] = [textOf(inputs.title), textOf(inputs.body)];
      const [targetId, targetPageRef] = [textOf(inputs.targetId) || null, textOf(inputs.targetPageRef) || null];
      const typeId = textOf(inputs.customNotifTypeId);
      const missing = [
        ...(typeId === '' ? ['customNotifTypeId'] : []),
        ...(recipientIds.length === 0 ? ['recipientIds'] : []),
        ...(title === '' ? ['title'] : []),
        ...(body === '' ? ['body'] : []),
        ...(targetId === null && targetPageRef === null ? ['targetId or targetPageRef'] : []),
      ];
      if (missing.length > 0) return { fault: `Missing required input parameter: ${missing.join(', ')}` };
      if (!types.has(typeId)) return { fault: `There is no custom notification type ${typeId}.` };
      const unknown = recipientIds.find((id) => !RECIPIENT.test(id));
      if (unknown !== undefined)
        return { fault: `The recipient ${unknown} is neither a user nor a group nor a queue.` };
      if (title.length > LONGEST_TITLE || body.length > LONGEST_BODY) {
        return {
          fault: `A notification's title can have ${LONGEST_TITLE} characters and its body ${LONGEST_BODY} at most.`,
        };
      }
      sent.push({ kind: 'notification', typeId, recipientIds, title, body, targetId, targetPageRef });
      return { outputs: {} };
    });
    const refused = results.find((result) => 'fault' in result);
    if (refused) return results.map((result) => ('fault' in result ? result : refused));
    outbox.send(tx, flowName, sent);
    return results;
  },
});
