import { setTimeout as sleep } from 'node:timers/promises';
import { assertOwn, destroy } from './components.ts';
import { deployFiles } from './deploy.ts';
import { madeIn, madeInCsv } from './made-records.ts';
import { differences, type Difference } from './match.ts';
import { filesOf, manifest, membersOf } from './package-files.ts';
import type { Component, DeployStep, QueryStep, RestStep, SoapStep, Step } from './scenario.ts';
import { soapCall } from './soap.ts';
import { call, type Answer, type Call, type Target } from './target.ts';
import { valueAt, type Values } from './values.ts';

/** What a run has made so far and must take away again. */
export interface Traces {
  readonly records: string[];
  readonly components: Component[];
}

const POLL_MS = 200;
const PATIENCE_MS = 120_000;

/** A text body is CSV, a value JSON. */
function requestOf({ rest, headers = {}, body, session }: RestStep): Call {
  const [, method = '', path = ''] = /^(\w+) (.*)$/s.exec(rest) ?? [];
  if (body === undefined) return { method, path, headers, session };
  const isText = typeof body === 'string';
  const type = { 'content-type': isText ? 'text/csv' : 'application/json' };
  return { method, path, session, headers: { ...type, ...headers }, body: isText ? body : JSON.stringify(body) };
}

async function ask(target: Target, step: RestStep): Promise<Answer> {
  const request = requestOf(step);
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await call(target, request);
    if (step.until === undefined || differences(step.until, answer.body, '').length === 0 || Date.now() > end)
      return answer;
    await sleep(POLL_MS);
  }
}

async function runRest(target: Target, step: RestStep, values: Values, traces: Traces): Promise<readonly Difference[]> {
  const answer = await ask(target, step);
  traces.records.push(...madeIn(answer.body), ...(typeof answer.body === 'string' ? madeInCsv(answer.body) : []));
  for (const [name, path] of Object.entries(step.save ?? {})) values[name] = valueAt(answer, path);
  return step.expect === undefined ? [] : differences(step.expect, answer, '');
}

/** Records as an admin reads them: `attributes` away, at every depth. */
function withoutAttributes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAttributes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      name === 'attributes' ? [] : [[name, withoutAttributes(member)]],
    ),
  );
}

async function runQuery(target: Target, step: QueryStep, values: Values): Promise<readonly Difference[]> {
  const resource = step.all === true ? '/queryAll' : '/query';
  const { status, body } = await call(target, {
    method: 'GET',
    path: `${resource}?q=${encodeURIComponent(step.query)}`,
  });
  if (step.error !== undefined) return differences({ status: 400, body: [step.error] }, { status, body }, '');
  if (status !== 200) return [{ at: 'status', expected: '200', actual: `${status} ${JSON.stringify(body)}` }];
  const records = withoutAttributes((body as { records: unknown }).records);
  for (const [name, path] of Object.entries(step.save ?? {})) values[name] = valueAt(records, path);
  return [
    ...(step.records === undefined ? [] : differences(step.records, records, 'records')),
    ...(step.expect === undefined ? [] : differences(step.expect, body, '')),
  ];
}

const listed = (expected: unknown, actual: unknown): unknown =>
  Array.isArray(expected) && !Array.isArray(actual) ? (actual === undefined ? [] : [actual]) : actual;

async function runSoap(target: Target, step: SoapStep, values: Values, traces: Traces): Promise<readonly Difference[]> {
  const { result, fault } = await soapCall(target, step.soap, step.body, step.headers, step.session);
  traces.records.push(...madeIn(result));
  for (const [name, path] of Object.entries(step.save ?? {})) values[name] = valueAt(result, path);
  if (step.fault !== undefined) return differences(step.fault, fault, 'fault');
  if (fault !== undefined) return [{ at: 'fault', expected: '(nothing)', actual: JSON.stringify(fault) }];
  return step.result === undefined ? [] : differences(step.result, listed(step.result, result), 'result');
}

async function runDeploy(target: Target, step: DeployStep, traces: Traces): Promise<readonly Difference[]> {
  assertOwn(step.deploy);
  const destroyed = step.destroy.map((one) => ({
    type: one.slice(0, one.indexOf(':')),
    fullName: one.slice(one.indexOf(':') + 1),
  }));
  assertOwn(destroyed);
  // In any case: without rollbackOnError a part may be there although the deploy failed.
  traces.components.push(...step.deploy);
  const files = { ...filesOf(step.deploy), ...step.files };
  const members = { ...membersOf(step.deploy), ...step.manifest };
  const result =
    destroyed.length > 0
      ? await destroy(target, destroyed)
      : await deployFiles(target, { 'package.xml': manifest(members), ...files }, step.options);
  if (result.success && destroyed.length > 0) {
    const gone = new Set(step.destroy);
    traces.components.splice(
      0,
      Infinity,
      ...traces.components.filter(({ type, fullName }) => !gone.has(`${type}:${fullName}`)),
    );
  }
  const { componentFailures, componentSuccesses } = result.details;
  if (step.expect === undefined && step.failures === undefined) {
    const what = componentFailures.map((one) => `${one.fullName}: ${one.problem ?? ''}`).join('; ');
    return result.success ? [] : [{ at: 'success', expected: 'true', actual: `false ${what}` }];
  }
  return [
    ...(step.expect === undefined ? [] : differences(step.expect, { ...result, componentSuccesses }, '')),
    ...(step.failures === undefined ? [] : differences(step.failures, componentFailures, 'failures')),
  ];
}

/** Runs one step whose values are filled in. Answers where the org differs; throws when it cannot be asked. */
export function runStep(target: Target, step: Step, values: Values, traces: Traces): Promise<readonly Difference[]> {
  if ('rest' in step) return runRest(target, step, values, traces);
  if ('query' in step) return runQuery(target, step, values);
  if ('soap' in step) return runSoap(target, step, values, traces);
  return runDeploy(target, step, traces);
}
