import { XMLParser } from 'fast-xml-parser';
import { API_VERSION, call, soapSession, type Target } from './target.ts';

const PATHS = { partner: `/services/Soap/u/${API_VERSION}`, metadata: `/services/Soap/m/${API_VERSION}` } as const;
const NAMESPACES = {
  partner: 'urn:partner.soap.sforce.com',
  metadata: 'http://soap.sforce.com/2006/04/metadata',
} as const;

export interface SoapAnswer {
  readonly status: number;
  /** The `result` elements; a leaf is its text, `xsi:nil` is null. */
  readonly result: unknown;
  readonly fault: unknown;
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
});

/** Attributes away, save that `xsi:nil` makes null. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  if (members['@nil'] === 'true') return null;
  if (Object.keys(members).every((name) => name.startsWith('@') || name === '#text')) return members['#text'] ?? '';
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name]) => !name.startsWith('@'))
      .map(([name, member]) => [name, plain(member)]),
  );
}

/** Calls one operation of the partner or the metadata API. */
export async function soapCall(
  target: Target,
  api: keyof typeof PATHS,
  body: string,
  headers = '',
  session?: 'none' | 'wrong',
): Promise<SoapAnswer> {
  const sessionHeader =
    session === 'none' ? '' : `<SessionHeader><sessionId>${soapSession(target, session)}</sessionId></SessionHeader>`;
  const envelope =
    '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="urn:sobject.partner.soap.sforce.com">' +
    `<e:Header xmlns="${NAMESPACES[api]}">${sessionHeader}${headers}</e:Header><e:Body xmlns="${NAMESPACES[api]}">${body}</e:Body></e:Envelope>`;
  const answer = await call(target, {
    method: 'POST',
    path: PATHS[api],
    headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
    body: envelope,
    session: 'none',
  });
  const parsed = plain(parser.parse(String(answer.body))) as { Envelope?: { Body?: Record<string, unknown> } };
  const content = parsed.Envelope?.Body ?? {};
  const response = Object.entries(content).find(([name]) => name.endsWith('Response'))?.[1];
  return {
    status: answer.status,
    fault: content['Fault'],
    result: (response as { result?: unknown } | undefined)?.result,
  };
}
