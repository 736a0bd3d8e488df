/**
 * What the platform accepts at most, in characters unless said otherwise. Sources: Salesforce Help "Custom Field
 * Attributes", Metadata API Developer Guide (CustomField, RecordType, ValidationRule, ListView, PermissionSet), object
 * reference (OpportunityStage.Description, FlowDefinition), Help "Path: Considerations and Guidelines".
 */
export const LIMIT = {
  fieldLabel: 40,
  /** Without `__c`. */
  fieldName: 40,
  fieldDescription: 1000,
  inlineHelpText: 510,
  picklistValue: 255,
  picklistValueDescription: 255,
  recordTypeName: 80,
  recordTypeLabel: 80,
  recordTypeDescription: 255,
  businessProcessName: 80,
  businessProcessDescription: 255,
  validationRuleName: 40,
  validationRuleDescription: 255,
  errorMessage: 255,
  formula: 3900,
  pathGuidance: 1000,
  /** Fields per step. */
  pathFields: 5,
  pathLabel: 80,
  /** Fields. */
  compactLayoutFields: 10,
  layoutName: 80,
  listViewName: 40,
  listViewLabel: 40,
  /** Columns. */
  listViewColumns: 15,
  /** Filters. */
  listViewFilters: 10,
  permissionSetName: 80,
  permissionSetLabel: 80,
  permissionSetDescription: 255,
  customPermissionLabel: 80,
  flexiPageLabel: 80,
  flexiPageDescription: 255,
} as const;
