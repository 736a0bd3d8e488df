import type { Leads, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FLOW, LEAD_FIELD, MATCH_STATUS } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  fieldValue,
  formula,
  jumpTo,
  keepFault,
  question,
  reference,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, merge, quoted, record } from '../formula-text.ts';
import { RUNS_LAST, asynchronously, changedToMeet, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { updateFrom, updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { BEGIN, BEST_RULE, CANDIDATES, CHOSEN_ACCOUNT, findAccounts } from './find-accounts.ts';
import { LEAD_TO_WRITE, OWNER_IF_USER, TEXT_LENGTH, leadToWrite, ownerIfUser, writing } from './lead-record.ts';
import { MEASURES, ruleReason } from './match-rules.ts';
import { firstWithoutAccount, withoutAccount } from './no-account.ts';
import { DECIDED_BY, breakTies, firstToCompare } from './tie-breakers.ts';

const LABEL = {
  open: 'Does the lead still wait?',
  chosen: 'Note the account',
  write: 'Write it to the lead',
  told: 'Does RevOps have to know?',
  failed: 'Note why it failed',
  say: 'Write the problem to the lead',
  tell: 'Tell RevOps',
} as const;

const PROBLEM = 'Problem';
const PROBLEM_TEXT = 'Problem_Of_Lead';
const REASON = 'Reason_Of_Match';
const SUBJECT = 'Task_Subject';

/** What the flow of match keys sets before the save, on a new lead and when what a lead finds its account by has changed. */
const TO_BE_MATCHED = [
  `NOT(${record('IsConverted')})`,
  `ISBLANK(${record(LEAD_FIELD.matchedAccount)})`,
  `ISPICKVAL(${record(LEAD_FIELD.matchStatus)}, ${quoted(MATCH_STATUS.toBeMatched)})`,
];

/** `Same e-mail domain acme.com; of 3 accounts the one with an open opportunity`. */
const reason = (leads: Leads): string => {
  const { tieBreakers } = leads;
  const found = ruleReason(leads, merge(BEST_RULE));
  const which = tieBreakers.map(
    (breaker, index) => `${String(index + 1)}, ${quoted(`the one ${MEASURES[breaker].words}`)}`,
  );
  const chosen =
    which.length === 0
      ? '"the one that was created first"'
      : `CASE(${[merge(DECIDED_BY), ...which, '"the one that was created first"'].join(', ')})`;
  const ofSeveral = `IF(${merge(CANDIDATES)} > 1, "; of " & TEXT(${merge(CANDIDATES)}) & " accounts " & ${chosen}, "")`;
  return `LEFT(${found} & ${ofSeveral}, ${String(TEXT_LENGTH)})`;
};

const notMatched = [
  fieldValue(LEAD_FIELD.matchStatus, text(MATCH_STATUS.noMatch)),
  fieldValue(LEAD_FIELD.matchReason, reference(PROBLEM_TEXT)),
];

const ownElements = (
  leads: Leads,
): Required<
  Pick<FlowElements, 'assignments' | 'decisions' | 'formulas' | 'recordUpdates' | 'subflows' | 'variables'>
> => ({
  assignments: [
    assignment(
      { label: LABEL.chosen, description: 'And why it is this one.' },
      writing({
        [LEAD_FIELD.matchedAccount]: reference(CHOSEN_ACCOUNT),
        [LEAD_FIELD.matchStatus]: text(MATCH_STATUS.matched),
        [LEAD_FIELD.matchReason]: reference(REASON),
      }),
      to(LABEL.write),
    ),
    keepFault(LABEL.failed, PROBLEM, to(LABEL.say)),
  ],
  decisions: [
    question(
      {
        label: LABEL.open,
        description: 'Since the save somebody may have converted it or chosen an account, or it was matched already.',
      },
      {
        label: 'It waits',
        description: 'Nothing of that is so.',
        logic: 'and',
        conditions: [
          condition(`$Record.${LEAD_FIELD.matchStatus}`, 'EqualTo', text(MATCH_STATUS.toBeMatched)),
          condition('$Record.IsConverted', 'EqualTo', yesNo(false)),
          condition(`$Record.${LEAD_FIELD.matchedAccount}`, 'IsNull', yesNo(true)),
        ],
        connector: to(BEGIN),
      },
      { label: 'It has all it needs' },
    ),
    question(
      { label: LABEL.told, description: 'Of a lead without an account, it has.' },
      {
        label: 'It has to',
        description: 'There is something to tell.',
        logic: 'and',
        conditions: [condition(PROBLEM, 'IsNull', yesNo(false))],
        connector: to(LABEL.tell),
      },
      { label: 'All is well' },
    ),
  ],
  formulas: [
    formula(REASON, 'String', 'Why it is this account, in words.', reason(leads)),
    formula(
      PROBLEM_TEXT,
      'String',
      'As much of the problem as the field holds.',
      `LEFT(TRIM(${merge(PROBLEM)}), ${String(TEXT_LENGTH)})`,
    ),
    formula(
      SUBJECT,
      'String',
      'What the task is about.',
      `"Lead without an account: " & ${record('Name')} & ", " & ${record('Company')}`,
    ),
    ownerIfUser,
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.write, description: 'The account and why it is this one, or that there is none.' },
      LEAD_TO_WRITE,
      jumpTo(LABEL.failed),
      to(LABEL.told),
    ),
    updateWhere(
      {
        label: LABEL.say,
        description:
          'So that it does not wait to be matched for ever. Where that is refused as well, RevOps is told alike.',
      },
      { object: 'Lead', filters: [equals('Id', reference('$Record.Id'))], values: notMatched },
      jumpTo(LABEL.tell),
      to(LABEL.tell),
    ),
  ],
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'A lead without an account waits for somebody to look at it.' },
      {
        recordId: reference('$Record.Id'),
        subject: reference(SUBJECT),
        reason: reference(PROBLEM),
        whatToDo: text(
          'Choose the matched account on the lead. Where its match status is No Match, it is also matched again when you correct its e-mail, ' +
            'company, website or country.',
        ),
        otherwise: reference(OWNER_IF_USER),
      },
    ),
  ],
  variables: [variable(PROBLEM, 'String', 'What RevOps has to know.')],
});

/**
 * On the asynchronous path, in a transaction of its own, so that nothing can refuse the lead. Interviews of a batch run in lockstep: for
 * 200 leads a query each for contacts, accounts and open opportunities, and those of telling RevOps; one update.
 */
export const leadMatchingFlow = ({ leads }: Waterfall): Component<FlowMetadata> | null => {
  if (leads === null) return null;
  const failed = jumpTo(LABEL.failed);
  const own = ownElements(leads);
  const found = findAccounts(
    leads,
    { none: firstWithoutAccount(leads), one: LABEL.chosen, several: firstToCompare(leads) },
    failed,
  );
  const ties = breakTies(leads, LABEL.chosen, failed);
  const without = withoutAccount(leads, {
    problem: PROBLEM,
    write: LABEL.write,
    notMatched,
    tell: jumpTo(LABEL.tell),
    failed,
  });
  return recordTriggeredFlow({
    name: FLOW.leadMatching,
    label: 'Waterfall: Lead Matching',
    description:
      'Finds the account of a lead that is new or whose e-mail, company, website or country changed, and says why it is this one. With ' +
      `no account found, ${leads.noMatch === 'createAccount' ? 'it is created' : 'RevOps gets a task'}. ${RUNS_LAST} ${COMPILED}`,
    source: 'leads.matchBy',
    start: {
      ...changedToMeet(NOT_BYPASSED, ...TO_BE_MATCHED),
      object: 'Lead',
      paths: [asynchronously(elementName(LABEL.open))],
      triggerType: 'RecordAfterSave',
    },
    elements: {
      assignments: [...found.assignments, ...ties.assignments, ...without.assignments, ...own.assignments],
      decisions: [...own.decisions, ...found.decisions, ...ties.decisions, ...without.decisions],
      formulas: [...found.formulas, ...ties.formulas, ...without.formulas, ...own.formulas],
      loops: [...found.loops, ...ties.loops],
      recordCreates: without.recordCreates,
      recordLookups: [...found.recordLookups, ...ties.recordLookups, ...without.recordLookups],
      recordUpdates: [...own.recordUpdates, ...without.recordUpdates],
      subflows: own.subflows,
      variables: [...found.variables, ...ties.variables, ...own.variables, leadToWrite],
    },
  });
};
