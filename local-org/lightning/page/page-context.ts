import type { UserContext } from '../../data/types.ts';
import type { RecordPage } from './flexipage-tree.ts';

/** Which page the browser is at. */
export type PageRoute =
  | { readonly kind: 'record'; readonly objectApiName: string; readonly recordId: string; readonly page: RecordPage }
  | { readonly kind: 'list'; readonly objectApiName: string; readonly listViewApiName: string | null };

/** What a page knows before it asks the UI API; `globalThis.__lightning` in the browser. */
export interface PageContext {
  readonly apiVersion: string;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly username: string;
    readonly profileName: string;
    readonly timeZone: string;
  };
  readonly customPermissions: readonly string[];
  readonly tabs: readonly { readonly objectApiName: string; readonly label: string }[];
  readonly route: PageRoute;
}

const API_VERSION = '66.0';

export function pageContext(user: UserContext, tabs: PageContext['tabs'], route: PageRoute): PageContext {
  return {
    apiVersion: API_VERSION,
    user: {
      id: user.id,
      name: user.name,
      username: user.username,
      profileName: user.profileName,
      timeZone: user.timeZone,
    },
    customPermissions: [...user.customPermissions],
    tabs,
    route,
  };
}
