import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { convertsLeads, solutionOfUnnamed } from '../../leads/what-leads-need.ts';
import { FLOW, LEAD_FIELD, MATCH_STATUS } from '../../names.ts';
import { assignment, elementName, formula, reference, set } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, anyOf, merge, newOrNot, or, prior, quoted, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { COMPANY, companyFormulas, companyKeyOf, companyVariable } from './company-key-steps.ts';
import { DOMAIN, domainFormulas, domainOf, domainVariable } from './domain-steps.ts';

const LABEL = { keys: 'Keep the match keys in step', status: 'Keep the match status in step' } as const;
const COMPANY_DOMAIN = 'Company_Domain';
const STATUS = 'Match_Status';
const REASON = 'Match_Reason';
const PROBLEM = 'Conversion_Problem';
const SOLUTION = 'Solution_Of_Lead';
/** Longest text literal that is written into one formula term; a long list of domains is spread over several. */
const LITERAL = 200;

/** `;gmail.com;gmx.de;` in pieces, so that one CONTAINS asks about many domains. */
const listed = (domains: readonly string[]): readonly string[] => {
  const pieces: string[] = [];
  for (const domain of domains) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + domain.length < LITERAL) pieces[pieces.length - 1] = `${last}${domain};`;
    else pieces.push(`;${domain};`);
  }
  return pieces;
};

const isPublic = ({ publicMailDomains }: Leads): string =>
  anyOf(listed(publicMailDomains).map((piece) => `CONTAINS(${quoted(piece)}, ";" & ${merge(DOMAIN)} & ";")`));

const account = record(LEAD_FIELD.matchedAccount);
const status = `TEXT(${record(LEAD_FIELD.matchStatus)})`;
const reason = record(LEAD_FIELD.matchReason);
const problem = record(LEAD_FIELD.conversionProblem);
const changed = (field: string): string => `BLANKVALUE(${record(field)}, "") <> BLANKVALUE(${prior(field)}, "")`;
const accountChanged = changed(LEAD_FIELD.matchedAccount);
const sameStatus = `${status} = TEXT(${prior(LEAD_FIELD.matchStatus)})`;
const sameReason = `BLANKVALUE(${reason}, "") = BLANKVALUE(${prior(LEAD_FIELD.matchReason)}, "")`;
const sameProblem = `BLANKVALUE(${problem}, "") = BLANKVALUE(${prior(LEAD_FIELD.conversionProblem)}, "")`;
const BY_HAND = quoted('Chosen by a person');

/** What a lead finds its account by: a change of it has the lead matched anew while it has none. */
const FOUND_BY = ['Email', 'Company', 'Website', 'Country'] as const;

/**
 * An automation of the org that answers a refusal by a save of its own does so within seconds, and would have the lead refused again
 * and again, for ever; a person who has read why it was refused saves later. A minute of a day: moments are subtracted in days.
 */
const notAtOnce = `NOW() - ${prior('LastModifiedDate')} > 1 / 1440`;

/** A lead that could not be converted and that is corrected: saved more than a minute later, by what says nothing of the conversion. */
const triedAgain = and(
  `${status} = ${quoted(MATCH_STATUS.notConverted)}`,
  sameStatus,
  sameProblem,
  `NOT(ISBLANK(${account}))`,
  notAtOnce,
);

/**
 * A lead that matching or conversion writes about brings its own status and reason; what a person does to the account gets one. Matching
 * and conversion begin with the status: an asynchronous path cannot be started by "this has changed" in a formula (see `changedToMeet`).
 */
const statusFormulas = (converts: boolean): readonly Authored<FlowFormula>[] => [
  formula(
    STATUS,
    'String',
    'Converted, To Be Matched, or what the automation says; Matched when a person has chosen the account, blank when one has taken it away.',
    `IF(${record('IsConverted')}, ${quoted(MATCH_STATUS.converted)}, ${newOrNot(
      `IF(ISBLANK(${account}), ${quoted(MATCH_STATUS.toBeMatched)}, ${quoted(MATCH_STATUS.matched)})`,
      `IF(AND(ISBLANK(${account}), ${anyOf(FOUND_BY.map(changed))}), ${quoted(MATCH_STATUS.toBeMatched)}, ` +
        `IF(AND(${accountChanged}, ${sameStatus}), IF(ISBLANK(${account}), "", ${quoted(MATCH_STATUS.matched)}), ` +
        `${converts ? `IF(${triedAgain}, ${quoted(MATCH_STATUS.matched)}, ${status})` : status}))`,
    )})`,
  ),
  formula(
    REASON,
    'String',
    'Why it is this account: what the automation says, or that a person has chosen it.',
    newOrNot(
      `IF(AND(NOT(ISBLANK(${account})), ISBLANK(${reason})), ${BY_HAND}, ${reason})`,
      `IF(AND(${accountChanged}, ${sameReason}), IF(ISBLANK(${account}), "", ${BY_HAND}), ${reason})`,
    ),
  ),
];

/** After the status: the same assignment gives that first. */
const problemFormula = formula(
  PROBLEM,
  'String',
  'What the conversion said, as long as the lead is one that could not be converted.',
  `IF(ISPICKVAL(${record(LEAD_FIELD.matchStatus)}, ${quoted(MATCH_STATUS.notConverted)}), ${problem}, "")`,
);

const isChanged = (field: string): string => `ISCHANGED(${record(field)})`;

const start = (converts: boolean): string =>
  and(
    NOT_BYPASSED,
    or(
      IS_NEW,
      ...[...FOUND_BY, LEAD_FIELD.matchedAccount, 'IsConverted'].map(isChanged),
      `ISBLANK(${record(LEAD_FIELD.companyKey)})`,
      ...(converts
        ? [
            and(
              `ISPICKVAL(${record(LEAD_FIELD.matchStatus)}, ${quoted(MATCH_STATUS.notConverted)})`,
              `NOT(${isChanged(LEAD_FIELD.matchStatus)})`,
              `NOT(${isChanged(LEAD_FIELD.conversionProblem)})`,
            ),
          ]
        : []),
    ),
  );

const solutionFormula = (unnamed: string): Authored<FlowFormula> =>
  formula(
    SOLUTION,
    'String',
    'What the lead is interested in; where it does not say, what such leads are taken to want.',
    `IF(ISBLANK(TEXT(${record(LEAD_FIELD.solution)})), ${quoted(unnamed)}, TEXT(${record(LEAD_FIELD.solution)}))`,
  );

/** Before save: no query and no DML. */
export const leadKeysFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const { leads } = waterfall;
  const converts = convertsLeads(waterfall);
  const unnamed = solutionOfUnnamed(waterfall);
  return leads === null
    ? null
    : recordTriggeredFlow({
        name: FLOW.leadKeys,
        label: 'Waterfall: Lead Match Keys',
        description:
          'Works out by which domains and which company key a lead finds its account, says when it is to be matched, and keeps the match ' +
          `status in step with the account that is chosen and with the conversion. ${RUNS_LAST} ${COMPILED}`,
        source: 'leads.matchBy',
        start: {
          first: elementName(LABEL.keys),
          filterFormula: start(converts),
          object: 'Lead',
          triggerType: 'RecordBeforeSave',
        },
        elements: {
          assignments: [
            assignment(
              {
                label: LABEL.keys,
                description: 'The domains of website and e-mail, and the company without punctuation and legal form.',
              },
              [
                ...domainOf(reference('$Record.Website')),
                set(`$Record.${LEAD_FIELD.websiteDomain}`, reference(DOMAIN)),
                ...domainOf(reference('$Record.Email')),
                set(`$Record.${LEAD_FIELD.emailDomain}`, reference(COMPANY_DOMAIN)),
                ...companyKeyOf(reference('$Record.Company')),
                set(`$Record.${LEAD_FIELD.companyKey}`, reference(COMPANY)),
              ],
              { targetReference: elementName(LABEL.status) },
            ),
            assignment(
              {
                label: LABEL.status,
                description:
                  'Says of a lead that it is to be matched, that it is converted, and that a person has chosen the account.',
              },
              [
                set(`$Record.${LEAD_FIELD.matchStatus}`, reference(STATUS)),
                set(`$Record.${LEAD_FIELD.matchReason}`, reference(REASON)),
                ...(unnamed === null ? [] : [set(`$Record.${LEAD_FIELD.solution}`, reference(SOLUTION))]),
                ...(converts ? [set(`$Record.${LEAD_FIELD.conversionProblem}`, reference(PROBLEM))] : []),
              ],
            ),
          ],
          formulas: [
            ...domainFormulas,
            ...companyFormulas,
            formula(
              COMPANY_DOMAIN,
              'String',
              'The domain, unless it is that of a mail provider, which says nothing about the company.',
              `IF(${isPublic(leads)}, "", ${merge(DOMAIN)})`,
            ),
            ...statusFormulas(converts),
            ...(unnamed === null ? [] : [solutionFormula(unnamed)]),
            ...(converts ? [problemFormula] : []),
          ],
          variables: [domainVariable, companyVariable],
        },
      });
};
