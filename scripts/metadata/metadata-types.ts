/**
 * Where a metadata type lives in a metadata-format zip and in a source-format project. Source:
 * forcedotcom/source-deploy-retrieve metadataRegistry.json
 */
export interface TopLevelType {
  readonly directory: string;
  readonly suffix: string;
}

/** A type that is written inside another one's file in metadata format and in a file of its own in source format. */
export interface ChildType {
  readonly parent: 'CustomObject';
  /** The parent's element that holds it. */
  readonly tag: string;
  readonly directory: string;
  readonly suffix: string;
}

export const TOP_LEVEL_TYPES: Readonly<Record<string, TopLevelType>> = {
  ApexClass: { directory: 'classes', suffix: 'cls' },
  CustomApplication: { directory: 'applications', suffix: 'app' },
  CustomNotificationType: { directory: 'notificationtypes', suffix: 'notiftype' },
  CustomObject: { directory: 'objects', suffix: 'object' },
  CustomPermission: { directory: 'customPermissions', suffix: 'customPermission' },
  CustomTab: { directory: 'tabs', suffix: 'tab' },
  DuplicateRule: { directory: 'duplicateRules', suffix: 'duplicateRule' },
  FlexiPage: { directory: 'flexipages', suffix: 'flexipage' },
  Flow: { directory: 'flows', suffix: 'flow' },
  FlowDefinition: { directory: 'flowDefinitions', suffix: 'flowDefinition' },
  GlobalValueSet: { directory: 'globalValueSets', suffix: 'globalValueSet' },
  Layout: { directory: 'layouts', suffix: 'layout' },
  LightningComponentBundle: { directory: 'lwc', suffix: 'js' },
  PathAssistant: { directory: 'pathAssistants', suffix: 'pathAssistant' },
  PermissionSet: { directory: 'permissionsets', suffix: 'permissionset' },
  Profile: { directory: 'profiles', suffix: 'profile' },
  Queue: { directory: 'queues', suffix: 'queue' },
  Settings: { directory: 'settings', suffix: 'settings' },
  StandardValueSet: { directory: 'standardValueSets', suffix: 'standardValueSet' },
};

const child = (tag: string, suffix: string): ChildType => ({ parent: 'CustomObject', tag, directory: tag, suffix });

export const CHILD_TYPES: Readonly<Record<string, ChildType>> = {
  BusinessProcess: child('businessProcesses', 'businessProcess'),
  CompactLayout: child('compactLayouts', 'compactLayout'),
  CustomField: child('fields', 'field'),
  FieldSet: child('fieldSets', 'fieldSet'),
  ListView: child('listViews', 'listView'),
  RecordType: child('recordTypes', 'recordType'),
  ValidationRule: child('validationRules', 'validationRule'),
  WebLink: child('webLinks', 'webLink'),
};

/** The root element of a component's file: `OpportunitySettings` for Settings `Opportunity`, otherwise the type. */
export const rootElement = (type: string, fullName: string): string =>
  type === 'Settings' ? `${fullName}Settings` : type;

/**
 * `Opportunity.Targeted_Date__c` -> `['Opportunity', 'Targeted_Date__c']`. The object's name holds no dot; a child's
 * may.
 */
export const splitChildName = (fullName: string): readonly [object: string, child: string] => {
  const dot = fullName.indexOf('.');
  if (dot < 1) throw new Error(`${fullName} names no parent object; a child of an object is named Object.Child`);
  return [fullName.slice(0, dot), fullName.slice(dot + 1)];
};
