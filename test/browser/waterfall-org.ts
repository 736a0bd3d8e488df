import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploy } from '../../local-org/metadata/deploy.ts';
import { zipFolder } from '../../local-org/metadata/package/zip-folder.ts';
import { startLocalOrg, type RunningOrg } from '../../local-org/start-local-org.ts';
import { gatherComponents } from '../../scripts/commands/gather-components.ts';
import { loadModel } from '../../scripts/model/load-model.ts';
import { RECORD_PAGE, layoutName, recordTypeName } from '../../scripts/compile/names.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { PlannedComponent } from '../../scripts/plan/types.ts';
import { writePackage } from '../../scripts/apply/package-folder.ts';

const PROJECT = path.join(import.meta.dirname, '..', '..');
const API_VERSION = '66.0';

/** What a plan adds to the package: the page as the object's default, each record type with its layout. */
const assignments = (model: Waterfall): PlannedComponent[] => [
  {
    type: 'CustomObject',
    fullName: 'Opportunity',
    metadata: {
      actionOverrides: [{ actionName: 'View', content: RECORD_PAGE, formFactor: 'Large', type: 'Flexipage' }],
    },
  },
  ...['Admin', 'Standard'].map((fullName) => ({
    type: 'Profile',
    fullName,
    metadata: {
      layoutAssignments: model.opportunityTypes.map((type) => ({
        layout: layoutName(type),
        recordType: `Opportunity.${recordTypeName(type)}`,
      })),
      // Standard users get their record types by permission set.
      ...(fullName === 'Admin' && {
        recordTypeVisibilities: model.opportunityTypes.map((type, index) => ({
          default: index === 0,
          recordType: `Opportunity.${recordTypeName(type)}`,
          visible: true,
        })),
      }),
    },
  })),
];

/** A fresh local org in this process with the whole compiled package deployed into it. */
export async function waterfallOrg(): Promise<RunningOrg> {
  const running = await startLocalOrg({});
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-package-'));
    const { waterfall: model } = await loadModel(path.join(PROJECT, 'config', 'waterfall.yaml'));
    if (!model) throw new Error('config/waterfall.yaml has errors');
    const components = await gatherComponents(model, PROJECT);
    writePackage(folder, { components: [...components, ...assignments(model)] }, API_VERSION);
    const zip = zipFolder(folder);
    rmSync(folder, { recursive: true, force: true });
    const admin = running.server.context.sessions.userOf(running.token);
    if (!admin) throw new Error('the local org has no administrator');
    const result = deploy(running.org, admin, zip, {
      rollbackOnError: true,
      singlePackage: true,
      ignoreWarnings: true,
    });
    if (!result.success) {
      const reasons = result.details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`);
      throw new Error(`the package was refused:\n${[result.errorMessage ?? '', ...reasons].join('\n')}`);
    }
    assign(running, 'Waterfall_RevOps', admin.id);
    return running;
  } catch (error) {
    await running.close();
    throw error;
  }
}

/** Without a permission set nobody, the administrator included, sees a field that was deployed. */
export function assign({ org }: RunningOrg, permissionSet: string, userId: string): void {
  org.transact(org.user(userId), (tx) => {
    const filter = { field: 'Name', operator: '=', value: permissionSet } as const;
    const [set] = tx.select({ object: 'PermissionSet', filter, limit: 1 });
    const records = [{ AssigneeId: userId, PermissionSetId: set?.Id ?? null }];
    const [result] = tx.save({ operation: 'insert', object: 'PermissionSetAssignment', records, allOrNone: true });
    if (!result?.success) throw new Error(`${permissionSet} was refused: ${JSON.stringify(result?.errors)}`);
  });
}
