import { context, listUrl, recordUrl } from '../context';
import { wireAdapter } from '../lds/wire-adapter';

/** `lightning/navigation` for the pages that the local org has. */

interface PageReference {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly state?: Readonly<Record<string, string | undefined>>;
}

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** Throws for a page that the local org does not have, naming it. */
function urlOf({ type, attributes = {}, state = {} }: PageReference): string {
  switch (type) {
    case 'standard__recordPage':
      return recordUrl(attributes.objectApiName ?? 'Opportunity', attributes.recordId ?? '');
    case 'standard__objectPage':
      return listUrl(attributes.objectApiName ?? 'Opportunity', state.filterName);
    case 'standard__namedPage':
      return '/lightning/page/home';
    case 'standard__webPage':
      return attributes.url ?? '/';
    default:
      throw new Error(`The local org has no page of type ${type}.`);
  }
}

// TypeScript demands `any[]` of a mixin's constructor (TS2545).
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Constructor = new (...args: any[]) => object;

export const NavigationMixin = Object.assign(
  (Base: Constructor) =>
    class extends Base {
      [Navigate](page: PageReference): void {
        location.assign(urlOf(page));
      }
      [GenerateUrl](page: PageReference): Promise<string> {
        return Promise.resolve(urlOf(page));
      }
    },
  { Navigate, GenerateUrl },
);

function currentPage(): PageReference {
  const { route } = context();
  return route.kind === 'record'
    ? {
        type: 'standard__recordPage',
        attributes: { objectApiName: route.objectApiName, recordId: route.recordId, actionName: 'view' },
        state: {},
      }
    : {
        type: 'standard__objectPage',
        attributes: { objectApiName: route.objectApiName, actionName: 'list' },
        state: {},
      };
}

export const CurrentPageReference = wireAdapter([], () => Promise.resolve(currentPage()));
