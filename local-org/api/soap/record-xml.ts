import type { SoqlRecord, SoqlResult, SoqlValue } from '../../data/soql/soql-result.ts';
import { escapeXml } from './write-envelope.ts';

function valueXml(name: string, value: SoqlValue): string {
  const tag = `sf:${name}`;
  if (value === null) return `<${tag} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${tag}>${escapeXml(String(value))}</${tag}>`;
  if (value.kind === 'record') return `<${tag} xsi:type="sf:sObject">${membersXml(value)}</${tag}>`;
  const children = value.records.map((record) => recordXml(record)).join('');
  return `<${tag} xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/>${children}<size>${String(value.totalSize)}</size></${tag}>`;
}

/** An sObject of the partner WSDL: type and id come first, whatever was selected. */
function membersXml(record: SoqlRecord): string {
  const id = record.id === null ? '<sf:Id xsi:nil="true"/>' : `<sf:Id>${record.id}</sf:Id>`;
  const members = Object.entries(record.values).map(([name, value]) => valueXml(name, value));
  return `<sf:type>${record.object}</sf:type>${id}${members.join('')}`;
}

const recordXml = (record: SoqlRecord): string => `<records xsi:type="sf:sObject">${membersXml(record)}</records>`;

/** Each record of a result as a `<records>` element. */
export const recordsXml = (result: SoqlResult): readonly string[] => result.records.map(recordXml);

/** One record as an element of its own; nil when there is none. */
export const recordElement = (name: string, record: SoqlRecord | null): string =>
  record === null ? `<${name} xsi:nil="true"/>` : `<${name} xsi:type="sf:sObject">${membersXml(record)}</${name}>`;
