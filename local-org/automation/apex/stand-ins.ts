import type { Transaction } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { PlainValues } from '../flow/launchable-flows.ts';

/** A parameter of an invocable method: a simple type, a record of an object, or a list of one of them. */
export interface ApexParameter {
  readonly type: 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | { readonly record: string };
  readonly isList?: boolean;
  readonly required?: boolean;
}

/**
 * The local org does not run Apex. A stand-in does what one class with an `@InvocableMethod` does, with the same contract:
 * a list of requests in, a list of results of the same length out, in the same order (Apex Developer Guide, InvocableMethod
 * Annotation). Everything that shows it says that it is a stand-in.
 */
export interface ApexStandIn {
  /** Name of the class that is deployed. */
  readonly className: string;
  readonly inputs: Readonly<Record<string, ApexParameter>>;
  readonly outputs: Readonly<Record<string, ApexParameter>>;
  /**
   * Works for all requests of a transaction at once; `metadata` is the org's. A PlatformError, like an unhandled exception of the class, fails all
   * of them.
   */
  invoke(tx: Transaction, requests: readonly PlainValues[], metadata: MetadataReader): readonly PlainValues[];
}

const standIns = new Map<string, ApexStandIn>();

/** From then on flows that call the class are run with the stand-in. Registering the same class again replaces it. */
export function registerApexStandIn(standIn: ApexStandIn): void {
  standIns.set(standIn.className.toLowerCase(), standIn);
}

/** Class names are not case-sensitive. */
export const apexStandIn = (className: string): ApexStandIn | undefined => standIns.get(className.toLowerCase());
