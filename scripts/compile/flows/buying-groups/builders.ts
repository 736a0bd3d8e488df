/** Elements and resources that the flows of buying groups share. */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { MEMBER_FIELD } from '../../names.ts';
import { formula, reference, text } from '../elements.ts';
import type { Connector, Named, Value } from '../elements.ts';
import { and, or, merge, newOrNot, record } from '../formula-text.ts';
import { tellRevOps } from '../tell-revops.ts';

export const MEMBER = 'OpportunityContactRole';

/** The task that says that a group could not be counted; `recordId` and `owner` as the calling flow knows them. */
export const tellOfGroup = (
  named: Named,
  { recordId, otherwise, subject }: { readonly recordId: Value; readonly otherwise: Value; readonly subject: string },
  connector?: Connector,
): ReturnType<typeof tellRevOps> =>
  tellRevOps(
    named,
    {
      recordId,
      subject: text(subject),
      reason: reference('$Flow.FaultMessage'),
      whatToDo: text(
        'Remove the reason, then empty Buying Group Change on a contact role of the opportunity, or change any member of the group.',
      ),
      otherwise,
    },
    connector,
  );

export const truth = (name: string, description: string, expression: string): Authored<FlowFormula> =>
  formula(name, 'Boolean', description, expression);

/** Whether a picklist of the record holds nothing; ISBLANK does not take picklists. */
export const blankPicklist = (field: string): string => `ISPICKVAL(${record(field)}, "")`;

/** Whether this save puts the contact into the group: on create, or when the member becomes somebody else. */
export const JOINS = newOrNot('TRUE', `${record('ContactId')} <> ${merge('$Record__Prior.ContactId')}`);

const isChanged = (field: string): string => `ISCHANGED(${record(field)})`;

/**
 * Whether a save of a member concerns its group: on create, when anything changes that is counted, or when somebody asks for a new
 * count. A closed opportunity is counted when its members change, not when their scores do.
 */
export const CONCERNS_THE_GROUP = or(
  'ISNEW()',
  ...[
    'ContactId',
    'Role',
    MEMBER_FIELD.status,
    MEMBER_FIELD.lastEngagementAt,
    MEMBER_FIELD.signalCount,
    MEMBER_FIELD.contactRemoved,
  ].map(isChanged),
  and(`ISBLANK(${record(MEMBER_FIELD.change)})`, `NOT(${record('Opportunity.IsClosed')})`),
);

/** The later of two moments or days, as formula text; a blank one is earlier than any. Blanks are never compared. */
export const laterOf = (left: string, right: string): string =>
  `IF(ISBLANK(${left}), ${right}, IF(ISBLANK(${right}), ${left}, IF(${left} > ${right}, ${left}, ${right})))`;
