import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FIELD, FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import { elementName, equals, fieldValue, formula, reference, text, to } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';

const LABEL = { withdraw: 'Withdraw the pending handshake', tell: 'Tell RevOps what was refused' } as const;
const SUBJECT = 'Subject';

/**
 * After save, when an opportunity leaves its stage while a handshake is pending, which a validation rule allows only backwards, to a
 * lost stage or to a detour: one query and one save for a batch. The flow that carries outcomes shows it on the opportunity.
 */
export const handshakeWithdrawalFlow = ({ handshakes }: Waterfall): Component<FlowMetadata> | null => {
  const [first] = handshakes;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeWithdrawal,
    label: 'Waterfall: Handshake Withdrawal',
    description: `Withdraws the pending handshake of an opportunity that leaves the stage before anybody answered. ${RUNS_LAST} ${COMPILED}`,
    source: first.source,
    start: {
      first: elementName(LABEL.withdraw),
      filterFormula: and(
        NOT_BYPASSED,
        `ISCHANGED(${record('StageName')})`,
        `ISPICKVAL(${record(FIELD.handshakeStatus)}, "${OUTCOME.pending}")`,
      ),
      object: 'Opportunity',
      on: 'Update',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      recordUpdates: [
        updateWhere(
          { label: LABEL.withdraw, description: 'Nobody has to answer it any more.' },
          {
            object: HANDSHAKE,
            filters: [
              equals(HANDSHAKE_FIELD.opportunity, reference('$Record.Id')),
              equals(HANDSHAKE_FIELD.outcome, text(OUTCOME.pending)),
            ],
            values: [fieldValue(HANDSHAKE_FIELD.outcome, text(OUTCOME.withdrawn))],
          },
          to(LABEL.tell),
        ),
      ],
      subflows: [
        tellRevOps(
          {
            label: LABEL.tell,
            description: 'The opportunity has left the stage; its handshake still waits for an answer.',
          },
          {
            recordId: reference('$Record.Id'),
            subject: reference(SUBJECT),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Remove the reason, then set the pending handshake of the opportunity to Withdrawn.'),
            otherwise: reference('$Record.OwnerId'),
          },
        ),
      ],
      formulas: [
        formula(
          SUBJECT,
          'String',
          'What the task for RevOps is about.',
          `"Handshake not withdrawn: " & ${record('Name')}`,
        ),
      ],
    },
  });
};
