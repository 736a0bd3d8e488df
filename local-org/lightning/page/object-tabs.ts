import type { CustomApplication } from '@salesforce/types/metadata';
import type { MetadataReader } from '../../metadata/types.ts';
import type { Schema } from '../../schema/types.ts';
import { metadataOf } from '../../api/ui-api/metadata-of-org.ts';
import type { PageContext } from './page-context.ts';
import { SALES_APP } from './record-page.ts';

/** How apps name the tabs of standard objects; those of custom objects have the object's API name. */
const STANDARD = /^standard-/;

/**
 * Tabs of the Sales app that lead to the list views of an object, in the app's order; then those of deployed custom tabs that the
 * app does not name. In Salesforce people find these in the App Launcher, which the local org does not have. `own` is the schema as
 * the user sees it: an object that he does not see has no tab. Tasks and events have no list here, as they have no name field, and
 * reports none, as nobody makes them by the API.
 */
export function objectTabs(metadata: MetadataReader, schema: Schema, own: Schema): PageContext['tabs'] {
  const inApp = metadataOf<CustomApplication>(metadata.get('CustomApplication', SALES_APP)).tabs ?? [];
  const deployed = metadata.ofType('CustomTab').map(({ fullName }) => fullName);
  return [...new Set([...inApp, ...deployed])].flatMap((tab) => {
    const object = schema.object(tab.replace(STANDARD, ''));
    const listed = object?.createable === true && object.fields.has('name') && own.object(object.name) !== undefined;
    return listed ? { objectApiName: object.name, label: object.labelPlural } : [];
  });
}
