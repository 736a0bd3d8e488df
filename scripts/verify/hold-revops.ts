import { PERMISSION_SET } from '../compile/names.ts';
import { OrgError } from '../org/types.ts';
import type { Org } from '../org/types.ts';

/**
 * Gives the running user the RevOps permission set, unless it is held already: fields and record types that came by deployment are
 * nobody's until a permission set says so, and verifying writes to all of them. What was described before is out of date afterwards.
 * Throws OrgError when the waterfall is not deployed or the user may not assign permission sets.
 */
export const holdRevOps = async (org: Org): Promise<'held' | 'assigned'> => {
  const [permissionSet] = await org.query<{ Id: string }>(
    `SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET.revOps}'`,
  );
  if (!permissionSet) {
    throw new OrgError(
      'VERIFY_NOT_DEPLOYED',
      `${org.identity.name} has no permission set ${PERMISSION_SET.revOps}.`,
      'Deploy the waterfall first: waterfall deploy.',
    );
  }
  const held = await org.query(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${org.identity.userId}' AND PermissionSetId = '${permissionSet.Id}'`,
  );
  if (held.length > 0) return 'held';
  const [outcome] = await org.create('PermissionSetAssignment', [
    { AssigneeId: org.identity.userId, PermissionSetId: permissionSet.Id },
  ]);
  if (outcome?.success) return 'assigned';
  const reason = outcome?.errors.map(({ message }) => message).join('; ') ?? 'no answer';
  throw new OrgError(
    outcome?.errors[0]?.code ?? 'UNKNOWN_EXCEPTION',
    `${org.identity.username} could not be given the permission set ${PERMISSION_SET.revOps}: ${reason}`,
    `Ask an administrator for the permission set ${PERMISSION_SET.revOps}.`,
  );
};
