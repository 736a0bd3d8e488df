import { BYPASS_PERMISSION_SET } from '../../compile/names.ts';
import { verifyFields } from '../verify-fields.ts';
import { checkRow } from './check.ts';
import type { Check } from './check.ts';

/** Without this nothing else can be seen, so that scenarios wait for it. */
export const userSeesFields: Check = {
  title: 'You see the fields of the waterfall',
  run: ({ org, waterfall, components, opportunity }) => {
    const wanted = verifyFields(waterfall, components);
    const missing = wanted.filter((name) => !opportunity.fields.some((field) => field.name === name));
    const readOnly = opportunity.fields
      .filter(({ name, custom, updateable }) => custom && !updateable && wanted.includes(name))
      .map(({ name }) => name);
    const all = `${String(wanted.length)} fields of Opportunity`;
    const problems = [
      ...(missing.length > 0 ? [`not visible: ${missing.join(', ')}`] : []),
      ...(readOnly.length > 0 ? [`read-only: ${readOnly.join(', ')}`] : []),
    ];
    return Promise.resolve([
      checkRow(
        userSeesFields.title,
        `User ${org.identity.username}`,
        all,
        problems.join('; ') || all,
        'Deploy the waterfall, then assign yourself its permission set: sf org assign permset --name Waterfall_RevOps',
      ),
    ]);
  },
};

export const automationIsOn: Check = {
  title: 'The automation is on for you',
  run: async ({ org }) => {
    const rows = await org.query(
      'SELECT Id FROM PermissionSetAssignment ' +
        `WHERE AssigneeId = '${org.identity.userId}' AND PermissionSet.Name = '${BYPASS_PERMISSION_SET}'`,
    );
    return [
      checkRow(
        automationIsOn.title,
        `User ${org.identity.username}`,
        'no bypass',
        rows.length === 0 ? 'no bypass' : `holds ${BYPASS_PERMISSION_SET}`,
        'Verify as another user, or take the bypass permission set from this one: no flow would run.',
      ),
    ];
  },
};
