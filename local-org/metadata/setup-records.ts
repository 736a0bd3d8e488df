import type { DatabaseSync } from 'node:sqlite';
import type { Schema } from '../schema/types.ts';
import { dashboardRows, reportRows } from './setup-records/analytics-rows.ts';
import { customMetadataRows } from './setup-records/custom-metadata-rows.ts';
import { flowDefinitionViewRows, flowVersionViewRows } from './setup-records/flow-rows.ts';
import {
  apexClassRows,
  apexTriggerRows,
  businessProcessRows,
  duplicateRuleRows,
  recordTypeRows,
  validationRuleRows,
} from './setup-records/object-rows.ts';
import { customNotificationTypeRows } from './setup-records/notification-rows.ts';
import {
  customPermissionRows,
  fieldPermissionRows,
  objectPermissionRows,
  permissionSetRows,
  profileRows,
  setupEntityAccessRows,
} from './setup-records/permission-rows.ts';
import { leadStatusRows, opportunityStageRows } from './setup-records/picklist-rows.ts';
import { followProfileAssignments } from './setup-records/profile-assignments.ts';
import { syncQueues } from './setup-records/queue-rows.ts';
import type { RowMaker } from './setup-records/row-maker.ts';
import { openStableIds } from './setup-records/stable-ids.ts';
import { writeRows } from './setup-records/write-rows.ts';
import type { MetadataReader } from './types.ts';

/** Objects whose rows are the org's metadata in another shape. Nobody else writes to their tables. */
const MAKERS: Readonly<Record<string, RowMaker>> = {
  ApexClass: apexClassRows,
  ApexTrigger: apexTriggerRows,
  BusinessProcess: businessProcessRows,
  CustomNotificationType: customNotificationTypeRows,
  CustomPermission: customPermissionRows,
  Dashboard: dashboardRows,
  DuplicateRule: duplicateRuleRows,
  FieldPermissions: fieldPermissionRows,
  FlowDefinitionView: flowDefinitionViewRows,
  FlowVersionView: flowVersionViewRows,
  LeadStatus: leadStatusRows,
  ObjectPermissions: objectPermissionRows,
  OpportunityStage: opportunityStageRows,
  PermissionSet: permissionSetRows,
  Profile: profileRows,
  RecordType: recordTypeRows,
  Report: reportRows,
  SetupEntityAccess: setupEntityAccessRows,
  ValidationRule: validationRuleRows,
};

/**
 * Brings the rows of RecordType, OpportunityStage, PermissionSet and the other setup objects in line with the metadata.
 * Called after the tables follow the schema. A row keeps its id for as long as what it mirrors exists.
 */
export function syncSetupRecords(database: DatabaseSync, metadata: MetadataReader, schema: Schema): void {
  const source = { metadata, schema, ids: openStableIds(database) };
  for (const [name, rowsOf] of Object.entries(MAKERS)) {
    const object = schema.object(name);
    if (object) writeRows(database, object, rowsOf(source));
  }
  for (const object of schema.objects.values())
    if (/__mdt$/i.test(object.name)) writeRows(database, object, customMetadataRows(source, object));
  syncQueues(database, source, schema);
  followProfileAssignments(database);
}
