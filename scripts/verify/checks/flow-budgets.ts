import type { FlowMetadata } from '../../compile/flows/flow-shell.ts';
import { FLOW_BUDGET, flowCost } from '../../compile/flows/flow-cost.ts';
import { FLOW } from '../../compile/names.ts';
import type { CheckRow } from '../types.ts';
import type { Check } from './check.ts';

const shown = ({ queries, dml }: { readonly queries: number; readonly dml: number }): string =>
  `${String(queries)} SOQL and ${String(dml)} DML`;

/** What each flow costs a batch of 200, read off its elements: they count once, whatever the size of the batch. */
export const flowBudgets: Check = {
  title: 'Budgets of the flows for 200 records',
  run: ({ components }) => {
    const flows = components.filter(({ type }) => type === 'Flow');
    const byName = new Map(flows.map(({ fullName, metadata }) => [fullName, metadata as unknown as FlowMetadata]));
    return Promise.resolve(
      [...byName].map(([name, flow]): CheckRow => {
        const budget = name === FLOW.stamping ? { queries: 0, dml: 0 } : FLOW_BUDGET;
        const cost = flowCost(flow, byName);
        const within = cost.queries <= budget.queries && cost.dml <= budget.dml;
        return {
          check: flowBudgets.title,
          place: `Flow ${name}`,
          expected: `at most ${shown(budget)}`,
          actual: shown(cost),
          status: within ? 'passed' : 'failed',
          action: within ? '' : 'Leave something out of the model, or change how the flow is compiled.',
        };
      }),
    );
  },
};
