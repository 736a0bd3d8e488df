import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { ACCOUNT_FIELD, FLOW } from '../../names.ts';
import { assignment, elementName, reference, set } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, or, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { COMPANY, companyFormulas, companyKeyOf, companyVariable } from './company-key-steps.ts';
import { DOMAIN, domainFormulas, domainOf, domainVariable } from './domain-steps.ts';

const KEEP = 'Keep the match keys in step';

/**
 * Before save: no query and no DML. Also when the key is blank, so that an account from before the flow gets its keys whenever it is
 * saved next.
 */
export const accountKeysFlow = ({ leads }: Waterfall): Component<FlowMetadata> | null =>
  leads === null
    ? null
    : recordTriggeredFlow({
        name: FLOW.accountKeys,
        label: 'Waterfall: Account Match Keys',
        description: `Works out by which domain and which company key leads find an account. ${RUNS_LAST} ${COMPILED}`,
        source: 'leads.matchBy',
        start: {
          first: elementName(KEEP),
          filterFormula: and(
            NOT_BYPASSED,
            or(
              IS_NEW,
              `ISCHANGED(${record('Name')})`,
              `ISCHANGED(${record('Website')})`,
              `ISBLANK(${record(ACCOUNT_FIELD.companyKey)})`,
            ),
          ),
          object: 'Account',
          triggerType: 'RecordBeforeSave',
        },
        elements: {
          assignments: [
            assignment(
              {
                label: KEEP,
                description: 'The domain of the website, and the name without punctuation and legal form.',
              },
              [
                ...domainOf(reference('$Record.Website')),
                set(`$Record.${ACCOUNT_FIELD.websiteDomain}`, reference(DOMAIN)),
                ...companyKeyOf(reference('$Record.Name')),
                set(`$Record.${ACCOUNT_FIELD.companyKey}`, reference(COMPANY)),
              ],
            ),
          ],
          formulas: [...domainFormulas, ...companyFormulas],
          variables: [domainVariable, companyVariable],
        },
      });
