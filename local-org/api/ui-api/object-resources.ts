import { PlatformError } from '../../platform-error.ts';
import { resourceNotFound } from '../api-versions.ts';
import type { Resource } from '../rest/resource.ts';
import { objectInfo } from './object-info.ts';
import { allPicklistValues, picklistValues } from './picklist-values.ts';
import { objectParam, pathParam, type UiCall } from './ui-call.ts';

const getObjectInfo: Resource = {
  method: 'GET',
  path: '/ui-api/object-info/:objectApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    return { status: 200, body: objectInfo(ui, objectParam(ui)) };
  },
};

const getPicklistValuesByRecordType: Resource = {
  method: 'GET',
  path: '/ui-api/object-info/:objectApiName/picklist-values/:recordTypeId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const recordTypeId = pathParam(ui, 'recordTypeId');
    const url = `/services/data/v${call.version}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId}`;
    return { status: 200, body: allPicklistValues(object, recordTypeId, url) };
  },
};

const getPicklistValues: Resource = {
  method: 'GET',
  path: '/ui-api/object-info/:objectApiName/picklist-values/:recordTypeId/:fieldApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const field = object.fields.get(pathParam(ui, 'fieldApiName').toLowerCase());
    if (!field) throw resourceNotFound();
    if (!field.picklist) throw new PlatformError('INVALID_FIELD', `${object.name}.${field.name} is not a picklist`);
    const recordTypeId = pathParam(ui, 'recordTypeId');
    const url = `/services/data/v${call.version}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId}/${field.name}`;
    return { status: 200, body: picklistValues(object, field, recordTypeId, url) };
  },
};

/** What the UI knows of objects. */
export const objectResources: readonly Resource[] = [getObjectInfo, getPicklistValuesByRecordType, getPicklistValues];
