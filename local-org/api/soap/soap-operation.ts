import type { UserContext } from '../../data/types.ts';
import type { ApiContext } from '../context.ts';
import type { XmlElement } from './parse-envelope.ts';

/** One SOAP call: who, in which API version, with which element. */
export interface SoapCall {
  readonly version: string;
  readonly user: UserContext;
  readonly sessionId: string;
  readonly header: XmlElement | null;
  readonly operation: XmlElement;
}

/** Answers with the XML inside `<xResponse>`. */
export type SoapOperation = (context: ApiContext, call: SoapCall) => string;

/** An operation that needs no session: login. */
export type OpenSoapOperation = (context: ApiContext, operation: XmlElement, version: string) => string;
