import { flowsLeftOut, isCompiledFlow } from '../../compile/left-out.ts';
import { inList } from '../../org/query-in-lists.ts';
import { checkRow } from './check.ts';
import type { Check } from './check.ts';

interface FlowRow {
  readonly ApiName: string;
  readonly Description: string | null;
}

/** A flow that an earlier model brought goes on running until the plan has deactivated it. */
export const nothingLeftOver: Check = {
  title: 'Nothing of an earlier model runs',
  run: async ({ org, components }) => {
    const names = flowsLeftOut(components).map(({ fullName }) => fullName);
    if (names.length === 0) return [];
    const rows = await org.query<FlowRow>(
      `SELECT ApiName, Description FROM FlowDefinitionView WHERE IsActive = true AND ApiName IN (${inList(names)})`,
    );
    const running = rows
      .filter(({ ApiName, Description }) => names.includes(ApiName) && isCompiledFlow(Description))
      .map(({ ApiName }) => ApiName);
    return [
      checkRow(
        nothingLeftOver.title,
        'Flows',
        'none active',
        running.length === 0 ? 'none active' : `active: ${running.join(', ')}`,
        'Deploy the waterfall: the plan deactivates them.',
      ),
    ];
  },
};
