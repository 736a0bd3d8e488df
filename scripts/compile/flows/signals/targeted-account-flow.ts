/**
 * The flow that starts an opportunity for each solution that an account is newly targeted for. After save; what is open for a solution
 * already, of whatever type, is left as it is, so that taking a solution away and adding it again opens nothing twice.
 *
 * All solutions of a batch are created in one insert. What is refused is looked at again, so that RevOps hears of what is missing only.
 * At most three queries and one insert, for a batch as for one account.
 */
import type { FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { ACCOUNT_FIELD, FIELD, FLOW, recordTypeName } from '../../names.ts';
import { CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { fitName } from '../../text.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  jumpTo,
  keepFault,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, or, record } from '../formula-text.ts';
import { NO_RECORD_TYPE, recordTypeSteps, tellOfRecordType } from '../record-type-steps.ts';
import type { RecordTypeSteps } from '../record-type-steps.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { added } from '../number-and-list-steps.ts';
import { createFrom, filter, getAll, loop, recordVariable, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { targetedType } from './creation-rules.ts';
import { NAME_LENGTH, TARGETED, targetedFormulas, toCreate } from './targeted-account-formulas.ts';

const LABEL = {
  now: 'Note what is targeted',
  isNew: 'Is it a new account?',
  before: 'Note what was targeted before',
  any: 'Is a solution newly targeted?',
  open: 'Find what is open',
  anyOpen: 'Is anything open?',
  eachOpen: 'Go through what is open',
  keepOpen: 'Keep its solution',
  missing: 'Is one still without an opportunity?',
  recordType: 'Find the record type',
  common: 'Note what all have in common',
  create: 'Create the opportunities',
  refused: 'Note why it was refused',
  openNow: 'Find what is open now',
  anyOpenNow: 'Is anything open now?',
  eachOpenNow: 'Go through what is open now',
  keepOpenNow: 'Keep the solution that is open now',
  stillMissing: 'Is one missing now?',
  tell: 'Tell RevOps',
} as const;

const OPPORTUNITY = 'Opportunity';
const OPPORTUNITIES = 'Opportunities';
const REASON = 'Reason';

const targeted = `$Record.${ACCOUNT_FIELD.targetedSolutions}`;
const questionAbout = (solution: string): string => fitName(`Create one for ${solution}?`, NAME_LENGTH);
const preparing = (solution: string): string => fitName(`Prepare ${solution}`, NAME_LENGTH);

const findOpen = (label: string, description: string, next: string, fault: string) =>
  getAll(
    { label, description },
    {
      object: 'Opportunity',
      filters: [
        equals('AccountId', reference('$Record.Id')),
        equals('IsClosed', yesNo(false)),
        filter(FIELD.solution, 'IsNull', yesNo(false)),
      ],
      fields: ['Id', FIELD.solution],
    },
    to(next),
    fault === LABEL.tell ? to(fault) : jumpTo(fault),
  );

const keepSolution = (label: string, loopLabel: string) =>
  assignment(
    { label, description: 'A text of solutions with semicolons, in which a formula can look for one.' },
    [added(TARGETED.open, reference(`${elementName(loopLabel)}.${FIELD.solution}`)), added(TARGETED.open, text(';'))],
    jumpTo(loopLabel),
  );

const lookups = (found: RecordTypeSteps): FlowMetadata['recordLookups'] => [
  findOpen(
    LABEL.open,
    'Of whatever type: one account, one solution, one opportunity at a time.',
    LABEL.anyOpen,
    LABEL.refused,
  ),
  ...found.recordLookups,
  findOpen(LABEL.openNow, 'Something else may have opened one meanwhile.', LABEL.anyOpenNow, LABEL.tell),
];

const anyToCreate = (
  solutions: readonly string[],
  label: string,
  description: string,
  outcome: { readonly label: string; readonly next: string; readonly otherwise: string },
) =>
  question(
    { label, description },
    {
      label: outcome.label,
      description: 'There is a solution that is newly targeted and has nothing open.',
      logic: 'or',
      conditions: solutions.map((name) => condition(toCreate(name), 'EqualTo', yesNo(true))),
      connector: outcome.next === LABEL.tell ? jumpTo(outcome.next) : to(outcome.next),
    },
    { label: outcome.otherwise },
  );

/** A question and a step per solution, in the order of the model; the insert after the last. */
const perSolution = (solutions: readonly string[]): Required<Pick<FlowMetadata, 'assignments' | 'decisions'>> => {
  const after = (index: number): string => {
    const next = solutions[index + 1];
    return next === undefined ? LABEL.create : questionAbout(next);
  };
  return {
    decisions: solutions.map((name, index) =>
      question(
        { label: questionAbout(name), description: `Whether ${name} is newly targeted and has nothing open.` },
        {
          label: fitName(`${name} is to be created`, NAME_LENGTH),
          description: 'It is.',
          logic: 'and',
          conditions: [condition(toCreate(name), 'EqualTo', yesNo(true))],
          connector: to(preparing(name)),
        },
        { label: 'Not this one', connector: jumpTo(after(index)) },
      ),
    ),
    assignments: solutions.map((name, index) =>
      assignment(
        { label: preparing(name), description: `One opportunity for ${name}.` },
        [
          // From top to bottom: name and key follow from the solution.
          set(TARGETED.solution, text(name)),
          set(`${OPPORTUNITY}.${FIELD.solution}`, reference(TARGETED.solution)),
          set(`${OPPORTUNITY}.Name`, reference(TARGETED.name)),
          set(`${OPPORTUNITY}.${FIELD.openKey}`, reference(TARGETED.key)),
          added(OPPORTUNITIES, reference(OPPORTUNITY)),
        ],
        to(after(index)),
      ),
    ),
  };
};

const anythingOpen = (label: string, found: string, each: string, next: string) =>
  whenFound(
    { label, description: 'What is open is left as it is.' },
    found,
    {
      found: label.replace('Is anything', 'Something is').replace('?', ''),
      none: 'Nothing is open',
      description: 'The look-up found opportunities.',
    },
    to(each),
    jumpTo(next),
  );

const decisions = (
  { typeCarrier }: Waterfall,
  found: RecordTypeSteps,
  solutions: readonly string[],
): readonly NonNullable<FlowMetadata['decisions']>[number][] => [
  question(
    { label: LABEL.isNew, description: 'A new account was targeted for nothing before.' },
    {
      label: 'A new account',
      description: 'This save creates it.',
      logic: 'and',
      conditions: [condition(TARGETED.newAccount, 'EqualTo', yesNo(true))],
      connector: jumpTo(LABEL.any),
    },
    { label: 'There already', connector: to(LABEL.before) },
  ),
  anyToCreate(solutions, LABEL.any, 'Taking a solution away ends nothing and starts nothing.', {
    label: 'One is',
    next: LABEL.open,
    otherwise: 'None is',
  }),
  anythingOpen(LABEL.anyOpen, LABEL.open, LABEL.eachOpen, LABEL.missing),
  anythingOpen(LABEL.anyOpenNow, LABEL.openNow, LABEL.eachOpenNow, LABEL.stillMissing),
  anyToCreate(solutions, LABEL.missing, 'What is open for a solution is left as it is.', {
    label: 'One is without',
    next: typeCarrier === 'recordType' ? LABEL.recordType : LABEL.common,
    otherwise: 'All have one',
  }),
  ...found.decisions,
  anyToCreate(solutions, LABEL.stillMissing, 'Refused because it is there already is as good as created.', {
    label: 'One is missing',
    next: LABEL.tell,
    otherwise: 'Nothing is missing',
  }),
];

const assignments = (
  { typeCarrier }: Waterfall,
  found: RecordTypeSteps,
  type: OpportunityType,
  first: string,
  org: OrgFacts,
): readonly NonNullable<FlowMetadata['assignments']>[number][] => [
  assignment(
    {
      label: LABEL.now,
      description:
        'As text, in which a formula can look for one: formulas of flows take no picklist of several values.',
    },
    [set(TARGETED.now, reference(targeted))],
    to(LABEL.isNew),
  ),
  assignment(
    { label: LABEL.before, description: 'Only here: a new account has no earlier version.' },
    [set(TARGETED.before, reference(targeted.replace('$Record', '$Record__Prior')))],
    to(LABEL.any),
  ),
  keepSolution(LABEL.keepOpen, LABEL.eachOpen),
  assignment(
    { label: LABEL.common, description: 'Account, stage, owner and close date are the same for each.' },
    [
      set(`${OPPORTUNITY}.AccountId`, reference('$Record.Id')),
      set(`${OPPORTUNITY}.StageName`, text(type.creation.stage)),
      set(`${OPPORTUNITY}.Type`, text(type.typeValue)),
      set(`${OPPORTUNITY}.CloseDate`, reference(TARGETED.closeDate)),
      set(`${OPPORTUNITY}.OwnerId`, reference(TARGETED.owner)),
      ...(typeCarrier === 'recordType'
        ? [set(`${OPPORTUNITY}.RecordTypeId`, reference(`${elementName(LABEL.recordType)}.Id`))]
        : []),
      // Left out, it would be the currency of whoever targets (object reference, Opportunity, CurrencyIsoCode).
      ...(org.multiCurrency ? [set(`${OPPORTUNITY}.${CURRENCY}`, reference(`$Record.${CURRENCY}`))] : []),
    ],
    to(first),
  ),
  keepFault(LABEL.refused, REASON, to(LABEL.openNow)),
  ...found.assignments,
  keepSolution(LABEL.keepOpenNow, LABEL.eachOpenNow),
];

const variables: readonly Authored<FlowVariable>[] = [
  variable(TARGETED.now, 'String', 'The targeted solutions with semicolons between them.'),
  variable(TARGETED.before, 'String', 'The solutions that were targeted before this save; blank for a new account.'),
  variable(TARGETED.open, 'String', 'The solutions for which something is open, with semicolons after them.'),
  variable(TARGETED.solution, 'String', 'The solution that is being prepared.'),
  variable(REASON, 'String', 'Why something was refused.'),
  recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity that is being prepared.'),
  recordVariable(OPPORTUNITIES, 'Opportunity', 'The opportunities to create.', true),
];

/** Null where targeting an account creates nothing. */
export const targetedAccountFlow = (waterfall: Waterfall, org: OrgFacts): Component<FlowMetadata> | null => {
  const type = targetedType(waterfall);
  const solutions = waterfall.solutions.map(({ name }) => name);
  const [firstSolution] = solutions;
  if (!type || firstSolution === undefined) return null;
  const first = questionAbout(firstSolution);
  const each = perSolution(solutions);
  const found =
    waterfall.typeCarrier === 'typeField'
      ? NO_RECORD_TYPE
      : recordTypeSteps(
          { label: LABEL.recordType, description: 'Found by developer name, since ids differ from org to org.' },
          text(recordTypeName(type)),
          {
            next: LABEL.common,
            fault: LABEL.refused,
            missing: tellOfRecordType(recordTypeName(type), REASON, LABEL.tell),
          },
        );
  return recordTriggeredFlow({
    name: FLOW.targetedAccount,
    label: 'Waterfall: Targeted Account',
    description:
      `Creates an ${type.label} opportunity at ${type.creation.stage} for each solution that an account is newly targeted for and that has ` +
      `nothing open there. What the org refuses never blocks the account: RevOps gets a task that names the reason. ${RUNS_LAST} ${COMPILED}`,
    source: type.source,
    start: {
      first: elementName(LABEL.now),
      // Whether anything is targeted is for the first decision: formulas take a picklist of several values in few functions only.
      filterFormula: and(NOT_BYPASSED, or(IS_NEW, `ISCHANGED(${record(ACCOUNT_FIELD.targetedSolutions)})`)),
      object: 'Account',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      assignments: [...assignments(waterfall, found, type, first, org), ...each.assignments],
      decisions: [...decisions(waterfall, found, solutions), ...each.decisions],
      formulas: targetedFormulas(solutions, type),
      loops: [
        loop(
          { label: LABEL.eachOpen, description: 'What is open at this account.' },
          elementName(LABEL.open),
          to(LABEL.keepOpen),
          to(LABEL.missing),
        ),
        loop(
          { label: LABEL.eachOpenNow, description: 'What is open at this account after the refusal.' },
          elementName(LABEL.openNow),
          to(LABEL.keepOpenNow),
          to(LABEL.stillMissing),
        ),
      ],
      recordCreates: [
        createFrom(
          { label: LABEL.create, description: 'All at once. The key tells when one is there already.' },
          OPPORTUNITIES,
          to(LABEL.refused),
        ),
      ],
      recordLookups: lookups(found),
      subflows: [
        tellRevOps(
          { label: LABEL.tell, description: 'A task with the reason, on the account.' },
          {
            recordId: reference('$Record.Id'),
            subject: reference(TARGETED.subject),
            reason: reference(REASON),
            whatToDo: text(
              'Remove the reason, then take the solution off the targeted solutions of the account and add it again, or create the opportunity by hand.',
            ),
            otherwise: reference('$Record.OwnerId'),
          },
        ),
      ],
      variables,
    },
  });
};
