import { convertLeads, type LeadConvert, type LeadConvertResult } from '../../lead-conversion/convert-leads.ts';
import { PlatformError } from '../../platform-error.ts';
import { answerInTransaction, RolledBack, type RestAnswer } from '../rest/resource.ts';
import { ROLLED_BACK } from '../values/save-records.ts';
import { hasUserPermission } from '../values/user-permission.ts';
import { child, childBoolean, childrenNamed, childText, type XmlElement } from './parse-envelope.ts';
import type { SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

/** Arguments that the partner WSDL has and the local org does not support: person accounts, and internal ones. */
const REFUSED = [
  'relatedPersonAccountId',
  'relatedPersonAccountRecord',
  'accountRecord',
  'contactRecord',
  'opportunityRecord',
];

/** "Your client application must be logged in with the “Convert Leads” permission" (convertLead(), Usage). */
const PERMISSION = 'ConvertLeads';

function readLeadConvert(given: XmlElement): LeadConvert {
  const refused = given.children.find(({ name, nil }) => !nil && REFUSED.includes(name));
  if (refused) {
    const message = `The local org does not support ${refused.name} of convertLead.`;
    throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message);
  }
  const text = (name: string): string | null => childText(given, name) ?? null;
  const flag = (name: string): boolean => childBoolean(given, name) ?? false;
  return {
    leadId: text('leadId') ?? '',
    convertedStatus: text('convertedStatus') ?? '',
    accountId: text('accountId'),
    contactId: text('contactId'),
    opportunityId: text('opportunityId'),
    opportunityName: text('opportunityName'),
    ownerId: text('ownerId'),
    doNotCreateOpportunity: flag('doNotCreateOpportunity'),
    overwriteLeadSource: flag('overwriteLeadSource'),
    sendNotificationEmail: flag('sendNotificationEmail'),
    bypassAccountDedupeCheck: flag('bypassAccountDedupeCheck'),
    bypassContactDedupeCheck: flag('bypassContactDedupeCheck'),
  };
}

const resultValue = (result: LeadConvertResult): XmlValue => ({
  accountId: result.accountId,
  contactId: result.contactId,
  errors: result.errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
  leadId: result.leadId,
  opportunityId: result.opportunityId,
  success: result.success,
});

/** SOAP API Developer Guide, convertLead(). With AllOrNoneHeader one lead that fails takes the others back. */
export const convertLead: SoapOperation = (context, call) => {
  if (!hasUserPermission(context.org, call.user, PERMISSION))
    throw new PlatformError('INSUFFICIENT_ACCESS', 'The user needs the permission "Convert Leads".');
  const requests = childrenNamed(call.operation, 'leadConverts').map(readLeadConvert);
  const allOrNone = childBoolean(child(call.header, 'AllOrNoneHeader'), 'allOrNone') ?? false;
  const { body } = answerInTransaction(context, call.user, (tx): RestAnswer => {
    const results = convertLeads(tx, context.org.metadata, requests);
    const answer = { status: 200, body: results };
    if (allOrNone && results.some(({ success }) => !success)) {
      throw new RolledBack({ status: 200, body: results.map(takenBack) });
    }
    return answer;
  });
  return element('result', (body as readonly LeadConvertResult[]).map(resultValue));
};

const takenBack = (result: LeadConvertResult): LeadConvertResult =>
  result.success
    ? {
        leadId: result.leadId,
        accountId: null,
        contactId: null,
        opportunityId: null,
        success: false,
        errors: [ROLLED_BACK],
      }
    : result;
