import { setTimeout as sleep } from 'node:timers/promises';
import { call, type Answer, type Target } from './target.ts';
import { zipOf } from './package-files.ts';

export interface ComponentResult {
  readonly componentType: string;
  readonly fullName: string;
  readonly problem?: string;
  readonly [member: string]: unknown;
}

export interface DeployResult {
  readonly done: boolean;
  readonly success: boolean;
  readonly status: string;
  readonly details: {
    readonly componentFailures: readonly ComponentResult[];
    readonly componentSuccesses: readonly ComponentResult[];
  };
  readonly [member: string]: unknown;
}

const POLL_MS = 1000;
const BOUNDARY = 'wf-parity-9f1c7a';

/** The body of Metadata API Developer Guide, "Deploy with REST": the options as JSON, then the zip. */
function multipart(options: Readonly<Record<string, unknown>>, zip: Uint8Array): Uint8Array<ArrayBuffer> {
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n` +
    `${JSON.stringify({ deployOptions: options })}\r\n--${BOUNDARY}\r\n` +
    'Content-Disposition: form-data; name="file"; filename="package.zip"\r\nContent-Type: application/zip\r\n\r\n';
  const bytes = Buffer.concat([Buffer.from(head), zip, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  return new Uint8Array(bytes);
}

/** Sends a zip of these files and asks until the deploy has ended. Throws when the org takes none. */
export async function deployFiles(
  target: Target,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<DeployResult> {
  const started = await call(target, {
    method: 'POST',
    path: '/metadata/deployRequest',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: multipart({ rollbackOnError: true, singlePackage: true, testLevel: 'NoTestRun', ...options }, zipOf(files)),
  });
  if (started.status !== 201) throw new Error(`the deploy was not taken: ${JSON.stringify(started.body)}`);
  const { id } = started.body as { id: string };
  for (;;) {
    const result = resultOf(
      await call(target, { method: 'GET', path: `/metadata/deployRequest/${id}?includeDetails=true` }),
    );
    if (result.done) return result;
    await sleep(POLL_MS);
  }
}

function resultOf({ status, body }: Answer): DeployResult {
  if (status !== 200) throw new Error(`the deploy's state cannot be read: ${JSON.stringify(body)}`);
  return (body as { deployResult: DeployResult }).deployResult;
}

/** Why a deploy failed, in one text. */
export const failureText = (result: DeployResult): string =>
  result.details.componentFailures
    .map((one) => `${one.componentType} ${one.fullName}: ${one.problem ?? ''}`)
    .join('; ') || result.status;
