/**
 * The flow that numbers the responses of a contact: those that are saved together get the same next number, since none of them is stored
 * yet when it is read. Flows know nothing of the batch they run in, and moments do not tell batches apart that are saved within a second.
 *
 * Before save, so that it needs no further save; one query. Any change of the status counts: whether HasResponded follows it already before
 * the save is not documented.
 */
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { CAMPAIGN_MEMBER_FIELD, FLOW } from '../../names.ts';
import { assignment, elementName, equals, formula, getFirst, reference, set, to, yesNo } from '../elements.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { COMPILED } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, merge, or, record } from '../formula-text.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { wholeNumber } from '../number-and-list-steps.ts';
import { filter, whenFound } from '../steps.ts';
import { joins } from './creation-rules.ts';

const LABEL = {
  last: 'Find the last number',
  found: 'Has the contact responded before?',
  keep: 'Keep the last number',
  set: 'Set the next number',
} as const;

const LAST = 'Last_Number';
const NEXT = 'Next_Number';
const NUMBER = CAMPAIGN_MEMBER_FIELD.number;

export const responseNumberFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  joins(waterfall)
    ? recordTriggeredFlow({
        name: FLOW.responseNumber,
        label: 'Waterfall: Response Number',
        description: `Numbers the responses of a contact, those that are saved together alike, so that one of them acts for all. ${COMPILED}`,
        source: 'solutions',
        start: {
          first: elementName(LABEL.last),
          filterFormula: and(
            NOT_BYPASSED,
            `NOT(ISBLANK(${record('ContactId')}))`,
            or(IS_NEW, `ISCHANGED(${record('Status')})`),
          ),
          object: 'CampaignMember',
          triggerType: 'RecordBeforeSave',
        },
        elements: {
          recordLookups: [
            getFirst(
              { label: LABEL.last, description: 'The highest number that a response of this contact has.' },
              {
                object: 'CampaignMember',
                filters: [equals('ContactId', reference('$Record.ContactId')), filter(NUMBER, 'IsNull', yesNo(false))],
                fields: ['Id', NUMBER],
                latestFirst: NUMBER,
              },
              to(LABEL.found),
              to(LABEL.set),
            ),
          ],
          decisions: [
            whenFound(
              { label: LABEL.found, description: 'The first one gets number one.' },
              LABEL.last,
              { found: 'There is a number', none: 'The first response', description: 'The look-up found a response.' },
              to(LABEL.keep),
              to(LABEL.set),
            ),
          ],
          assignments: [
            assignment(
              { label: LABEL.keep, description: 'The next one follows it.' },
              [set(LAST, reference(`${elementName(LABEL.last)}.${NUMBER}`))],
              to(LABEL.set),
            ),
            assignment({ label: LABEL.set, description: 'The same for all that are saved together.' }, [
              set(`$Record.${NUMBER}`, reference(NEXT)),
            ]),
          ],
          formulas: [formula(NEXT, 'Number', 'The number after the last.', `BLANKVALUE(${merge(LAST)}, 0) + 1`)],
          variables: [wholeNumber(LAST, 'The last number so far.')],
        },
      })
    : null;
