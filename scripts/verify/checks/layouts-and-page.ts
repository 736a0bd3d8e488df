import { SINGLE_LAYOUT, layoutName, recordTypeName } from '../../compile/names.ts';
import type { CheckRow } from '../types.ts';
import { inList } from '../../org/query-in-lists.ts';
import { checkRow, namesOfType } from './check.ts';
import type { Check } from './check.ts';

interface ProfileLayoutRow {
  readonly RecordTypeId: string | null;
  readonly Layout: { readonly Name: string };
}

/** Layouts are assigned by profile and record type (Tooling API, ProfileLayout). */
export const layoutsAssigned: Check = {
  title: 'Each type has its page layout',
  run: async ({ org, waterfall, opportunity, layoutByHand }) => {
    const rows = await org.toolingQuery<ProfileLayoutRow>(
      "SELECT RecordTypeId, Layout.Name FROM ProfileLayout WHERE TableEnumOrId = 'Opportunity'",
    );
    if (waterfall.typeCarrier === 'typeField') return [singleLayoutRow(rows, layoutByHand)];
    return waterfall.opportunityTypes.map((type) => {
      const info = opportunity.recordTypeInfos.find(({ developerName }) => developerName === recordTypeName(type));
      const layout = layoutName(type).replace(/^Opportunity-/, '');
      const used = rows.filter(
        ({ RecordTypeId }) => RecordTypeId !== null && RecordTypeId.slice(0, 15) === info?.recordTypeId.slice(0, 15),
      );
      const assigned = used.some(({ Layout }) => Layout.Name === layout);
      return checkRow(
        layoutsAssigned.title,
        `RecordType Opportunity.${recordTypeName(type)}`,
        layout,
        assigned ? layout : [...new Set(used.map(({ Layout }) => Layout.Name))].join(', ') || 'no assignment',
        'Deploy again, or assign the layout to the record type in Setup, Object Manager, Opportunity, Page Layouts.',
      );
    });
  },
};

/** Where the Type field carries the type one layout shows for everything, or is there for whoever assigns it. */
const singleLayoutRow = (rows: readonly ProfileLayoutRow[], byHand: boolean): CheckRow => {
  const layout = SINGLE_LAYOUT.replace(/^Opportunity-/, '');
  const used = rows.filter(({ RecordTypeId }) => RecordTypeId === null).map(({ Layout }) => Layout.Name);
  const row = checkRow(
    layoutsAssigned.title,
    'Opportunity',
    layout,
    used.includes(layout) ? layout : [...new Set(used)].join(', ') || 'no assignment',
    'Assign it in Setup, Object Manager, Opportunity, Page Layouts, or set opportunityLayout: assign in the mapping file and deploy.',
  );
  // The mapping leaves it to the admin, who may well keep the layout that everybody works with: nothing is wrong then.
  return byHand && row.status === 'failed' ? { ...row, status: 'unknown' } : row;
};

interface ActionOverride {
  readonly actionName?: string;
  readonly content?: string;
  readonly formFactor?: string;
}

const listOf = (value: unknown): readonly ActionOverride[] =>
  value === undefined || value === null ? [] : ((Array.isArray(value) ? value : [value]) as readonly ActionOverride[]);

/** The org default of a record page is an override of the object's View action (Metadata API Developer Guide, ActionOverride). */
export const recordPageAssigned: Check = {
  title: 'The Lightning record page is there and shown',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'FlexiPage');
    if (names.length === 0) return [];
    const pages = await org.toolingQuery<{ DeveloperName: string }>(
      `SELECT DeveloperName FROM FlexiPage WHERE DeveloperName IN (${inList(names)})`,
    );
    const [opportunity] = (await org.retrieve?.([{ type: 'CustomObject', members: ['Opportunity'] }])) ?? [];
    const shown = listOf((opportunity?.metadata as { actionOverrides?: unknown } | undefined)?.actionOverrides)
      .filter(({ actionName, formFactor, content }) => actionName === 'View' && formFactor === 'Large' && content)
      .map(({ content }) => content);
    return names.map((name) =>
      checkRow(
        recordPageAssigned.title,
        `FlexiPage ${name}`,
        'org default of Opportunity',
        !pages.some(({ DeveloperName }) => DeveloperName === name)
          ? 'not there'
          : shown.includes(name)
            ? 'org default of Opportunity'
            : shown.length > 0
              ? `there, but ${shown.join(', ')} is the org default`
              : 'there, but not the org default',
        'Assign it in Setup, Lightning App Builder, Activation; an app may show another page to its users.',
      ),
    );
  },
};
