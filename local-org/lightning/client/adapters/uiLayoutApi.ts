import { objectName, query, uiApi } from '../lds/http';
import { wireAdapter } from '../lds/wire-adapter';

/** Page layouts of the UI API, for the stand-ins of standard components. */
export const getLayout = wireAdapter(
  ['objectApiName', 'recordTypeId'],
  ({ objectApiName, recordTypeId, layoutType, mode }) =>
    uiApi('GET', `/layout/${objectName(objectApiName)}${query({ recordTypeId, layoutType, mode })}`),
);
