const { readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * Component tests see the texts that users see: every custom label of the project in place of sfdx-lwc-jest's `c.Name`.
 */
const FILE = path.join(__dirname, '../../force-app/main/default/labels/CustomLabels.labels-meta.xml');

const element = (block, name) => block.match(new RegExp(`<${name}>([^<]*)</${name}>`))[1];

for (const [, block] of readFileSync(FILE, 'utf8').matchAll(/<labels>([\s\S]*?)<\/labels>/g)) {
  const text = element(block, 'value').replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  jest.doMock(`@salesforce/label/c.${element(block, 'fullName')}`, () => ({ default: text, __esModule: true }), {
    virtual: true,
  });
}
