import type { Transaction } from '../../../data/types.ts';
import type { Outbox, OutgoingMessage } from '../../types.ts';
import type { PlainValues } from '../launchable-flows.ts';
import { BOOLEAN, input, TEXT, textOf, textOrList, textsOf, type ActionResult, type FlowAction } from './action.ts';

/** Actions Developer Guide, Simple Email Actions (actions_obj_email_simple). */
const INPUTS: FlowAction['inputs'] = new Map([
  ['emailAddresses', textOrList()],
  ['emailAddressesArray', textOrList()],
  ['recipientAddresses', textOrList()],
  ['ccAddresses', textOrList()],
  ['ccRecipientAddressList', textOrList()],
  ['ccRecipientAddressCollection', textOrList()],
  ['bccAddresses', textOrList()],
  ['bccRecipientAddressList', textOrList()],
  ['bccRecipientAddressCollection', textOrList()],
  ['recipientId', input(TEXT)],
  ['relatedRecordId', input(TEXT)],
  ['emailSubject', input(TEXT, true)],
  ['emailBody', input(TEXT, true)],
  ['sendRichBody', input(BOOLEAN)],
  ['useLineBreaks', input(BOOLEAN)],
  ['senderType', input(TEXT)],
  ['senderAddress', input(TEXT)],
]);

/** "The combined number of recipients must be 150 or fewer" (same page). */
const MOST_RECIPIENTS = 150;

/** Send Email. The message goes to the outbox; logging it as an activity and templates are refused, being other inputs. */
export const emailSimple = (flowName: string, outbox: Outbox): FlowAction => ({
  inputs: INPUTS,
  outputs: new Map(),
  describe: (inputs) =>
    `email "${textOf(inputs.emailSubject)}" to ${addressesOf(inputs).join(', ') || textOf(inputs.recipientId)}`,
  perform(tx, requests) {
    const people = peopleOf(tx, requests);
    const sent: OutgoingMessage[] = [];
    const results = requests.map((inputs): ActionResult => {
      const id = textOf(inputs.recipientId);
      const address = id === '' ? null : people.get(id);
      if (address === undefined) return { fault: `The recipient ${id} has no email address.` };
      const to = [...addressesOf(inputs), ...(address === null ? [] : [address])];
      const cc = ['ccAddresses', 'ccRecipientAddressList', 'ccRecipientAddressCollection'].flatMap((name) =>
        textsOf(inputs[name]),
      );
      const bcc = ['bccAddresses', 'bccRecipientAddressList', 'bccRecipientAddressCollection'].flatMap((name) =>
        textsOf(inputs[name]),
      );
      const all = [...to, ...cc, ...bcc];
      if (all.length === 0) return { fault: 'REQUIRED_FIELD_MISSING: Add at least one recipient.' };
      if (all.length > MOST_RECIPIENTS) return { fault: `An email can have ${MOST_RECIPIENTS} recipients at most.` };
      const bad = all.find((one) => !/^[^\s@]+@[^\s@]+$/.test(one));
      if (bad !== undefined) return { fault: `INVALID_EMAIL_ADDRESS: Email address is invalid: ${bad}` };
      sent.push({
        kind: 'email',
        to,
        cc,
        bcc,
        subject: textOf(inputs.emailSubject),
        body: textOf(inputs.emailBody),
        html: inputs.sendRichBody === true,
        from: textOf(inputs.senderAddress) || textOf(inputs.senderType) || 'CurrentUser',
        relatedRecordId: textOf(inputs.relatedRecordId) || null,
      });
      return { outputs: {} };
    });
    if (sent.length > 0) outbox.send(tx, flowName, sent);
    return results;
  },
});

const addressesOf = (inputs: PlainValues): readonly string[] =>
  ['emailAddresses', 'emailAddressesArray', 'recipientAddresses'].flatMap((name) => textsOf(inputs[name]));

/** "The ID of a lead, contact, person account, or user". Addresses by id, null stands for a request without one. */
function peopleOf(tx: Transaction, requests: readonly PlainValues[]): ReadonlyMap<string, string> {
  const ids = [...new Set(requests.map(({ recipientId }) => textOf(recipientId)).filter((id) => id !== ''))];
  const rows = ['User', 'Contact', 'Lead'].flatMap((object) => {
    const prefix = tx.schema.object(object)?.keyPrefix ?? '';
    const own = ids.filter((id) => id.startsWith(prefix));
    return own.length === 0 ? [] : [...tx.byIds(object, own).values()];
  });
  return new Map(
    rows.flatMap((row): [string, string][] =>
      typeof row.Id === 'string' && typeof row.Email === 'string' ? [[row.Id, row.Email]] : [],
    ),
  );
}
