import type { Waterfall } from '../model/waterfall.ts';
import { compileAccountFields } from './account-fields.ts';
import { compileGroupFields } from './buying-groups/group-fields.ts';
import { compileMemberFields } from './buying-groups/member-fields.ts';
import { compileCompactLayouts } from './compact-layouts.ts';
import { type Component, componentKey } from '../metadata/component.ts';
import { compileContractRules } from './contract-rules.ts';
import { compileCustomPermissions } from './custom-permissions.ts';
import { compileFlows } from './flows/index.ts';
import { compileHandshakeFields, compileHandshakes } from './handshakes/compile-handshakes.ts';
import { compileLayouts } from './layouts.ts';
import { compileLeaveStageRules } from './leave-stage-rules.ts';
import { compileLeadFields } from './leads/lead-fields.ts';
import { compileListViews } from './list-views.ts';
import { compileNotificationType } from './notification-type.ts';
import { compileOpportunityFields } from './opportunity-fields.ts';
import { ANY_ORG } from './org-facts.ts';
import type { OrgFacts } from './org-facts.ts';
import { compilePaths } from './paths.ts';
import { compilePermissionSets } from './permission-sets.ts';
import { compileProductFields } from './product-fields.ts';
import { compilePromotionFields } from './promotion-fields.ts';
import { compileRecordPage } from './record-page.ts';
import { compileRecordTypes } from './record-types.ts';
import { compileSalesProcesses } from './sales-processes.ts';
import { compileSignalFields } from './signals/signal-fields.ts';
import { compileStageCareFields } from './stage-care-fields.ts';
import { compileStageDateFields } from './stage-date-fields.ts';
import { compileStageOfTypeRules } from './stage-of-type-rules.ts';
import { compileStageReasonRules } from './stage-reason-rules.ts';
import { compileStagesModule } from './stages-module.ts';
import { compileStandardValueSets } from './standard-value-sets.ts';

/**
 * What carries the type in the record type: nothing of it exists where `Opportunity.Type` carries it. A path belongs to a
 * record type, or to all records without one, where the org may have a path of its own; the stage tracker stands in.
 */
const compileTypeCarrier = (waterfall: Waterfall): readonly Component[] =>
  waterfall.typeCarrier === 'recordType'
    ? [...compileSalesProcesses(waterfall), ...compileRecordTypes(waterfall), ...compilePaths(waterfall)]
    : [];

/**
 * Everything that a model means in a Salesforce org, in an order that only the model decides: value sets first, then
 * what builds on them. Settings are not among it; the plan merges those into what the org has. The names are the same for
 * every org. Throws when two components would have one name.
 */
export const compileWaterfall = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): readonly Component[] => {
  const fields = [
    ...compileAccountFields(waterfall),
    ...compileOpportunityFields(waterfall),
    ...compileStageCareFields(waterfall),
    ...compileStageDateFields(waterfall),
    ...compileHandshakeFields(waterfall),
    ...compileGroupFields(waterfall),
    ...compileMemberFields(waterfall),
    ...compilePromotionFields(waterfall),
    ...compileProductFields(waterfall),
    ...compileSignalFields(waterfall),
    ...compileLeadFields(waterfall),
  ];
  const components = [
    ...compileStandardValueSets(waterfall),
    ...fields,
    ...compileCompactLayouts(waterfall),
    ...compileTypeCarrier(waterfall),
    ...compileLayouts(waterfall),
    ...compileCustomPermissions(),
    ...compileStageOfTypeRules(waterfall, org),
    ...compileLeaveStageRules(waterfall, org),
    ...compileStageReasonRules(waterfall),
    ...compileContractRules(),
    ...compileListViews(waterfall),
    ...compileStagesModule(waterfall),
    ...compileRecordPage(),
    ...compileHandshakes(waterfall),
    ...compileNotificationType(waterfall),
    ...compilePermissionSets(waterfall, fields),
    ...compileFlows(waterfall, org),
  ];
  const seen = new Set<string>();
  for (const key of components.map(componentKey)) {
    if (seen.has(key)) throw new Error(`The model gives two components one name, ${key}; rename a stage or a type`);
    seen.add(key);
  }
  return components;
};
