import { idSuffix, makeId } from '../data/ids.ts';

/** Key prefixes, https://help.salesforce.com/s/articleView?id=000385203 and the object reference. */
const PREFIXES: Readonly<Record<string, string>> = {
  BusinessProcess: '019',
  CompactLayout: '0AH',
  CustomApplication: '02u',
  CustomField: '00N',
  CustomLabel: '101',
  CustomNotificationType: '0ML',
  CustomObject: '01I',
  CustomPermission: '0CP',
  CustomTab: '01r',
  DeployRequest: '0Af',
  DuplicateRule: '0Bm',
  FieldSet: '0IX',
  FlexiPage: '0M0',
  Flow: '301',
  FlowDefinition: '300',
  GlobalValueSet: '0Nt',
  Layout: '00h',
  LightningComponentBundle: '0Rb',
  ListView: '00B',
  PathAssistant: '0JP',
  PermissionSet: '0PS',
  Profile: '00e',
  Queue: '00G',
  RecordType: '012',
  Report: '00O',
  ReportType: '070',
  Dashboard: '01Z',
  RetrieveRequest: '09S',
  StaticResource: '081',
  ValidationRule: '03d',
  WebLink: '00b',
  ApexClass: '01p',
  ApexTrigger: '01q',
  FlowVersion: '301',
  OpportunityStage: '01J',
  LeadStatus: '01J',
};
const OTHER_PREFIX = '0aM';

/** The id of the `sequence`-th component of the org; `type` is a metadata type's name. */
export function metadataId(type: string, sequence: number): string {
  const id = makeId(PREFIXES[type] ?? OTHER_PREFIX, sequence);
  return type === 'Queue' ? apart(id) : id;
}

/**
 * An id out of a number space of its own, where rows that mirror metadata share a table with records that are saved: records are
 * numbered from 1 and never come to the letter that takes the first digit.
 */
export function apart(id: string): string {
  const id15 = `${id.slice(0, 3)}${APART}${id.slice(4, 15)}`;
  return id15 + idSuffix(id15);
}

/** Tells ids of `apart`. */
export const isApart = (id: string): boolean => id[3] === APART;

const APART = 'z';
