import { inList } from '../../org/query-in-lists.ts';
import { checkRow, namesOfType } from './check.ts';
import type { Check } from './check.ts';

interface FlowRow {
  readonly ApiName: string;
  readonly IsActive: boolean;
}

/** In production flows may land inactive (Metadata API Developer Guide, FlowSettings, `enableFlowDeployAsActiveEnabled`). */
export const activeFlows: Check = {
  title: 'Flows are active',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'Flow');
    const rows = await org.query<FlowRow>(
      `SELECT ApiName, IsActive FROM FlowDefinitionView WHERE ApiName IN (${inList(names)})`,
    );
    return names.map((name) => {
      const found = rows.find(({ ApiName }) => ApiName === name);
      return checkRow(
        activeFlows.title,
        `Flow ${name}`,
        'active',
        found ? (found.IsActive ? 'active' : 'inactive') : 'not there',
        found ? 'Activate it in Setup, Flows, or deploy again.' : 'Deploy the waterfall.',
      );
    });
  },
};
