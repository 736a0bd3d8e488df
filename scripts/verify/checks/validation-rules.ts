import { checkRow, namesOfType } from './check.ts';
import type { Check } from './check.ts';

export const validationRulesActive: Check = {
  title: 'Validation rules are active',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'ValidationRule').map((fullName) => fullName.replace(/^Opportunity\./, ''));
    if (names.length === 0) return [];
    const rows = await org.toolingQuery<{ ValidationName: string; Active: boolean }>(
      "SELECT ValidationName, Active FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Opportunity'",
    );
    const inactive = names.filter(
      (name) => !rows.some(({ ValidationName, Active }) => ValidationName === name && Active),
    );
    const all = `${String(names.length)} rules active`;
    return [
      checkRow(
        validationRulesActive.title,
        'Opportunity',
        all,
        inactive.length === 0 ? all : `inactive or missing: ${inactive.join(', ')}`,
        'Activate them in Setup, or deploy again.',
      ),
    ];
  },
};
