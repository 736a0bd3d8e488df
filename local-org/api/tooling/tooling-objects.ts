import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';

/**
 * Tooling API objects that are views of stored metadata and that the data API does not have, or not with these fields
 * (FullName, Metadata). Fields as in the Tooling API Developer Guide's object pages; `name:type`, `name>Target` for a
 * lookup (relationship is the name without `Id`).
 */
interface ToolingObject {
  readonly label: string;
  readonly prefix: string;
  readonly fields: string;
}

/** Fields that nearly every Tooling object has. */
const AUDIT =
  'NamespacePrefix ManageableState CreatedDate:datetime CreatedById>User LastModifiedDate:datetime LastModifiedById>User ' +
  'SystemModstamp:datetime';

const DEFINITION = `FullName Metadata:complexvalue ${AUDIT}`;

export const TOOLING_OBJECTS: Readonly<Record<string, ToolingObject>> = {
  CustomField: {
    label: 'Custom Field',
    prefix: '00N',
    fields:
      'DeveloperName TableEnumOrId EntityDefinitionId>EntityDefinition Description:textarea InlineHelpText Length:int ' +
      `Precision:int Scale:int RelationshipLabel ${DEFINITION}`,
  },
  CustomObject: {
    label: 'Custom Object',
    prefix: '01I',
    fields: `DeveloperName Description:textarea Language ${DEFINITION}`,
  },
  FlexiPage: {
    label: 'Lightning Page',
    prefix: '0M0',
    fields: `DeveloperName MasterLabel Description:textarea EntityDefinitionId>EntityDefinition Type ${DEFINITION}`,
  },
  Flow: {
    label: 'Flow',
    prefix: '301',
    fields:
      'DefinitionId>FlowDefinition MasterLabel Description:textarea ProcessType RunInMode Status VersionNumber:int ApiVersion:double ' +
      `Environments ${DEFINITION}`,
  },
  FlowDefinition: {
    label: 'Flow Definition',
    prefix: '300',
    fields: `DeveloperName MasterLabel Description:textarea ActiveVersionId>Flow LatestVersionId>Flow ${DEFINITION}`,
  },
  Layout: {
    label: 'Page Layout',
    prefix: '00h',
    fields: `Name TableEnumOrId EntityDefinitionId>EntityDefinition LayoutType ${DEFINITION}`,
  },
  LightningComponentBundle: {
    label: 'Lightning Component Bundle',
    prefix: '0Rb',
    fields: `DeveloperName MasterLabel Description:textarea ApiVersion:double IsExposed:boolean ${DEFINITION}`,
  },
  ProfileLayout: {
    label: 'Profile Layout',
    prefix: '01G',
    fields: `LayoutId>Layout ProfileId>Profile RecordTypeId>RecordType TableEnumOrId ${AUDIT}`,
  },
  RecordType: {
    label: 'Record Type',
    prefix: '012',
    fields: `Name DeveloperName Description:textarea IsActive:boolean SobjectType BusinessProcessId>BusinessProcess ${DEFINITION}`,
  },
  ValidationRule: {
    label: 'Validation Rule',
    prefix: '03d',
    fields:
      'ValidationName EntityDefinitionId>EntityDefinition Active:boolean Description:textarea ErrorDisplayField ' +
      `ErrorMessage:textarea ${DEFINITION}`,
  },
};

const TEXT_LENGTH = 255;
const AREA_LENGTH = 131_072;

function toField(spec: string): FieldDef {
  const [, name = spec, mark, kind = 'string'] = /^(\w+?)(?:([:>])(\w+))?$/.exec(spec) ?? [];
  const type: FieldType = name === 'Id' ? 'id' : mark === '>' ? 'reference' : (kind as FieldType);
  const isText = type === 'string' || type === 'id' || type === 'reference';
  return {
    name,
    type,
    label: name.replace(/([a-z])([A-Z])/g, '$1 $2'),
    custom: false,
    length: type === 'id' || type === 'reference' ? 18 : isText ? TEXT_LENGTH : type === 'textarea' ? AREA_LENGTH : 0,
    precision: 0,
    scale: 0,
    nillable: type !== 'id' && type !== 'boolean',
    createable: false,
    updateable: false,
    filterable: type !== 'complexvalue' && type !== 'textarea',
    sortable: type !== 'complexvalue' && type !== 'textarea',
    groupable: isText,
    unique: false,
    externalId: false,
    caseSensitive: false,
    defaultedOnCreate: false,
    defaultValue: null,
    formula: null,
    picklist: null,
    reference:
      mark === '>'
        ? { to: [kind], relationshipName: name.replace(/Id$/, ''), childRelationshipName: null, onDelete: 'setNull' }
        : null,
    autoNumberFormat: null,
    inlineHelpText: null,
    trackHistory: false,
  };
}

function toObject(name: string, { label, prefix, fields }: ToolingObject): ObjectDef {
  const definitions = ['Id', ...fields.split(' ')].map(toField);
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix: prefix,
    custom: false,
    createable: false,
    updateable: name === 'FlowDefinition',
    deletable: false,
    queryable: true,
    fields: new Map(definitions.map((field) => [field.name.toLowerCase(), field])),
    recordTypes: [],
  };
}

/** All of them as object definitions. */
export const toolingDefinitions: readonly ObjectDef[] = Object.entries(TOOLING_OBJECTS).map(([name, object]) =>
  toObject(name, object),
);
