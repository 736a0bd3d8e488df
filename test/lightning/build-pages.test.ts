import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { buildClient } from '../../local-org/lightning/build/build-client.ts';
import { ClientBuildError } from '../../local-org/lightning/build/client-build-error.ts';
import { orgModules } from '../../local-org/lightning/build/org-modules.ts';
import { flexipageTree } from '../../local-org/lightning/page/flexipage-tree.ts';
import { recordPage } from '../../local-org/lightning/page/record-page.ts';
import type { MetadataReader, StoredComponent } from '../../local-org/metadata/types.ts';

const stored = (
  type: string,
  fullName: string,
  metadata: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): StoredComponent => ({
  type,
  fullName,
  id: '',
  fileName: '',
  metadata,
  files: new Map(Object.entries(files).map(([name, text]) => [`lwc/${fullName}/${name}`, Buffer.from(text)])),
  createdDate: '',
  lastModifiedDate: '',
  createdById: '',
  lastModifiedById: '',
});

const readerOf = (...components: StoredComponent[]): MetadataReader => ({
  get: (type, fullName) => components.find((each) => each.type === type && each.fullName === fullName),
  ofType: (type) => components.filter((each) => each.type === type),
});

const bundle = (name: string, files: Readonly<Record<string, string>>): StoredComponent =>
  stored('LightningComponentBundle', name, { isExposed: true }, files);

const HELLO = bundle('hello', {
  'hello.js':
    "import { LightningElement } from 'lwc'; import text from '@salesforce/label/c.Hello'; import { shout } from './shout';\nexport default class extends LightningElement { text = shout(text); }",
  'hello.html': '<template><p>{text}</p></template>',
  'shout.js': 'export const shout = (text) => `${text}!`;',
});
const LABEL = stored('CustomLabel', 'Hello', { value: 'Hello from a label' });

describe('the build of the Lightning pages', { timeout: 120_000 }, () => {
  // The base components are compiled once for all runs; what is built is different in each.
  const cache = path.join(
    import.meta.dirname,
    '..',
    '..',
    'node_modules',
    '.cache',
    'revenue-waterfall',
    'lightning-test',
  );
  after(() => {
    rmSync(path.join(cache, 'pages'), { recursive: true, force: true });
  });

  const build = (...components: StoredComponent[]): Promise<string> =>
    buildClient(orgModules(readerOf(...components)), cache);
  const problems = async (...components: StoredComponent[]): Promise<string> => {
    const error: unknown = await build(...components).then(
      () => assert.fail('the build went through'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ClientBuildError);
    return error.problems.join('\n');
  };

  it('holds the deployed components and labels, and is built once', async () => {
    const [one, two] = await Promise.all([build(HELLO, LABEL), build(HELLO, LABEL)]);
    assert.equal(one, two);
    const app = path.join(one, 'app.js');
    assert.match(readFileSync(app, 'utf8'), /Hello from a label/);
    const { mtimeMs } = statSync(app);
    await build(HELLO, LABEL);
    assert.equal(statSync(app).mtimeMs, mtimeMs);
  });

  it('is another one when a label changes', async () => {
    const other = await build(HELLO, stored('CustomLabel', 'Hello', { value: 'Good day' }));
    assert.match(readFileSync(path.join(other, 'app.js'), 'utf8'), /Good day/);
  });

  it('says which label the org does not have', async () => {
    assert.match(await problems(HELLO), /custom label Hello/);
  });

  it('says which module the org does not have', async () => {
    const lonely = bundle('lonely', { 'lonely.js': "import 'c/missing';\nexport default class {}" });
    assert.match(await problems(lonely), /no Lightning module missing/);
  });

  it('says where a template is wrong', async () => {
    const broken = bundle('broken', {
      'broken.js': "import { LightningElement } from 'lwc';\nexport default class extends LightningElement {}",
      'broken.html': '<template>\n  <p>{a b}</p>\n</template>',
    });
    assert.match(await problems(broken), /lwc\/broken\/broken\.html:2/);
  });
});

describe('the record page of an object', () => {
  const property = (name: string, value: string) => ({ name, value });
  const PAGE = stored('FlexiPage', 'Deals', {
    sobjectType: 'Opportunity',
    type: 'RecordPage',
    template: { name: 'flexipage:recordHomeTemplateDesktop' },
    flexiPageRegions: [
      {
        name: 'main',
        type: 'Region',
        itemInstances: [
          {
            componentInstance: {
              componentName: 'flexipage:tabset',
              componentInstanceProperties: [property('tabs', 'tabs')],
            },
          },
        ],
      },
      {
        name: 'tabs',
        type: 'Facet',
        itemInstances: [
          {
            componentInstance: {
              componentName: 'flexipage:tab',
              componentInstanceProperties: [property('title', 'Mine'), property('body', 'body')],
            },
          },
        ],
      },
      {
        name: 'body',
        type: 'Facet',
        itemInstances: [
          { componentInstance: { componentName: 'c:hello', componentInstanceProperties: [] } },
          { fieldInstance: { fieldItem: 'Record.Amount' } },
        ],
      },
    ],
  });
  const override = (formFactor: string) =>
    stored('CustomObject', 'Opportunity', {
      actionOverrides: [{ actionName: 'View', type: 'Flexipage', content: 'Deals', formFactor }],
    });

  it('nests facets and drops the namespace of the org', () => {
    const page = flexipageTree('Deals', PAGE.metadata);
    assert.deepEqual(
      page.regions.map(({ name }) => name),
      ['main'],
    );
    const tabset = page.regions[0]?.components[0];
    const tab = tabset?.facets.tabs?.[0];
    assert.equal(tab?.properties.title, 'Mine');
    assert.deepEqual(
      tab.facets.body?.map(({ name }) => name),
      ['hello', 'field Record.Amount'],
    );
  });

  it('stops where facets contain each other', () => {
    const loop = {
      componentInstance: { componentName: 'flexipage:tabset', componentInstanceProperties: [property('tabs', 'a')] },
    };
    const page = flexipageTree('Loop', {
      flexiPageRegions: [
        { name: 'main', type: 'Region', itemInstances: [loop] },
        { name: 'a', type: 'Facet', itemInstances: [loop] },
      ],
    } as never);
    assert.ok(JSON.stringify(page).length < 10_000);
  });

  it('carries the rule by which Salesforce shows a component, in words', () => {
    const criteria = [
      { leftValue: '{!Record.Amount}', operator: 'GE', rightValue: '1000' },
      { leftValue: '{!$User.IsActive}', operator: 'EQUAL', rightValue: 'true' },
    ];
    const shown = (visibilityRule: unknown): string | undefined => {
      const componentInstance = { componentName: 'c:hello', componentInstanceProperties: [], visibilityRule };
      const region = { name: 'main', type: 'Region', itemInstances: [{ componentInstance }] };
      return flexipageTree('Page', { flexiPageRegions: [region] } as never).regions[0]?.components[0]?.visibleIf;
    };
    assert.equal(shown(undefined), undefined);
    assert.equal(shown({ criteria }), '{!Record.Amount} GE 1000 and {!$User.IsActive} EQUAL true');
    assert.equal(
      shown({ criteria, booleanFilter: '1 OR 2' }),
      '{!Record.Amount} GE 1000, {!$User.IsActive} EQUAL true (1 OR 2)',
    );
  });

  const ADMIN = { profileName: 'System Administrator', recordType: 'Renewal' };

  it('is the org default for the desktop, otherwise the platform default', () => {
    assert.equal(recordPage(readerOf(PAGE, override('Large')), 'Opportunity', ADMIN).name, 'Deals');
    assert.equal(recordPage(readerOf(PAGE, override('Small')), 'Opportunity', ADMIN).name, null);
    assert.equal(recordPage(readerOf(PAGE), 'Opportunity', ADMIN).name, null);
    assert.equal(recordPage(readerOf(override('Large')), 'Opportunity', ADMIN).name, null);
  });

  it('is assigned by app, record type and profile before the app, and by the app before the org', () => {
    const page = (name: string): StoredComponent => stored('FlexiPage', name, PAGE.metadata);
    const view = { actionName: 'View', type: 'Flexipage', formFactor: 'Large', pageOrSobjectType: 'Opportunity' };
    const app = stored('CustomApplication', 'standard__LightningSales', {
      profileActionOverrides: [
        { ...view, content: 'Renewals', profile: 'Admin', recordType: 'Opportunity.Renewal' },
        { ...view, content: 'Master', profile: 'Admin', recordType: 'Opportunity.Master' },
      ],
      actionOverrides: [
        { ...view, content: 'App' },
        { ...view, content: 'Accounts', pageOrSobjectType: 'Account' },
      ],
    });
    const profile = stored('Profile', 'Admin', {});
    const reader = readerOf(PAGE, page('Renewals'), page('Master'), page('App'), app, profile, override('Large'));
    const of = (profileName: string, recordType: string | null): string | null =>
      recordPage(reader, 'Opportunity', { profileName, recordType }).name;
    assert.equal(of('System Administrator', 'Renewal'), 'Renewals');
    assert.equal(of('System Administrator', null), 'Master');
    assert.equal(of('System Administrator', 'Acquisition'), 'App');
    assert.equal(of('Sales Rep', 'Renewal'), 'App');
    const other = readerOf(PAGE, app, override('Large'));
    assert.equal(recordPage(other, 'Lead', ADMIN).name, null);
  });
});
