import type { FlowInputFieldAssignment } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { OpportunityType, Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { FIELD, FLOW, recordTypeName } from '../names.ts';
import { ANY_ORG, CURRENCY } from '../org-facts.ts';
import type { OrgFacts } from '../org-facts.ts';
import {
  assignment,
  condition,
  createRecord,
  elementName,
  equals,
  fieldValue,
  formula,
  getFirst,
  jumpTo,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from './elements.ts';
import { quoted, record } from './formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from './record-triggered-flow.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { RENEWAL_KEY, renewalFields } from './renewal-formulas.ts';
import { tellRevOps } from './tell-revops.ts';
import { becameWon, rulesThatCreate } from './won-rules.ts';

const LABEL = {
  find: 'Find the renewal',
  there: 'Is the renewal there already?',
  recordType: 'Find the renewal record type',
  recordTypeFound: 'Is the record type there?',
  create: 'Create the renewal',
  reason: 'Note why it was refused',
  noRecordType: 'Note that the record type is missing',
  tell: 'Tell RevOps',
} as const;

const REASON = 'Refusal_Reason';
const SUBJECT = 'Task_Subject';

/** What the renewal carries whatever the rules say. */
const fixedValues = (
  waterfall: Waterfall,
  renewal: OpportunityType,
  org: OrgFacts,
): readonly Authored<FlowInputFieldAssignment>[] => [
  fieldValue('AccountId', reference('$Record.AccountId')),
  fieldValue(FIELD.sourceOpportunity, reference('$Record.Id')),
  fieldValue(FIELD.key, reference(RENEWAL_KEY)),
  // A record type's default values are for forms; a record that is created without one has none (Apex Reference Guide,
  // SObjectType.newSObject, `loadDefaults`).
  fieldValue('Type', text(renewal.typeValue)),
  ...(waterfall.typeCarrier === 'recordType'
    ? [fieldValue('RecordTypeId', reference(`${elementName(LABEL.recordType)}.Id`))]
    : []),
  // Left out, it would be the currency of whoever wins (object reference, Opportunity, CurrencyIsoCode): the right number, wrongly named.
  ...(org.multiCurrency ? [fieldValue(CURRENCY, reference(`$Record.${CURRENCY}`))] : []),
];

/** Found by developer name, since ids differ from org to org. Not needed where the type is only a picklist. */
const recordTypeElements = (
  waterfall: Waterfall,
  renewal: OpportunityType,
): Required<Pick<FlowMetadata, 'assignments' | 'decisions' | 'recordLookups'>> =>
  waterfall.typeCarrier === 'typeField'
    ? { assignments: [], decisions: [], recordLookups: [] }
    : {
        recordLookups: [
          getFirst(
            {
              label: LABEL.recordType,
              description: `The active record type ${recordTypeName(renewal)} of Opportunity.`,
            },
            {
              object: 'RecordType',
              filters: [
                equals('SobjectType', text('Opportunity')),
                equals('DeveloperName', text(recordTypeName(renewal))),
                equals('IsActive', yesNo(true)),
              ],
              fields: ['Id'],
            },
            to(LABEL.recordTypeFound),
            jumpTo(LABEL.reason),
          ),
        ],
        decisions: [
          question(
            {
              label: LABEL.recordTypeFound,
              description: 'A renewal without its record type would be in no sales process.',
            },
            {
              label: 'The record type is there',
              description: 'The look-up found it.',
              logic: 'and',
              conditions: [condition(elementName(LABEL.recordType), 'IsNull', yesNo(false))],
              connector: to(LABEL.create),
            },
            { label: 'No record type', connector: to(LABEL.noRecordType) },
          ),
        ],
        assignments: [
          assignment(
            { label: LABEL.noRecordType, description: 'Somebody deactivated or renamed it: RevOps has to know.' },
            [set(REASON, text(`Opportunity has no active record type ${recordTypeName(renewal)}.`))],
            jumpTo(LABEL.tell),
          ),
        ],
      };

const elements = (
  waterfall: Waterfall,
  renewal: OpportunityType,
  ruledValues: readonly Authored<FlowInputFieldAssignment>[],
  org: OrgFacts,
) => {
  const afterFind = waterfall.typeCarrier === 'recordType' ? LABEL.recordType : LABEL.create;
  const recordType = recordTypeElements(waterfall, renewal);
  return {
    recordLookups: [
      getFirst(
        {
          label: LABEL.find,
          description: 'Reopened and won again, an opportunity has its renewal already: the key tells.',
        },
        { object: 'Opportunity', filters: [equals(FIELD.key, reference(RENEWAL_KEY))], fields: ['Id'] },
        to(LABEL.there),
        jumpTo(LABEL.reason),
      ),
      ...recordType.recordLookups,
    ],
    decisions: [
      question(
        { label: LABEL.there, description: 'One renewal for one won opportunity, however often it is won.' },
        {
          label: 'It is there',
          description: 'A renewal with this key was found; nothing is left to do.',
          logic: 'and',
          conditions: [condition(elementName(LABEL.find), 'IsNull', yesNo(false))],
        },
        { label: 'Not yet', connector: to(afterFind) },
      ),
      ...recordType.decisions,
    ],
    recordCreates: [
      createRecord(
        { label: LABEL.create, description: 'The next contract, as an opportunity of its own.' },
        'Opportunity',
        [...fixedValues(waterfall, renewal, org), ...ruledValues],
        to(LABEL.reason),
      ),
    ],
    assignments: [
      assignment(
        { label: LABEL.reason, description: 'Keeps the message before another step can replace it.' },
        [set(REASON, reference('$Flow.FaultMessage'))],
        to(LABEL.tell),
      ),
      ...recordType.assignments,
    ],
    subflows: [
      tellRevOps(
        { label: LABEL.tell, description: `A task that says which ${renewal.label} is missing and why.` },
        {
          recordId: reference('$Record.Id'),
          subject: reference(SUBJECT),
          reason: reference(REASON),
          whatToDo: text(
            `Remove the reason, then reopen and win the opportunity again, or create the ${renewal.label} by hand.`,
          ),
          otherwise: reference('$Record.OwnerId'),
        },
      ),
    ],
  };
};

/**
 * After save, when an opportunity becomes won. Interviews of a batch run in lockstep, so that 200 wins cost what one does: two queries
 * and one insert; with refusals two queries and one insert more, which the flow that tells RevOps makes. Of a batch of renewals those that the org accepts are kept and only the
 * refused ones take the fault path: Create Records saves partially (release notes Spring '20, "Save Successful Record Changes in a
 * Batch from Failed Actions in Processes and Flows").
 *
 * Null where the model has no rule that creates a renewal at the win.
 */
export const renewalFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null => {
  const renewal = waterfall.opportunityTypes.find((type) => type.key === 'renewal');
  const rules = rulesThatCreate(waterfall, 'renewal');
  const [first] = rules;
  if (!renewal || !first) return null;
  const fields = renewalFields(waterfall, renewal, rules);
  return recordTriggeredFlow({
    name: FLOW.renewal,
    label: 'Waterfall: Renewal',
    description:
      `Creates the ${renewal.label} of a won opportunity (${rules.map(({ type }) => type.label).join(', ')}), once. What the org ` +
      `refuses never blocks the win: RevOps gets a task that names the reason. ${RUNS_LAST} Compiled from the waterfall model: change ` +
      'the model, not this flow.',
    source: first.rule.source,
    start: {
      first: elementName(LABEL.find),
      filterFormula: becameWon(waterfall, rules),
      object: 'Opportunity',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      ...elements(waterfall, renewal, fields.values, org),
      formulas: [
        ...fields.formulas,
        formula(
          SUBJECT,
          'String',
          'What the task is about.',
          `${quoted(`${renewal.label} not created: `)} & ${record('Name')}`,
        ),
      ],
      variables: [variable(REASON, 'String', 'Why the org refused.')],
    },
  });
};
