import { PERMISSION_SET } from '../../compile/names.ts';
import { low } from './own-component.ts';
import { NOTHING } from './rule.ts';
import type { Outcome, RuleContext } from './rule.ts';

/**
 * New fields and record types are seen by nobody, not even by an administrator, until a permission set or profile shows them
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm). Whoever deploys has to see
 * them, to verify and to administer; everybody else is assigned by the admin, role by role.
 */
export function assignment(hasSet: boolean, { snapshot, mapping }: RuleContext): Outcome {
  const permissionSet = PERMISSION_SET.revOps;
  if (!hasSet || mapping.assign === 'nobody' || snapshot.assigned.includes(permissionSet)) return NOTHING;
  const { username } = snapshot.identity;
  return {
    steps: [
      {
        id: `Assign:${permissionSet}`,
        action: 'assign',
        do: {
          text: `Assign the permission set ${permissionSet} to ${username}`,
          change: { kind: 'assign', permissionSet },
        },
        undo: { text: `Remove the assignment from ${username}`, change: { kind: 'unassign', permissionSet } },
        why: 'Without it not even an administrator sees the new fields and record types, and waterfall verify has nothing to look at.',
        source: 'revenueFunctions',
        risk: low('Only this user; assign the other permission sets role by role when you start.'),
        reversible: 'yes',
        differences: [],
        before: null,
      },
    ],
    findings: [],
  };
}
