/**
 * The flow that gives the key of an open opportunity back: when it is closed, and when it is about another account or solution than the key
 * says. Before save and after all other flows of ours, so that it sees the stage that the save ends with. It looks at what is there and
 * not at what changed: any later save puts right what a save with the bypass permission left behind.
 *
 * Reopening sets no key: should another one be open by then, nobody is kept from reopening.
 */
import type { Component } from '../../../metadata/component.ts';
import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW } from '../../names.ts';
import { assignment, elementName, reference, set, variable } from '../elements.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { COMPILED } from '../flow-shell.ts';
import { NOT_BYPASSED, and, or, record, stageIsOneOf } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { opens } from './creation-rules.ts';
import { openKey } from './opening.ts';

const LABEL = 'Give the key back';
/** Never set: what the key is cleared with. */
const NO_TEXT = 'No_Text';

/**
 * Closed by a stage of the model, or by one of the org's own: whether IsClosed follows the stage already before the save is not documented,
 * so that it only ever adds to what the stage says.
 */
const released = (waterfall: Waterfall): string => {
  const closed = allStages(waterfall).filter(({ outcome }) => outcome !== 'open');
  const key = openKey({
    accountId: '$Record.AccountId',
    solution: `TEXT(${record(FIELD.solution)})`,
  });
  return and(
    NOT_BYPASSED,
    `NOT(ISBLANK(${record(FIELD.openKey)}))`,
    or(
      stageIsOneOf(closed.map(({ name }) => name)),
      record('IsClosed'),
      `ISBLANK(${record('AccountId')})`,
      `${record(FIELD.openKey)} <> ${key}`,
    ),
  );
};

export const releaseKeyFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  opens(waterfall)
    ? recordTriggeredFlow({
        name: FLOW.releaseKey,
        label: 'Waterfall: Release Key',
        description:
          'Clears the key of an open opportunity when it is closed or is about another account or solution, so that the next signal for ' +
          `them opens a new one. Runs after the other flows before the save. ${COMPILED}`,
        source: 'solutions',
        order: ORDER.last,
        start: {
          first: elementName(LABEL),
          filterFormula: released(waterfall),
          object: 'Opportunity',
          triggerType: 'RecordBeforeSave',
        },
        elements: {
          assignments: [
            assignment({ label: LABEL, description: 'Account and solution are free for the next opportunity.' }, [
              set(`$Record.${FIELD.openKey}`, reference(NO_TEXT)),
            ]),
          ],
          variables: [variable(NO_TEXT, 'String', 'Never set: clears a text.')],
        },
      })
    : null;
