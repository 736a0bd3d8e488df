import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from './endpoint-calls.ts';

/** Reads one input; throws what the reader throws. */
export type Reader = (input: Uint8Array) => unknown;

/** Names of the errors by which a reader may refuse an input. Anything else is a defect. */
export interface Target {
  readonly refusals: readonly string[];
  open(): Promise<Reader>;
}

const text = (input: Uint8Array): string => Buffer.from(input).toString('utf8');

/** Everything that reads what comes from outside, by name. Modules are loaded when a target is opened. */
export const TARGETS: Readonly<Record<string, Target>> = {
  soql: {
    refusals: ['PlatformError'],
    async open() {
      const { ADMIN_USERNAME, openLocalOrg } = await import('../../local-org/open-org.ts');
      const { runSoql } = await import('../../local-org/data/transaction.ts');
      const org = openLocalOrg({ file: ':memory:' });
      const user = org.user(ADMIN_USERNAME);
      return (input) => org.transact(user, (tx) => runSoql(tx, text(input)));
    },
  },
  formula: {
    refusals: ['FormulaError'],
    async open() {
      const { parseFormula } = await import('../../local-org/automation/formula/parse.ts');
      return (input) => parseFormula(text(input));
    },
  },
  'metadata XML': {
    refusals: ['XmlSyntaxError'],
    async open() {
      const { parseXml } = await import('../../local-org/metadata/xml/parse-xml.ts');
      const { readMetadata } = await import('../../local-org/metadata/xml/read-metadata.ts');
      return (input) =>
        ['CustomField', 'Flow', 'CustomObject'].map((type) => readMetadata(type, parseXml(text(input))));
    },
  },
  'metadata files of the product': {
    refusals: ['MetadataError'],
    async open() {
      const { parseMetadata } = await import('../../scripts/metadata/parse-xml.ts');
      return (input) => parseMetadata(text(input), 'file.xml');
    },
  },
  'deploy zip': {
    refusals: ['PlatformError', 'XmlSyntaxError'],
    async open() {
      const { ADMIN_USERNAME, openLocalOrg } = await import('../../local-org/open-org.ts');
      const { deploy } = await import('../../local-org/metadata/deploy.ts');
      const org = openLocalOrg({ file: ':memory:' });
      const user = org.user(ADMIN_USERNAME);
      return (input) => deploy(org, user, input, { checkOnly: true, rollbackOnError: true, singlePackage: true });
    },
  },
  'retrieved zip': {
    refusals: ['Error', 'RangeError', 'ERR_OUT_OF_RANGE'],
    async open() {
      const { unzip } = await import('../../scripts/org/unzip.ts');
      return (input) => unzip(Buffer.from(input));
    },
  },
  CSV: {
    refusals: ['CsvUnreadable'],
    async open() {
      const { readCsv } = await import('../../local-org/api/bulk/csv.ts');
      return async (input) => {
        let values = 0;
        for await (const row of readCsv([input], { columnDelimiter: 'COMMA', lineEnding: 'LF' })) values += row.length;
        return values;
      };
    },
  },
  'SOAP envelope': {
    refusals: ['PlatformError'],
    async open() {
      const { parseEnvelope, toValue } = await import('../../local-org/api/soap/parse-envelope.ts');
      return (input) => toValue(parseEnvelope(text(input)).operation);
    },
  },
  multipart: {
    refusals: ['PlatformError'],
    async open() {
      const { readMultipart } = await import('../../local-org/api/metadata-rest/multipart.ts');
      return (input) => readMultipart('multipart/form-data; boundary=B', Buffer.from(input));
    },
  },
  model: {
    refusals: [],
    async open() {
      const { parseModel } = await import('../../scripts/model/parse-model.ts');
      return (input) => parseModel(text(input), 'waterfall.yaml');
    },
  },
  mapping: {
    refusals: ['FindingsError'],
    async open() {
      const { parseMapping } = await import('../../scripts/commands/mapping-file.ts');
      return (input) => parseMapping(text(input), 'mapping.yaml');
    },
  },
  plan: {
    refusals: ['OrgError'],
    async open() {
      const { readPlan } = await import('../../scripts/apply/plan-file.ts');
      const folder = mkdtempSync(join(tmpdir(), 'waterfall-fuzz-'));
      process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
      const file = join(folder, 'plan.json');
      return (input) => {
        writeFileSync(file, input);
        return readPlan(file);
      };
    },
  },
  /** The input is a `Call` as JSON; what is answered with an error of the server's own is a defect. */
  'HTTP endpoints': {
    refusals: [],
    async open() {
      const { openLocalOrg } = await import('../../local-org/open-org.ts');
      const { createServer } = await import('../../local-org/api/create-server.ts');
      const { http, token } = createServer(openLocalOrg({ file: ':memory:' }), { onUnknownPath: () => undefined });
      const { answerTo } = await import('./endpoint-calls.ts');
      return (input) => answerTo(http, token, JSON.parse(text(input)) as Call);
    },
  },
};
