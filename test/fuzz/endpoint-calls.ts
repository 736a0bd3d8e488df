import type { FastifyInstance } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';

/** One request as it goes over the wire; `{job}` in the URL stands for a new ingest job, `{token}` in the body for the session. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JOBS = '/services/data/v67.0/jobs/ingest';
/** What clients see of a defect. */
const DEFECT = 'An unexpected error occurred';

type Ask = (method: string, url: string, body?: string, headers?: Record<string, string>) => Promise<[number, string]>;

/** Uploads the body to a job of its own and waits until the job has ended, however. */
async function upload(ask: Ask, { method, url, headers, body }: Call): Promise<[number, string]> {
  const job = JSON.stringify({ object: 'Account', operation: 'insert' });
  const [, made] = await ask('POST', JOBS, job, { 'content-type': 'application/json' });
  const { id } = JSON.parse(made) as { id: string };
  const answer = await ask(method, url.replace('{job}', id), body, headers);
  const close = JSON.stringify({ state: 'UploadComplete' });
  await ask('PATCH', `${JOBS}/${id}`, close, { 'content-type': 'application/json' });
  for (;;) {
    const [status, text] = await ask('GET', `${JOBS}/${id}`);
    const { state } = JSON.parse(text) as { state: string };
    if (status !== 200 || ['JobComplete', 'Failed', 'Aborted', 'Open'].includes(state)) break;
    await pause(1);
  }
  await ask('DELETE', `${JOBS}/${id}`);
  return answer;
}

/** Sends the call; throws when the server fails rather than answers. */
export async function answerTo(http: FastifyInstance, token: string, given: Call): Promise<void> {
  const call = { ...given, body: given.body.replace('{token}', token) };
  const ask: Ask = async (method, url, body, headers = {}) => {
    const answer = await http.inject({
      method: method as 'POST',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return [answer.statusCode, answer.body];
  };
  const [status, text] = call.url.includes('{job}')
    ? await upload(ask, call)
    : await ask(call.method, call.url, call.body, call.headers);
  if (text.includes(DEFECT)) throw new Error(`a defect was answered: ${text.slice(0, 500)}`);
  // A SOAP fault is a 500 by the protocol.
  if (status >= 500 && !text.includes('<soapenv:Fault>')) throw new Error(`HTTP ${status}: ${text.slice(0, 500)}`);
}
