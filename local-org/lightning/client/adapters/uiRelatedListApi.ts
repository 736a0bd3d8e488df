import { fieldNames, objectName, query, uiApi } from '../lds/http';
import { wireAdapter } from '../lds/wire-adapter';

/** `lightning/uiRelatedListApi` over the org's UI API. */

export const getRelatedListRecords = wireAdapter(['parentRecordId', 'relatedListId'], (config) => {
  const { parentRecordId, relatedListId, fields, optionalFields, sortBy, pageSize, pageToken } = config;
  const given = { fields: fieldNames(fields), optionalFields: fieldNames(optionalFields), sortBy, pageSize, pageToken };
  return uiApi('GET', `/related-list-records/${String(parentRecordId)}/${String(relatedListId)}${query(given)}`);
});

export const getRelatedListInfo = wireAdapter(['parentObjectApiName', 'relatedListId'], (config) => {
  const { parentObjectApiName, relatedListId, recordTypeId } = config;
  return uiApi(
    'GET',
    `/related-list-info/${objectName(parentObjectApiName)}/${String(relatedListId)}${query({ recordTypeId })}`,
  );
});

export const getRelatedListsInfo = wireAdapter(['parentObjectApiName'], ({ parentObjectApiName, recordTypeId }) =>
  uiApi('GET', `/related-list-info/${objectName(parentObjectApiName)}${query({ recordTypeId })}`),
);
