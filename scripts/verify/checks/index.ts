import type { Check } from './check.ts';
import { flowBudgets } from './flow-budgets.ts';
import { activeFlows } from './flows.ts';
import { nothingLeftOver } from './left-over.ts';
import { layoutsAssigned, recordPageAssigned } from './layouts-and-page.ts';
import { fieldLevelSecurity, permissionSetsThere } from './permission-sets.ts';
import { recordTypesReady, stagesOfRecordTypes } from './record-types.ts';
import { automationIsOn, userSeesFields } from './running-user.ts';
import { validationRulesActive } from './validation-rules.ts';

/** What an admin would look up in Setup, in the order in which the report shows it. */
export const CHECKS: readonly Check[] = [
  activeFlows,
  flowBudgets,
  nothingLeftOver,
  validationRulesActive,
  recordTypesReady,
  stagesOfRecordTypes,
  permissionSetsThere,
  fieldLevelSecurity,
  layoutsAssigned,
  recordPageAssigned,
  userSeesFields,
  automationIsOn,
];
