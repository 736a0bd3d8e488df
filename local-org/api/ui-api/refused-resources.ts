import { PlatformError } from '../../platform-error.ts';
import type { Resource } from '../rest/resource.ts';

/** Resources of the User Interface API Developer Guide that the local org does not have, by path, with their name there. */
const REFUSED: readonly (readonly [path: string, name: string])[] = [
  ['/ui-api/actions/global', 'global actions'],
  ['/ui-api/actions/overrides/:objectApiName', 'action overrides'],
  ['/ui-api/actions/record/:recordIds', 'record detail actions (buttons and quick actions of a record page)'],
  ['/ui-api/actions/record/:recordIds/record-edit', 'record edit actions'],
  ['/ui-api/actions/record/:recordIds/related-list/:relatedListIds', 'related list actions'],
  ['/ui-api/actions/list-view/:listViewIds', 'list view actions'],
  ['/ui-api/actions/list-view-record/:recordIds', 'list view record actions'],
  ['/ui-api/actions/lookup/:objectApiNames', 'lookup actions'],
  ['/ui-api/actions/mru-list/:objectApiNames', 'actions of most recently used lists'],
  ['/ui-api/actions/photo/:recordIds', 'photo actions'],
];

/** Answers what is not there with its name, so that nobody takes a 404 for a mistyped path. */
export const refusedResources: readonly Resource[] = REFUSED.map(([path, name]) => ({
  method: 'GET',
  path,
  handle() {
    const message = `The local org does not support ${name} in the User Interface API.`;
    throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, { httpStatus: 403 });
  },
}));
