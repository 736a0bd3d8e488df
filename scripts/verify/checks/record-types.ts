import { recordTypeName } from '../../compile/names.ts';
import { allStages } from '../../model/waterfall.ts';
import { checkRow } from './check.ts';
import type { Check } from './check.ts';

export const recordTypesReady: Check = {
  title: 'Record types are active and yours to use',
  run: ({ waterfall, opportunity }) =>
    Promise.resolve(
      waterfall.typeCarrier === 'typeField'
        ? []
        : waterfall.opportunityTypes.map((type) => {
            const info = opportunity.recordTypeInfos.find(
              ({ developerName }) => developerName === recordTypeName(type),
            );
            const actual = !info
              ? 'not there'
              : !info.active
                ? 'inactive'
                : info.available
                  ? 'active, available'
                  : 'active, not available';
            return checkRow(
              recordTypesReady.title,
              `RecordType Opportunity.${recordTypeName(type)}`,
              'active, available',
              actual,
              info?.active
                ? 'Assign yourself the permission set Waterfall_RevOps.'
                : 'Deploy the waterfall, or activate it in Setup.',
            );
          }),
    ),
};

/** Values added by API are not selected on record types by themselves (Metadata API Developer Guide, StandardValueSet). */
export const stagesOfRecordTypes: Check = {
  title: 'Each record type offers its own stages',
  run: async ({ org, waterfall, opportunity }) => {
    if (waterfall.typeCarrier === 'typeField') return [];
    const all = allStages(waterfall).map(({ name }) => name);
    const known = waterfall.opportunityTypes.flatMap((type) => {
      const info = opportunity.recordTypeInfos.find(({ developerName }) => developerName === recordTypeName(type));
      return info ? [{ type, id: info.recordTypeId }] : [];
    });
    return Promise.all(
      known.map(async ({ type, id }) => {
        const offered = await org.picklistValues('Opportunity', id, 'StageName');
        const expected = type.stages.map(({ name }) => name);
        const missing = expected.filter((name) => !offered.includes(name));
        // An adopted record type keeps stages of the org's own; a stage of another type is one too many.
        const surplus = offered.filter((name) => !expected.includes(name) && all.includes(name));
        const difference = [
          ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
          ...(surplus.length > 0 ? [`not its own: ${surplus.join(', ')}`] : []),
        ].join('; ');
        return checkRow(
          stagesOfRecordTypes.title,
          `RecordType Opportunity.${recordTypeName(type)}, StageName`,
          `${String(expected.length)} stages`,
          difference || `${String(expected.length)} stages`,
          'Deploy again; then look at the sales process of the record type in Setup.',
        );
      }),
    );
  },
};
