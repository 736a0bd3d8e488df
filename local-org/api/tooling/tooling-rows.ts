import { makeId } from '../../data/ids.ts';
import type { Row } from '../../data/types.ts';
import { flowVersions } from '../../metadata/deploy/flow-versions.ts';
import type { MetadataReader, StoredComponent } from '../../metadata/types.ts';

/** Everything rows are made from. */
export interface ToolingSources {
  readonly metadata: MetadataReader;
  /** EntityDefinition ids by object name. */
  entityId(object: string): string | null;
}

type RowMaker = (component: StoredComponent, sources: ToolingSources) => Row;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): number | null => (value === undefined || value === null ? null : Number(value));
const json = (value: unknown): string => JSON.stringify(value);

const audit = (one: StoredComponent): Row => ({
  NamespacePrefix: null,
  ManageableState: 'unmanaged',
  CreatedDate: one.createdDate,
  CreatedById: one.createdById,
  LastModifiedDate: one.lastModifiedDate,
  LastModifiedById: one.lastModifiedById,
  SystemModstamp: one.lastModifiedDate,
});

const definition = (one: StoredComponent): Row => ({
  Id: one.id,
  FullName: one.fullName,
  Metadata: json(one.metadata),
  ...audit(one),
});

/** `Opportunity` of `Opportunity.Amount_Positive`, `Stage__c` after it. */
const objectOf = (fullName: string): string => fullName.split('.')[0] ?? '';
const memberOf = (fullName: string): string => fullName.slice(fullName.indexOf('.') + 1);
const withoutSuffix = (name: string): string => name.replace(/__\w+$/, '');

/** Objects whose rows are components of the metadata type of the same name. */
const ONE_TO_ONE: Readonly<Record<string, RowMaker>> = {
  CustomField: (one, sources) => ({
    ...definition(one),
    DeveloperName: withoutSuffix(memberOf(one.fullName)),
    TableEnumOrId: objectOf(one.fullName),
    EntityDefinitionId: sources.entityId(objectOf(one.fullName)),
    Description: text(one.metadata.description),
    InlineHelpText: text(one.metadata.inlineHelpText),
    Length: number(one.metadata.length),
    Precision: number(one.metadata.precision),
    Scale: number(one.metadata.scale),
    RelationshipLabel: text(one.metadata.relationshipLabel),
  }),
  CustomObject: (one) => ({
    ...definition(one),
    DeveloperName: withoutSuffix(one.fullName),
    Description: text(one.metadata.description),
    Language: 'en_US',
  }),
  FlexiPage: (one, sources) => ({
    ...definition(one),
    DeveloperName: one.fullName,
    MasterLabel: text(one.metadata.masterLabel),
    Description: text(one.metadata.description),
    EntityDefinitionId: sources.entityId(text(one.metadata.sobjectType) ?? ''),
    Type: text(one.metadata.type),
  }),
  Layout: (one, sources) => ({
    ...definition(one),
    Name: one.fullName.slice(one.fullName.indexOf('-') + 1),
    TableEnumOrId: one.fullName.split('-')[0] ?? '',
    EntityDefinitionId: sources.entityId(one.fullName.split('-')[0] ?? ''),
    LayoutType: 'Standard',
  }),
  LightningComponentBundle: (one) => ({
    ...definition(one),
    DeveloperName: one.fullName,
    MasterLabel: text(one.metadata.masterLabel) ?? one.fullName,
    Description: text(one.metadata.description),
    ApiVersion: number(one.metadata.apiVersion),
    IsExposed: one.metadata.isExposed === true,
  }),
  RecordType: (one, sources) => ({
    ...definition(one),
    Name: text(one.metadata.label),
    DeveloperName: memberOf(one.fullName),
    Description: text(one.metadata.description),
    IsActive: one.metadata.active === true,
    SobjectType: objectOf(one.fullName),
    BusinessProcessId:
      sources.metadata.get('BusinessProcess', `${objectOf(one.fullName)}.${String(one.metadata.businessProcess)}`)
        ?.id ?? null,
  }),
  ValidationRule: (one, sources) => ({
    ...definition(one),
    ValidationName: memberOf(one.fullName),
    EntityDefinitionId: sources.entityId(objectOf(one.fullName)),
    Active: one.metadata.active === true,
    Description: text(one.metadata.description),
    ErrorDisplayField: text(one.metadata.errorDisplayField),
    ErrorMessage: text(one.metadata.errorMessage),
  }),
};

interface FlowWithVersions {
  readonly one: StoredComponent;
  readonly definition: StoredComponent;
  readonly versions: ReturnType<typeof flowVersions>;
}

const flows = ({ metadata }: ToolingSources): readonly FlowWithVersions[] =>
  metadata.ofType('Flow').map((one) => ({
    one,
    definition: metadata.get('FlowDefinition', one.fullName) ?? one,
    versions: flowVersions(metadata, one.fullName),
  }));

const flowDefinitionRow = ({ one, definition: stored, versions }: FlowWithVersions): Row => ({
  ...definition(stored),
  FullName: one.fullName,
  DeveloperName: one.fullName,
  MasterLabel: text(one.metadata.label),
  Description: text(one.metadata.description),
  ActiveVersionId: versions.find(({ active }) => active)?.id ?? null,
  LatestVersionId: versions.at(-1)?.id ?? null,
});

const flowRows = ({ one, definition: stored, versions }: FlowWithVersions): readonly Row[] =>
  versions.map((version) => ({
    ...audit(one),
    Id: version.id,
    FullName: `${one.fullName}-${String(version.number)}`,
    Metadata: json(version.metadata),
    DefinitionId: stored.id,
    MasterLabel: text(version.metadata.label),
    Description: text(version.metadata.description),
    ProcessType: text(version.metadata.processType),
    RunInMode: text(version.metadata.runInMode),
    Status: version.status,
    VersionNumber: version.number,
    ApiVersion: number(version.metadata.apiVersion),
    Environments: text(version.metadata.environments),
    LastModifiedDate: version.lastModifiedDate,
  }));

/** A row per `layoutAssignments` of every profile. */
function profileLayoutRows(sources: ToolingSources): readonly Row[] {
  let count = 0;
  return sources.metadata.ofType('Profile').flatMap((profile) => {
    const assignments = Array.isArray(profile.metadata.layoutAssignments)
      ? (profile.metadata.layoutAssignments as Row[])
      : [];
    return assignments.map(({ layout, recordType }) => ({
      ...audit(profile),
      Id: makeId('01G', ++count),
      LayoutId: sources.metadata.get('Layout', String(layout))?.id ?? null,
      ProfileId: profile.id,
      RecordTypeId: recordType ? (sources.metadata.get('RecordType', String(recordType))?.id ?? null) : null,
      TableEnumOrId: String(layout).split('-')[0] ?? '',
    }));
  });
}

/** Rows of one Tooling object, from the metadata as it is now. */
export function toolingRows(object: string, sources: ToolingSources): readonly Row[] {
  const make = ONE_TO_ONE[object];
  if (make) return sources.metadata.ofType(object).map((one) => make(one, sources));
  switch (object) {
    case 'FlowDefinition':
      return flows(sources).map(flowDefinitionRow);
    case 'Flow':
      return flows(sources).flatMap(flowRows);
    case 'ProfileLayout':
      return profileLayoutRows(sources);
    default:
      throw new Error(`no rows for ${object}`);
  }
}
