/** Namespaces of the two SOAP APIs (their WSDLs). */
export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
export const PARTNER_NAMESPACE = 'urn:partner.soap.sforce.com';
export const PARTNER_FAULT_NAMESPACE = 'urn:fault.partner.soap.sforce.com';
export const SOBJECT_NAMESPACE = 'urn:sobject.partner.soap.sforce.com';

/** Ready XML that must not be escaped again. */
export interface RawXml {
  readonly xml: string;
}

export type XmlValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | RawXml
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// eslint-disable-next-line no-control-regex -- characters that XML 1.0 cannot hold in any spelling
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

const isRaw = (value: object): value is RawXml => 'xml' in value && typeof value.xml === 'string';

/** `<name>value</name>`: arrays repeat the element, undefined leaves it out, null is `xsi:nil`, bytes are Base64. */
export function element(name: string, value: XmlValue, attributes = ''): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (value instanceof Uint8Array) return `<${name}>${Buffer.from(value).toString('base64')}</${name}>`;
  if (Array.isArray(value)) return (value as readonly XmlValue[]).map((one) => element(name, one, attributes)).join('');
  if (typeof value !== 'object') return `<${name}${attributes}>${escapeXml(String(value))}</${name}>`;
  if (isRaw(value)) return `<${name}${attributes}>${value.xml}</${name}>`;
  return `<${name}${attributes}>${elements(value as Readonly<Record<string, XmlValue>>)}</${name}>`;
}

export const elements = (members: Readonly<Record<string, XmlValue>>): string =>
  Object.entries(members)
    .map(([name, value]) => element(name, value))
    .join('');

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const SOAP = 'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** The answer of an operation. Clients expect a prefixed envelope and one child of the body. */
export const soapAnswer = (namespace: string, operation: string, inner: string): string =>
  `${DECLARATION}<soapenv:Envelope ${SOAP} ${XSI} xmlns:sf="${SOBJECT_NAMESPACE}" xmlns="${namespace}"><soapenv:Body>` +
  `<${operation}Response>${inner}</${operation}Response></soapenv:Body></soapenv:Envelope>`;

/** A fault, for which HTTP says 500. `kind` is the WSDL's fault element, if the API has one: `InvalidFieldFault`. */
export function soapFault(namespace: string, code: string, message: string, kind?: string): string {
  const text = escapeXml(`${code}: ${message}`);
  const detail =
    kind === undefined
      ? ''
      : `<detail><sf:${kind} xsi:type="sf:${kind}"><sf:exceptionCode>${code}</sf:exceptionCode>` +
        `<sf:exceptionMessage>${escapeXml(message)}</sf:exceptionMessage></sf:${kind}></detail>`;
  return (
    `${DECLARATION}<soapenv:Envelope ${SOAP} ${XSI} xmlns:sf="${namespace}"><soapenv:Body><soapenv:Fault>` +
    `<faultcode>sf:${code}</faultcode><faultstring>${text}</faultstring>${detail}</soapenv:Fault></soapenv:Body></soapenv:Envelope>`
  );
}
