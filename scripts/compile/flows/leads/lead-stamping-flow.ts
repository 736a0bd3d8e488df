import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { LeadStatus, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { datedStatuses } from '../../leads/what-leads-need.ts';
import { FLOW, apiName, leadStatusDateField } from '../../names.ts';
import { assignment, elementName, formula, reference, set, to } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, anyOf, merge, newOrNot, or, prior, quoted, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filledDate, stampedDate } from '../stamped-date.ts';

const LABEL = { stamp: 'Stamp the present status', fill: 'Fill the dates of skipped statuses' } as const;
const PRESENT_STATUS_DATE = 'Present_Status_Date';
const STATUS = `TEXT(${record('Status')})`;
const ENTERED = newOrNot('TRUE', `${STATUS} <> TEXT(${prior('Status')})`);

const statusIs = ({ name }: LeadStatus): string => `ISPICKVAL(${record('Status')}, ${quoted(name)})`;
const dateName = ({ name }: LeadStatus): string => `Date_of_${apiName(name)}`;
const filledName = ({ name }: LeadStatus): string => `Filled_Date_of_${apiName(name)}`;

/** Statuses that others come after: the model lists them in the order in which they are passed. */
const toFill = (waterfall: Waterfall): readonly LeadStatus[] =>
  waterfall.stageDates.skipped === 'fill' ? datedStatuses(waterfall).slice(0, -1) : [];

const fillFormulas = (waterfall: Waterfall): readonly Authored<FlowFormula>[] => {
  const statuses = datedStatuses(waterfall);
  const steps = toFill(waterfall);
  if (steps.length === 0) return [];
  const cases = statuses.map(({ name }) => `${quoted(name)}, ${record(leadStatusDateField(name))}`);
  return [
    formula(
      PRESENT_STATUS_DATE,
      'Date',
      'The date of the status that the lead is in.',
      `CASE(${[STATUS, ...cases, merge('$Flow.CurrentDate')].join(', ')})`,
    ),
    ...steps.map((status, index) =>
      filledDate(
        { formulaName: filledName(status), name: status.name, kind: 'status', field: leadStatusDateField(status.name) },
        anyOf(statuses.slice(index + 1).map(statusIs)),
        PRESENT_STATUS_DATE,
      ),
    ),
  ];
};

/**
 * The stamping of stages, for lead statuses. Before save: no query and no DML. A conversion is a save of the lead as well, so that the
 * status that means converted gets its date (LeadConfigSettings, `shouldLeadConvertRequireValidation`, lets flows run there).
 */
export const leadStampingFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const statuses = datedStatuses(waterfall);
  const filled = toFill(waterfall);
  if (statuses.length === 0) return null;
  const { reentry, skipped } = waterfall.stageDates;
  return recordTriggeredFlow({
    name: FLOW.leadStamping,
    label: 'Waterfall: Lead Status Stamping',
    description:
      `Stamps the date of the status that a lead is created in or reaches (${reentry === 'first' ? 'the first entry counts' : 'the latest entry counts'}; ` +
      `${skipped === 'blank' ? 'skipped statuses stay blank' : 'skipped statuses are filled'}). Dates that the same save sets are kept. ${RUNS_LAST} ${COMPILED}`,
    source: 'leads.statuses',
    start: {
      first: elementName(LABEL.stamp),
      filterFormula: and(NOT_BYPASSED, or(IS_NEW, `ISCHANGED(${record('Status')})`)),
      object: 'Lead',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      assignments: [
        assignment(
          { label: LABEL.stamp, description: 'Gives the present status its date. All other dates stay what they are.' },
          statuses.map((status) => set(`$Record.${leadStatusDateField(status.name)}`, reference(dateName(status)))),
          filled.length > 0 ? to(LABEL.fill) : undefined,
        ),
        ...(filled.length > 0
          ? [
              assignment(
                {
                  label: LABEL.fill,
                  description: 'Gives earlier statuses that were jumped over the date of the present one.',
                },
                filled.map((status) =>
                  set(`$Record.${leadStatusDateField(status.name)}`, reference(filledName(status))),
                ),
              ),
            ]
          : []),
      ],
      formulas: [
        ...statuses.map((status) =>
          stampedDate(
            {
              formulaName: dateName(status),
              name: status.name,
              kind: 'status',
              field: leadStatusDateField(status.name),
              isIn: statusIs(status),
              entered: ENTERED,
            },
            reentry,
          ),
        ),
        ...fillFormulas(waterfall),
      ],
    },
  });
};
