// Modules that the build makes: see build/build-client.ts and build/resolve-modules.ts.

declare module 'registry' {
  import type { LightningElement } from 'lwc';
  /** Deployed components that pages may place, by name. */
  export const COMPONENTS: Readonly<Record<string, typeof LightningElement>>;
}
declare module 'one/*' {
  import { LightningElement } from 'lwc';
  export default class extends LightningElement {}
}
declare module 'force/*' {
  import { LightningElement } from 'lwc';
  export default class extends LightningElement {}
}
declare module 'flexipage/*' {
  import { LightningElement } from 'lwc';
  export default class extends LightningElement {}
}
declare module 'runtime/*' {
  import { LightningElement } from 'lwc';
  export default class extends LightningElement {}
}
