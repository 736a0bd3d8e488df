import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * What a scenario file may say. Requests and expected answers are data, so that one and the same file is run against the local
 * org and against any other org.
 */
const component = z.strictObject({
  type: z.string(),
  fullName: z.string(),
  metadata: z.record(z.string(), z.unknown()).default({}),
});

/** Names under which later steps find a value of the answer: `account: body.id`. */
const save = z.record(z.string(), z.string()).optional();
const expected = z.unknown();

const restStep = z.strictObject({
  rest: z.string().regex(/^(GET|POST|PATCH|PUT|DELETE|HEAD) \//, 'a method and a path'),
  headers: z.record(z.string(), z.string()).optional(),
  /** A value is sent as JSON, a text as it stands: as CSV unless the headers say otherwise. */
  body: z.unknown().optional(),
  /** `none` sends no session, `wrong` one that there is not. */
  session: z.enum(['none', 'wrong']).optional(),
  /** Asked again until the answer's body has these values: jobs take their time. */
  until: z.record(z.string(), z.unknown()).optional(),
  /** Parts of the answer: `status`, `headers`, `body`. */
  expect: z
    .strictObject({ status: z.number().optional(), headers: expected.optional(), body: expected.optional() })
    .optional(),
  save,
});

const queryStep = z.strictObject({
  query: z.string(),
  /** Deleted records too. */
  all: z.boolean().optional(),
  /** The records, without `attributes`. */
  records: expected.optional(),
  /** The whole answer: `totalSize`, `done`, `records`. */
  expect: expected.optional(),
  /** The one error of a query that is refused. */
  error: expected.optional(),
  save,
});

const soapStep = z.strictObject({
  soap: z.enum(['partner', 'metadata']),
  /** The operation's element as XML; the prefix `s` stands for sObjects. */
  body: z.string(),
  /** More headers beside the session, as XML. */
  headers: z.string().optional(),
  session: z.enum(['none', 'wrong']).optional(),
  /** Value of the `result` elements: one, or a list of them. */
  result: expected.optional(),
  fault: expected.optional(),
  save,
});

const deployStep = z.strictObject({
  deploy: z.array(component).default([]),
  /** Components to delete, `Type:fullName`. */
  destroy: z.array(z.string()).default([]),
  /** Files beside or instead of the components, by path in the zip. */
  files: z.record(z.string(), z.string()).default({}),
  /** Members that the manifest lists for those files, by type. */
  manifest: z.record(z.string(), z.array(z.string())).default({}),
  options: z.record(z.string(), z.unknown()).default({}),
  /** Parts of the DeployResult. */
  expect: expected.optional(),
  /** `details.componentFailures`, as `componentType`, `fullName`, `problem` … */
  failures: expected.optional(),
});

const step = z.union([restStep, queryStep, soapStep, deployStep]);

const knownDifference = z.strictObject({
  reason: z.string().min(20),
  /** Where the local org differs and what it answers instead, as the runner prints it; no more and no less may differ. */
  local: z.record(z.string(), z.string()),
});

const source = z.strictObject({ document: z.string(), url: z.url() });

const scenario = z.strictObject({
  name: z.string(),
  /** documented: the source says so. observed: the source shows a real org doing it. inferred: concluded from the source. */
  confidence: z.enum(['documented', 'observed', 'inferred']),
  source,
  /** What an org must have for this to mean anything; see needs.ts. */
  needs: z
    .array(z.enum(['standard stages', 'products', 'lead conversion', 'API 66', 'US English', 'calendar fiscal year']))
    .default([]),
  knownDifference: knownDifference.optional(),
  steps: z.array(step).min(1),
});

const scenarioFile = z.strictObject({
  /** Sources that several scenarios name, by a short key. */
  sources: z.record(z.string(), source).default({}),
  /** Components that the scenarios of this file need. Everything is called `WfParity_…`. */
  ground: z.array(component).default([]),
  scenarios: z.array(z.strictObject({ ...scenario.shape, source: z.union([z.string(), source]) })).min(1),
});

export type Component = z.infer<typeof component>;
export type RestStep = z.infer<typeof restStep>;
export type QueryStep = z.infer<typeof queryStep>;
export type SoapStep = z.infer<typeof soapStep>;
export type DeployStep = z.infer<typeof deployStep>;
export type Step = z.infer<typeof step>;
export type Scenario = z.infer<typeof scenario>;

export interface ScenarioFile {
  readonly ground: readonly Component[];
  readonly scenarios: readonly Scenario[];
  readonly family: string;
  /** `rest/records.yaml` */
  readonly path: string;
}

const FOLDER = join(import.meta.dirname, 'scenarios');

/** All scenario files, of one family when it is named. Throws with file and place when one is not as it must be. */
export function readScenarios(family?: string): readonly ScenarioFile[] {
  return readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => family === undefined || path.startsWith(`${family}/`))
    .sort()
    .map((path) => {
      const read = scenarioFile.safeParse(parse(readFileSync(join(FOLDER, path), 'utf8')));
      if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
      const { ground, scenarios, sources } = read.data;
      const named = (one: (typeof scenarios)[number]): Scenario => {
        const from = typeof one.source === 'string' ? sources[one.source] : one.source;
        if (!from) throw new Error(`${path}: ${one.name}: one of its sources is not in the file`);
        return { ...one, source: from };
      };
      return { family: path.split('/')[0]!, path, ground, scenarios: scenarios.map(named) };
    });
}
