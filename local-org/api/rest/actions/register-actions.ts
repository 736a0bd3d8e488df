import type { FastifyInstance } from 'fastify';
import type { PlainValues } from '../../../automation/flow/launchable-flows.ts';
import { PlatformError } from '../../../platform-error.ts';
import { runFlow } from '../../../scheduler/run-flow.ts';
import { parseVersion, resourceNotFound } from '../../api-versions.ts';
import { callerOf, type ApiContext } from '../../context.ts';
import { recordBody } from '../records/write-resources.ts';

interface Path {
  Params: { version: string; name: string };
}

const BASE = '/services/data/:version/actions';
/** Sets of inputs in one call, as many as records in a call of sObject Collections; every set is an interview. */
const MOST_INPUTS = 200;

function readInputs(body: unknown): readonly PlainValues[] {
  const { inputs } = recordBody(body);
  if (!Array.isArray(inputs)) throw new PlatformError('JSON_PARSER_ERROR', 'inputs is required and must be an array');
  if (inputs.length > MOST_INPUTS)
    throw new PlatformError('LIMIT_EXCEEDED', `At most ${String(MOST_INPUTS)} inputs in one call`);
  return inputs.map((input) => recordBody(input) as PlainValues);
}

/**
 * Invocable actions over REST (Actions Developer Guide): flows are listed, described and run. Standard actions are not run
 * here, so that none is listed.
 */
export function registerActions(server: FastifyInstance, context: ApiContext): void {
  const { org } = context;
  const flowLabel = (name: string): string => {
    const label = org.metadata.get('Flow', name)?.metadata['label'];
    return typeof label === 'string' ? label : name;
  };
  const url = (version: string, path: string): string => `/services/data/v${parseVersion(version)}/actions${path}`;

  server.get<Path>(BASE, ({ params: { version } }) => ({
    standard: url(version, '/standard'),
    custom: url(version, '/custom'),
  }));
  server.get<Path>(`${BASE}/custom`, ({ params: { version } }) => ({ flow: url(version, '/custom/flow') }));
  server.get<Path>(`${BASE}/standard`, ({ params: { version } }) => {
    parseVersion(version);
    return { actions: [] };
  });
  server.get<Path>(`${BASE}/custom/flow`, ({ params: { version } }) => ({
    actions: (org.automation.flows?.autolaunched ?? []).map((name) => ({
      label: flowLabel(name),
      name,
      type: 'FLOW',
      url: url(version, `/custom/flow/${name}`),
    })),
  }));
  server.get<Path>(`${BASE}/custom/flow/:name`, ({ params: { version, name } }) => {
    parseVersion(version);
    const variables = org.automation.flows?.variables(name);
    if (!variables) throw resourceNotFound();
    const parameter = (variable: { readonly name: string; readonly type: string }) => ({
      ...variable,
      label: variable.name,
      required: false,
    });
    return {
      name,
      label: flowLabel(name),
      type: 'FLOW',
      description: null,
      inputs: variables.inputs.map(parameter),
      outputs: [...variables.outputs, { name: 'Flow__InterviewStatus', type: 'PICKLIST' }].map(parameter),
    };
  });
  server.post<Path>(`${BASE}/custom/flow/:name`, (request, reply) => {
    const { version, name } = request.params;
    parseVersion(version);
    if (!org.automation.flows?.variables(name)) throw resourceNotFound();
    const results = runFlow(org, callerOf(request), name, readInputs(request.body));
    return reply.code(results.every(({ isSuccess }) => isSuccess) ? 200 : 400).send(results);
  });
}
