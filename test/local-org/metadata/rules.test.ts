import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFiles, failuresOf, file, openTestOrg } from './deploy-helpers.ts';

interface Case {
  readonly name: string;
  readonly types: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

const object = (body: string): Record<string, string> => ({ 'objects/Opportunity.object': file('CustomObject', body) });
const field = (name: string, body: string): string => `<fields><fullName>${name}</fullName>${body}</fields>`;
const fieldCase = (name: string, body: string, problem: string | null): Case => ({
  name,
  types: { CustomField: ['Opportunity.X__c'] },
  files: object(field('X__c', body)),
  expected: problem === null ? [] : [`CustomField Opportunity.X__c: ${problem}`],
});
const recordType = (body: string): Record<string, string> =>
  object(`<recordTypes><fullName>Renewal</fullName><active>true</active>${body}</recordTypes>`);
const permissionSet = (body: string): Pick<Case, 'types' | 'files'> => ({
  types: { PermissionSet: ['Sales'] },
  files: { 'permissionsets/Sales.permissionset': file('PermissionSet', body) },
});
const page = (body: string, object = '<sobjectType>Opportunity</sobjectType>'): Pick<Case, 'types' | 'files'> => ({
  types: { FlexiPage: ['Page'] },
  files: {
    'flexipages/Page.flexipage': file(
      'FlexiPage',
      `<flexiPageRegions>${body}<name>main</name><type>Region</type></flexiPageRegions><masterLabel>Page</masterLabel>${object}
       <template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>`,
    ),
  },
});
const path = (steps: string, recordTypeName = '__Master__'): Pick<Case, 'types' | 'files'> => ({
  types: { PathAssistant: ['Way'] },
  files: {
    'pathAssistants/Way.pathAssistant': file(
      'PathAssistant',
      `<active>true</active><entityName>Opportunity</entityName><fieldName>StageName</fieldName><masterLabel>Way</masterLabel>
       ${steps}<recordTypeName>${recordTypeName}</recordTypeName>`,
    ),
  },
});

const bundleCase = (name: string, sources: Readonly<Record<string, string>>, problems: readonly string[]): Case => ({
  name,
  types: { LightningComponentBundle: ['thing'] },
  files: {
    'lwc/thing/thing.js-meta.xml': file(
      'LightningComponentBundle',
      '<apiVersion>66.0</apiVersion><isExposed>false</isExposed>',
    ),
    'lwc/thing/thing.js':
      "import { LightningElement } from 'lwc';\nexport default class Thing extends LightningElement {}",
    ...Object.fromEntries(Object.entries(sources).map(([ending, text]) => [`lwc/thing/thing.${ending}`, text])),
  },
  expected: problems.map((problem) => `LightningComponentBundle thing: ${problem}`),
});

const UNKNOWN = 'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}';

const CASES: readonly Case[] = [
  fieldCase('a text field needs a length', '<label>X</label><type>Text</type>', 'Required field is missing: length'),
  fieldCase(
    'an unknown element is refused',
    '<colour>red</colour><label>X</label><type>Date</type>',
    `${UNKNOWN}colour invalid at this location in type CustomField`,
  ),
  fieldCase(
    'an unknown type is refused',
    '<label>X</label><type>Colour</type>',
    "'Colour' is not a valid value for the enum 'FieldType'",
  ),
  fieldCase(
    'a boolean is true or false',
    '<label>X</label><required>maybe</required><type>Date</type>',
    "'maybe' is not a valid value for the type xsd:boolean",
  ),
  fieldCase(
    'a number is a number',
    '<label>X</label><length>ten</length><type>Text</type>',
    "'ten' is not a valid value for the type xsd:double",
  ),
  fieldCase(
    'an element comes once',
    '<label>X</label><label>Y</label><type>Date</type>',
    'Error parsing file: Element label is duplicated at this location in type CustomField',
  ),
  fieldCase(
    'a label has 40 characters at most',
    `<label>${'x'.repeat(41)}</label><type>Date</type>`,
    'Label: data value too large (max length=40)',
  ),
  fieldCase(
    'a lookup names an object',
    '<label>X</label><referenceTo>Nothing__c</referenceTo><relationshipName>Xs</relationshipName><type>Lookup</type>',
    "referenceTo value of 'Nothing__c' does not resolve to a valid sObject type",
  ),
  fieldCase(
    'a checkbox is not required',
    '<defaultValue>false</defaultValue><label>X</label><required>true</required><type>Checkbox</type>',
    "Can not specify 'required' for a CustomField of type Checkbox",
  ),
  fieldCase(
    'a date is not unique',
    '<label>X</label><type>Date</type><unique>true</unique>',
    "Can not specify 'unique' for a CustomField of type Date",
  ),
  fieldCase(
    'a required lookup says what happens when the record goes',
    '<label>X</label><referenceTo>Account</referenceTo><relationshipName>Xs</relationshipName><required>true</required><type>Lookup</type>',
    'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
  ),
  fieldCase('a sound field is taken', '<label>X</label><length>40</length><type>Text</type>', null),
  {
    name: 'a standard picklist takes no valueSet',
    types: { CustomField: ['Opportunity.StageName'] },
    files: object(
      field(
        'StageName',
        '<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted></valueSetDefinition></valueSet>',
      ),
    ),
    expected: [
      'CustomField Opportunity.StageName: Standard picklist field Opportunity.StageName cannot have a valueSet: deploy the StandardValueSet instead',
    ],
  },
  {
    name: 'a formula that names what is not there does not compile',
    types: { CustomField: ['Opportunity.X__c'] },
    files: object(
      field(
        'X__c',
        '<formula>Nothing__c + 1</formula><label>X</label><precision>18</precision><scale>0</scale><type>Number</type>',
      ),
    ),
    expected: ['CustomField Opportunity.X__c: Field Nothing__c does not exist. Check spelling.'],
  },
  {
    name: 'a record type of Opportunity needs a process',
    types: { RecordType: ['Opportunity.Renewal'] },
    files: recordType('<label>Renewal</label>'),
    expected: ['RecordType Opportunity.Renewal: Required field is missing: businessProcess'],
  },
  {
    name: 'a process that is not there is refused',
    types: { RecordType: ['Opportunity.Renewal'] },
    files: recordType('<businessProcess>Nowhere</businessProcess><label>Renewal</label>'),
    expected: [
      'RecordType Opportunity.Renewal: In field: businessProcess - no BusinessProcess named Opportunity.Nowhere found',
    ],
  },
  {
    name: 'stages lack what they need',
    types: { StandardValueSet: ['OpportunityStage'] },
    files: {
      'standardValueSets/OpportunityStage.standardValueSet': file(
        'StandardValueSet',
        '<sorted>false</sorted><standardValue><fullName>A</fullName><default>false</default><closed>false</closed><probability>5</probability></standardValue>',
      ),
    },
    expected: [
      'StandardValueSet OpportunityStage: Required field is missing: won for the value A',
      'StandardValueSet OpportunityStage: Required field is missing: forecastCategory for the value A',
    ],
  },
  {
    name: 'a stage is of a forecast category that the org offers',
    types: { StandardValueSet: ['OpportunityStage'] },
    files: {
      'standardValueSets/OpportunityStage.standardValueSet': file(
        'StandardValueSet',
        '<sorted>false</sorted><standardValue><fullName>A</fullName><default>false</default><closed>false</closed><forecastCategory>MostLikely</forecastCategory><probability>5</probability><won>false</won></standardValue>',
      ),
    },
    expected: ['StandardValueSet OpportunityStage: bad value for restricted picklist field: MostLikely'],
  },
  {
    name: 'a permission set names no required field, and nothing that is not there',
    ...permissionSet(`<customPermissions><enabled>true</enabled><name>Nope</name></customPermissions>
      <fieldPermissions><editable>true</editable><field>Opportunity.Nope__c</field><readable>true</readable></fieldPermissions>
      <fieldPermissions><editable>true</editable><field>Opportunity.CloseDate</field><readable>true</readable></fieldPermissions>
      <label>Sales</label>
      <objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>false</allowRead>
        <modifyAllRecords>false</modifyAllRecords><object>Opportunity</object><viewAllRecords>false</viewAllRecords></objectPermissions>
      <recordTypeVisibilities><recordType>Opportunity.Nope</recordType><visible>true</visible></recordTypeVisibilities>`),
    expected: [
      'PermissionSet Sales: In field: field - no CustomField named Opportunity.Nope__c found',
      'PermissionSet Sales: You cannot deploy to a required field: Opportunity.CloseDate',
      'PermissionSet Sales: Permission Edit Opportunity depends on permission(s): Read Opportunity',
      'PermissionSet Sales: In field: recordType - no RecordType named Opportunity.Nope found',
      'PermissionSet Sales: In field: name - no CustomPermission named Nope found',
    ],
  },
  {
    name: 'a layout has the fields it must have, and none that do not exist',
    types: { Layout: ['Opportunity-Bare'] },
    files: {
      'layouts/Opportunity-Bare.layout': file(
        'Layout',
        `<layoutSections><layoutColumns><layoutItems><behavior>Required</behavior><field>Name</field></layoutItems>
         <layoutItems><behavior>Edit</behavior><field>Nope__c</field></layoutItems></layoutColumns><layoutColumns/>
         <style>TwoColumnsTopToBottom</style></layoutSections>`,
      ),
    },
    expected: [
      'Layout Opportunity-Bare: In field: field - no CustomField named Opportunity.Nope__c found',
      'Layout Opportunity-Bare: Layout must contain an item for required layout field: Probability',
    ],
  },
  {
    name: 'a page shows components and fields that exist',
    ...page(`<itemInstances><componentInstance><componentName>stageTracker</componentName></componentInstance></itemInstances>
      <itemInstances><componentInstance><componentName>force:detailPanel</componentName></componentInstance></itemInstances>
      <itemInstances><fieldInstance><fieldItem>Record.Nope__c</fieldItem></fieldInstance></itemInstances>`),
    expected: [
      "FlexiPage Page: We couldn't retrieve the design time component information for component stageTracker.",
      "FlexiPage Page: Something went wrong. We couldn't retrieve or load the information on the field: Record.Nope__c.",
    ],
  },
  {
    name: 'a record page has an object',
    ...page('', ''),
    expected: ['FlexiPage Page: Required field is missing: sobjectType (a record page needs it)'],
  },
  {
    name: 'a path follows values and fields that exist',
    ...path(`<pathAssistantSteps><fieldNames>Nope__c</fieldNames><picklistValueName>Prospecting</picklistValueName></pathAssistantSteps>
      <pathAssistantSteps><picklistValueName>Nowhere</picklistValueName></pathAssistantSteps>`),
    expected: [
      'PathAssistant Way: In field: fieldNames - no CustomField named Opportunity.Nope__c found',
      'PathAssistant Way: In field: picklistValueName - no picklist value named Nowhere found',
    ],
  },
  {
    name: 'a path is of a record type',
    ...path('', 'Nope'),
    expected: ['PathAssistant Way: In field: recordTypeName - no RecordType named Opportunity.Nope found'],
  },
  {
    name: 'a validation rule compiles and shows its message at a field',
    types: { ValidationRule: ['Opportunity.Gate'] },
    files:
      object(`<validationRules><fullName>Gate</fullName><active>true</active><errorConditionFormula>Amount &gt; 1</errorConditionFormula>
      <errorDisplayField>Nope__c</errorDisplayField><errorMessage>No</errorMessage></validationRules>`),
    expected: [
      'ValidationRule Opportunity.Gate: In field: errorDisplayField - no CustomField named Opportunity.Nope__c found',
    ],
  },
  {
    name: 'a bundle has its module',
    types: { LightningComponentBundle: ['thing'] },
    files: {
      'lwc/thing/thing.js-meta.xml': file(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion><isExposed>false</isExposed>',
      ),
      'lwc/thing/thing.html': '<template></template>',
    },
    expected: ['LightningComponentBundle thing: Cannot find Lightning Component Bundle resource thing.js'],
  },
  bundleCase('a template that does not close', { html: '<template>\n<p>hi\n</template>' }, [
    'LWC1078: <p> has no matching closing tag.',
  ]),
  bundleCase(
    'a script that does not parse',
    { js: "import { LightningElement } from 'lwc';\nexport default class T { f( }" },
    ['LWC1007: Unexpected token (2:28)'],
  ),
  bundleCase('a style that does not parse', { css: '.a { color: }}' }, ['LWC1009: Unexpected }']),
  bundleCase(
    'a component refers to what the org has',
    {
      html: '<template><c-other-thing></c-other-thing></template>',
      js: `import { LightningElement } from 'lwc';
// import gone from '@salesforce/schema/Opportunity.Commented__c';
import AMOUNT from '@salesforce/schema/Opportunity.Amount';
import OWNER from '@salesforce/schema/Opportunity.Account.Name';
import NOPE from '@salesforce/schema/Opportunity.Nope__c';
import label from '@salesforce/label/c.Nope';
import { helper } from 'c/helper';
export default class Thing extends LightningElement { fields = [AMOUNT, OWNER, NOPE, label, helper]; }`,
    },
    [
      'Invalid reference Opportunity.Nope__c of type sobjectField in file thing.js',
      'Invalid reference c.Nope of type label in file thing.js',
      'No MODULE named markup://c:helper found : [markup://c:thing]',
      'No MODULE named markup://c:otherThing found : [markup://c:thing]',
    ],
  ),
  {
    name: 'settings know their switches',
    types: { Settings: ['Flow'] },
    files: { 'settings/Flow.settings': file('FlowSettings', '<enableEverything>true</enableEverything>') },
    expected: [`Settings Flow: ${UNKNOWN}enableEverything invalid at this location in type FlowSettings`],
  },
  {
    name: 'a custom object is complete',
    types: { CustomObject: ['Thing__c'] },
    files: { 'objects/Thing__c.object': file('CustomObject', '<label>Thing</label><pluralLabel>Things</pluralLabel>') },
    expected: [
      'CustomObject Thing__c: Required field is missing: nameField',
      'CustomObject Thing__c: Required field is missing: deploymentStatus',
      'CustomObject Thing__c: Required field is missing: sharingModel',
    ],
  },
  {
    name: 'a compact layout holds fields that exist',
    types: { CompactLayout: ['Opportunity.Small'] },
    files: object(
      '<compactLayouts><fullName>Small</fullName><fields>Name</fields><fields>Nope__c</fields><label>Small</label></compactLayouts>',
    ),
    expected: ['CompactLayout Opportunity.Small: In field: fields - no CustomField named Opportunity.Nope__c found'],
  },
  {
    name: 'a list view shows columns that exist',
    types: { ListView: ['Opportunity.Mine'] },
    files: object(
      '<listViews><fullName>Mine</fullName><columns>Nope__c</columns><filterScope>Mine</filterScope><label>Mine</label></listViews>',
    ),
    expected: ['ListView Opportunity.Mine: Could not resolve list view column: Nope__c'],
  },
  {
    name: 'territories are refused by name',
    types: { Territory2Type: ['T'] },
    files: { 'territory2Types/T.territory2Type': file('Territory2Type', '<name>T</name><priority>1</priority>') },
    expected: [
      'Territory2Type T: The local org does not support Territory2Type: sales territories are not modelled. Leave the component out of the package.',
    ],
  },
  {
    name: 'the manifest names what is in the zip',
    types: { CustomField: ['Opportunity.Gone__c'], Colour: ['Red'] },
    files: {},
    expected: [
      " package.xml: Unknown type name 'Colour' specified in package.xml",
      "CustomField Opportunity.Gone__c: An object 'Opportunity.Gone__c' of type CustomField was named in package.xml, but was not found in zipped directory",
    ],
  },
];

for (const { name, types, files, expected } of CASES) {
  test(name, () => {
    const scene = openTestOrg();
    const result = deployFiles(scene, types, files);
    assert.deepEqual(failuresOf(result), expected);
    assert.equal(result.success, expected.length === 0);
    assert.equal(result.status, expected.length === 0 ? 'Succeeded' : 'Failed');
    scene.org.close();
  });
}

test('a failure says where: line and column of the element in its file', () => {
  const scene = openTestOrg();
  const result = deployFiles(
    scene,
    { CustomField: ['Opportunity.X__c'] },
    object('<fields>\n<fullName>X__c</fullName>\n<label>X</label>\n<type>Colour</type></fields>'),
  );
  const [failure] = result.details.componentFailures;
  assert.deepEqual(
    [failure?.fileName, failure?.lineNumber, failure?.problemType],
    ['objects/Opportunity.object', 6, 'Error'],
  );
});

test('a compiler error is at its line and column of the file that has it', () => {
  const scene = openTestOrg();
  const { types, files } = bundleCase('', { html: '<template>\n  <p>hi\n</template>' }, []);
  const [failure] = deployFiles(scene, types, files).details.componentFailures;
  assert.deepEqual([failure?.fileName, failure?.lineNumber, failure?.columnNumber], ['lwc/thing/thing.html', 2, 3]);
  scene.org.close();
});
