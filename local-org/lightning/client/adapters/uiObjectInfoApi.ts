import { fieldName, objectName, uiApi } from '../lds/http';
import { wireAdapter } from '../lds/wire-adapter';

/** `lightning/uiObjectInfoApi` over the org's UI API. */

export const getObjectInfo = wireAdapter(['objectApiName'], ({ objectApiName }) =>
  uiApi('GET', `/object-info/${objectName(objectApiName)}`),
);

export const getPicklistValues = wireAdapter(['recordTypeId', 'fieldApiName'], ({ recordTypeId, fieldApiName }) => {
  const [object = '', field = ''] = fieldName(fieldApiName).split('.');
  return uiApi('GET', `/object-info/${object}/picklist-values/${String(recordTypeId)}/${field}`);
});

export const getPicklistValuesByRecordType = wireAdapter(
  ['objectApiName', 'recordTypeId'],
  ({ objectApiName, recordTypeId }) =>
    uiApi('GET', `/object-info/${objectName(objectApiName)}/picklist-values/${String(recordTypeId)}`),
);
