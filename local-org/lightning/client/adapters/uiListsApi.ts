import { objectName, query, uiApi } from '../lds/http';
import { wireAdapter } from '../lds/wire-adapter';

/** `lightning/uiListsApi` over the org's UI API. */

export const getListInfosByObjectName = wireAdapter(['objectApiName'], ({ objectApiName }) =>
  uiApi('GET', `/list-info/${objectName(objectApiName)}`),
);

export const getListInfoByName = wireAdapter(
  ['objectApiName', 'listViewApiName'],
  ({ objectApiName, listViewApiName }) =>
    uiApi('GET', `/list-info/${objectName(objectApiName)}/${String(listViewApiName)}`),
);

export const getListRecordsByName = wireAdapter(['objectApiName', 'listViewApiName'], (config) => {
  const { objectApiName, listViewApiName, pageSize, pageToken, sortBy } = config;
  return uiApi(
    'GET',
    `/list-records/${objectName(objectApiName)}/${String(listViewApiName)}${query({ pageSize, pageToken, sortBy })}`,
  );
});
