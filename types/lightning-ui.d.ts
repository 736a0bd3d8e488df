// Events and services of the Lightning page that @salesforce/lightning-types 0.8.0 leaves out.

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      title: string;
      message?: string;
      variant?: 'info' | 'success' | 'warning' | 'error';
      mode?: 'dismissible' | 'pester' | 'sticky';
    });
  }
}

declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';

  export interface PageReference {
    readonly type: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly state?: Readonly<Record<string, string>>;
  }
  const Navigate: unique symbol;
  const GenerateUrl: unique symbol;
  export interface Navigating {
    [Navigate](page: PageReference, replace?: boolean): void;
    [GenerateUrl](page: PageReference): Promise<string>;
  }
  // TypeScript demands `any[]` of a mixin's constructor (TS2545).
  type Constructor<T> = new (...args: any[]) => T;
  export const NavigationMixin: {
    <T extends typeof LightningElement>(Base: T): T & Constructor<Navigating>;
    readonly Navigate: typeof Navigate;
    readonly GenerateUrl: typeof GenerateUrl;
  };
  export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference>;
}

declare module 'lightning/refresh' {
  /** Asks every registered container of the page to read its data anew. */
  export class RefreshEvent extends CustomEvent<unknown> {
    constructor();
  }
}
