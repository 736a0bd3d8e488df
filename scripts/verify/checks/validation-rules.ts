import { inList } from '../../org/query-in-lists.ts';
import { checkRow, namesOfType } from './check.ts';
import type { Check } from './check.ts';

interface RuleRow {
  readonly ValidationName: string;
  readonly Active: boolean;
  readonly EntityDefinition: { readonly QualifiedApiName: string };
}

export const validationRulesActive: Check = {
  title: 'Validation rules are active',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'ValidationRule');
    if (names.length === 0) return [];
    const byObject = Map.groupBy(names, (fullName) => fullName.slice(0, fullName.indexOf('.')));
    const rows = await org.toolingQuery<RuleRow>(
      'SELECT ValidationName, Active, EntityDefinition.QualifiedApiName FROM ValidationRule ' +
        `WHERE EntityDefinition.QualifiedApiName IN (${inList([...byObject.keys()])})`,
    );
    const active = new Set(
      rows
        .filter(({ Active }) => Active)
        .map(({ ValidationName, EntityDefinition }) => `${EntityDefinition.QualifiedApiName}.${ValidationName}`),
    );
    return [...byObject].map(([object, wanted]) => {
      const inactive = wanted.filter((fullName) => !active.has(fullName));
      const all = `${String(wanted.length)} rules active`;
      return checkRow(
        validationRulesActive.title,
        object,
        all,
        inactive.length === 0 ? all : `inactive or missing: ${inactive.join(', ')}`,
        'Activate them in Setup, or deploy again.',
      );
    });
  },
};
