import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync, strFromU8 } from 'fflate';
import { listMetadata } from '../../../local-org/metadata/list.ts';
import { retrieve } from '../../../local-org/metadata/retrieve.ts';
import { logicProblems } from '../../../local-org/metadata/rules/report.ts';
import { deployFiles, failuresOf, file, manifest, openTestOrg, type TestOrg } from './deploy-helpers.ts';

const FOLDER = { 'reports/Sales-meta.xml': file('ReportFolder', '<name>Sales</name>') };
const column = (field: string): string => `<columns><field>${field}</field></columns>`;
const report = (body: string, format = 'Tabular', type = 'Opportunity'): string =>
  file(
    'Report',
    `${body}<format>${format}</format><name>Won</name><reportType>${type}</reportType><showDetails>true</showDetails>`,
  );
const deployReport = (scene: TestOrg, text: string): readonly string[] =>
  failuresOf(deployFiles(scene, { Report: ['Sales', 'Sales/Won'] }, { ...FOLDER, 'reports/Sales/Won.report': text }));

test('a report lies in a folder, which is deployed under its own type and listed, retrieved and deleted', () => {
  const scene = openTestOrg();
  const alone = deployFiles(
    scene,
    { Report: ['Sales/Won'] },
    { 'reports/Sales/Won.report': report(column('FULL_NAME')) },
  );
  assert.deepEqual(failuresOf(alone), ['Report Sales/Won: Cannot find folder:Sales']);
  const both = deployFiles(
    scene,
    { Report: ['Sales', 'Sales/Won'] },
    { ...FOLDER, 'reports/Sales/Won.report': report(column('FULL_NAME')) },
  );
  assert.deepEqual(failuresOf(both), []);
  assert.deepEqual(
    both.details.componentSuccesses.map((one) => `${one.componentType} ${one.fullName} ${one.fileName}`),
    [
      ' package.xml package.xml',
      'ReportFolder Sales reports/Sales-meta.xml',
      'Report Sales/Won reports/Sales/Won.report',
    ],
  );
  const names = (type: string, folder?: string): readonly string[] =>
    listMetadata(scene.org, [{ type, folder }]).map((one) => one.fullName);
  assert.deepEqual([names('ReportFolder'), names('Report', 'Sales'), names('Report')], [['Sales'], ['Sales/Won'], []]);
  const zip = unzipSync(
    retrieve(scene.org, scene.admin, {
      apiVersion: '66.0',
      singlePackage: true,
      unpackaged: { types: [{ name: 'Report', members: ['Sales', 'Sales/Won'] }] },
    }).zipFile,
  );
  assert.match(
    strFromU8(zip['reports/Sales-meta.xml'] ?? new Uint8Array()),
    /<ReportFolder xmlns.*\n {4}<name>Sales<\/name>/,
  );
  assert.ok(zip['reports/Sales/Won.report']);
  const gone = deployFiles(scene, {}, { 'destructiveChanges.xml': manifest({ Report: ['Sales/Won', 'Sales'] }) });
  assert.deepEqual(failuresOf(gone), []);
  assert.equal(scene.org.metadata.get('ReportFolder', 'Sales'), undefined);
  scene.org.close();
});

const REPORTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['of a type that is not there', report(column('A'), 'Tabular', 'Nope__c'), ['invalid report type']],
  ['with a field that is not there', report(column('Opportunity.Nope__c')), ['Invalid column: Opportunity.Nope__c']],
  ['summary without grouping', report(column('A'), 'Summary'), ['A Summary report needs at least one grouping']],
  [
    'tabular with grouping',
    report(column('A') + '<groupingsDown><field>B</field><sortOrder>Asc</sortOrder></groupingsDown>'),
    ['A Tabular report has no groupings'],
  ],
  [
    'whose filter logic names no filter',
    report(
      `${column('A')}<filter><booleanFilter>1 AND 3</booleanFilter><criteriaItems><column>B</column><operator>equals</operator>
       <value>1</value></criteriaItems></filter>`,
    ),
    ['Invalid filter logic: 1 AND 3'],
  ],
];
for (const [name, text, problems] of REPORTS) {
  test(`a report ${name}`, () => {
    const scene = openTestOrg();
    assert.deepEqual(
      deployReport(scene, text),
      problems.map((problem) => `Report Sales/Won: ${problem}`),
    );
    scene.org.close();
  });
}

test('filter logic is numbers of filters, operators and brackets', () => {
  for (const logic of ['1', '1 AND 2', '(1 OR 2) AND NOT 1', 'not 1'])
    assert.deepEqual(logicProblems(logic, 2), [], logic);
  for (const logic of ['1 AND 3', '1 XOR 2', 'a', '0']) assert.equal(logicProblems(logic, 2).length, 1, logic);
});

const reportType = (join: string, columns = '', base = 'Account'): string =>
  file(
    'ReportType',
    `<baseObject>${base}</baseObject><category>accounts</category><deployed>true</deployed>${join}<label>Way</label>
     <sections>${columns}<masterLabel>S</masterLabel></sections>`,
  );
const deployType = (scene: TestOrg, text: string): readonly string[] =>
  failuresOf(deployFiles(scene, { ReportType: ['Way'] }, { 'reportTypes/Way.reportType': text }));
const joined = (inner: string, outer: boolean, relationship: string): string =>
  `<join>${inner}<outerJoin>${String(outer)}</outerJoin><relationship>${relationship}</relationship></join>`;
const typeColumn = (table: string, field: string): string =>
  `<columns><checkedByDefault>true</checkedByDefault><field>${field}</field><table>${table}</table></columns>`;

test('a report type joins up to four objects, no inner join after an outer one, and names fields that exist', () => {
  const scene = openTestOrg();
  const sound = reportType(
    joined('', false, 'Opportunities'),
    typeColumn('Account', 'Name') +
      typeColumn('Account.Opportunities', 'StageName') +
      typeColumn('Account', 'Owner.Name'),
  );
  assert.deepEqual(deployType(scene, sound), []);
  assert.deepEqual(deployType(scene, reportType(joined('', false, 'Nopes'))), [
    'ReportType Way: Invalid relationship Nopes on Account',
  ]);
  assert.deepEqual(
    deployType(scene, reportType(joined(joined('', false, 'OpportunityLineItems'), true, 'Opportunities'))),
    ['ReportType Way: An inner join (OpportunityLineItems) is not allowed after an outer join'],
  );
  assert.deepEqual(
    deployType(scene, reportType('', typeColumn('Account', 'Nope__c') + typeColumn('Contact', 'Name'))),
    ['ReportType Way: Invalid field Nope__c of Account', 'ReportType Way: Invalid table: Contact'],
  );
  assert.deepEqual(deployType(scene, reportType('', '', 'Contact')), [
    'ReportType Way: The base object of a report type cannot be changed',
  ]);
  scene.org.close();
});

test('a dashboard shows reports that exist', () => {
  const scene = openTestOrg();
  const dashboard = file(
    'Dashboard',
    `<backgroundEndColor>#FFFFFF</backgroundEndColor><backgroundFadeDirection>Diagonal</backgroundFadeDirection>
     <backgroundStartColor>#FFFFFF</backgroundStartColor><dashboardGridLayout><dashboardGridComponents><colSpan>9</colSpan><columnIndex>6</columnIndex>
     <dashboardComponent><componentType>Metric</componentType><report>Sales/Nope</report></dashboardComponent><rowIndex>0</rowIndex><rowSpan>2</rowSpan>
     </dashboardGridComponents><numberOfColumns>12</numberOfColumns><rowHeight>36</rowHeight></dashboardGridLayout>
     <textColor>#000000</textColor><title>D</title><titleColor>#000000</titleColor><titleSize>12</titleSize>`,
  );
  const result = deployFiles(
    scene,
    { Dashboard: ['Board', 'Board/D'] },
    {
      'dashboards/Board-meta.xml': file('DashboardFolder', '<name>Board</name>'),
      'dashboards/Board/D.dashboard': dashboard,
    },
  );
  assert.deepEqual(failuresOf(result), [
    'Dashboard Board/D: In field: report - no Report named Sales/Nope found',
    'Dashboard Board/D: A dashboard component lies outside the grid',
  ]);
  scene.org.close();
});

test('duplicate rules of an object are numbered from 1', () => {
  const scene = openTestOrg();
  const rule = (order: number): string =>
    file(
      'DuplicateRule',
      `<actionOnInsert>Block</actionOnInsert><actionOnUpdate>Block</actionOnUpdate><alertText>Stop</alertText><isActive>true</isActive>
       <masterLabel>R</masterLabel><securityOption>EnforceSharingRules</securityOption><sortOrder>${String(order)}</sortOrder>`,
    );
  const put = (order: number) =>
    failuresOf(
      deployFiles(scene, { DuplicateRule: ['Lead.R'] }, { 'duplicateRules/Lead.R.duplicateRule': rule(order) }),
    );
  assert.deepEqual(put(2), [
    'DuplicateRule Lead.R: SortOrder must be in sequential order from 1.',
    'DuplicateRule Lead.R: alertText is allowed only where actionOnInsert or actionOnUpdate is Allow',
  ]);
  assert.equal(put(1).length, 1);
  scene.org.close();
});
