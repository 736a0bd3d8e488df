import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { readMultipart } from '../metadata-rest/multipart.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import type { BulkStore } from './bulk-store.ts';
import { createIngestJob, invalidInput } from './create-ingest-job.ts';
import { csvLine } from './csv.ts';
import { ingestJobInfo, type IngestJob } from './ingest-job.ts';
import { createIngestRunner, type IngestRunner } from './ingest-runner.ts';
import { jobPage } from './job-page.ts';
import { ENDED } from './job-state.ts';
import { receiveUpload } from './receive-upload.ts';
import { resultStream, unprocessedStream } from './result-stream.ts';
import { clientText } from '../values/client-text.ts';

interface JobPath {
  Params: { version: string; id: string };
}

const BASE = '/services/data/:version/jobs/ingest';
/** Characters of CSV in a multipart request (Bulk API 2.0 Developer Guide, "Create a Job", Usage Notes). */
const MULTIPART_CHARACTERS = 100_000;

type Find = (id: string) => IngestJob;

/** Bulk API 2.0 ingest: `/jobs/ingest`. Jobs that a stop interrupted go on when the server is ready. */
export function registerIngest(server: FastifyInstance, context: ApiContext, store: BulkStore<IngestJob>): void {
  const runner = createIngestRunner(context, store);
  server.addHook('onReady', (done) => {
    runner.resume();
    done();
  });
  server.addHook('onClose', () => runner.close());
  const find: Find = (id) => {
    const job = store.get(id);
    if (job) return job;
    throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
  };
  registerJobs(server, context, store, runner, find);
  registerUpload(server, store, find);
  registerResults(server, store, find);
}

function registerJobs(
  server: FastifyInstance,
  context: ApiContext,
  store: BulkStore<IngestJob>,
  runner: IngestRunner,
  find: Find,
): void {
  server.post<{ Params: { version: string } }>(BASE, async (request) => {
    const version = parseVersion(request.params.version);
    const user = callerOf(request);
    if (!Buffer.isBuffer(request.body)) {
      return ingestJobInfo(store.add(createIngestJob(context.org, user, version, request.body)));
    }
    const { job: given, content } = readParts(request.headers['content-type'] ?? '', request.body);
    const job = store.add(createIngestJob(context.org, user, version, given));
    await receiveUpload(store, job, [content]);
    job.uploaded = true;
    runner.start(job);
    return ingestJobInfo(job);
  });

  server.get<{ Params: { version: string }; Querystring: { queryLocator?: string } }>(BASE, (request) =>
    jobPage(store.all().map(ingestJobInfo), request.query.queryLocator, request.url),
  );

  server.get<JobPath>(`${BASE}/:id`, (request) => ingestJobInfo(find(request.params.id)));

  server.patch<JobPath>(`${BASE}/:id`, (request) => {
    const job = find(request.params.id);
    const { state } = recordBody(request.body);
    if (state === 'Aborted' && !ENDED.has(job.state)) {
      job.state = 'Aborted';
      store.save(job);
    } else if (state === 'UploadComplete' && job.state === 'Open') runner.start(job);
    else
      throw invalidInput('INVALIDJOBSTATE', `Invalid job state transition from ${job.state} to ${clientText(state)}`);
    return ingestJobInfo(job);
  });

  server.delete<JobPath>(`${BASE}/:id`, (request, reply) => {
    const job = find(request.params.id);
    if (!ENDED.has(job.state) && job.state !== 'UploadComplete') {
      throw invalidInput('INVALIDJOBSTATE', `Job: ${job.id} cannot be deleted while it is ${job.state}`);
    }
    store.remove(job);
    return reply.code(204).send();
  });
}

/** The parts `job` and `content` of a multipart request. */
function readParts(contentType: string, body: Buffer): { readonly job: unknown; readonly content: Buffer } {
  const parts = readMultipart(contentType, body);
  const part = (name: string): Buffer => {
    const content = parts.find((one) => one.name === name)?.content;
    if (content) return content;
    throw new PlatformError('INVALID_MULTIPART_REQUEST', `The part ${name} is missing`);
  };
  const content = part('content');
  if (content.toString('utf8').length > MULTIPART_CHARACTERS) {
    const message = `A multipart request can have at most ${String(MULTIPART_CHARACTERS)} characters of data`;
    throw invalidInput('CLIENTINPUTERROR', message);
  }
  try {
    return { job: JSON.parse(part('job').toString('utf8')), content };
  } catch (error) {
    if (error instanceof SyntaxError) throw new PlatformError('JSON_PARSER_ERROR', error.message);
    throw error;
  }
}

/** In a scope of its own: the body is a stream there, whatever its type. */
function registerUpload(server: FastifyInstance, store: BulkStore<IngestJob>, find: Find): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    scope.put<JobPath>(`${BASE}/:id/batches`, async (request: FastifyRequest<JobPath>, reply: FastifyReply) => {
      const job = find(request.params.id);
      if (job.state !== 'Open') throw invalidInput('INVALIDJOBSTATE', `Job: ${job.id} is not open: ${job.state}`);
      if (store.hasUpload(job)) {
        const message =
          `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then ` +
          "create a new Job and make sure you only do 'PUT' once on a given Job.";
        throw invalidInput('CLIENTINPUTERROR', message);
      }
      await receiveUpload(store, job, (request.body ?? []) as AsyncIterable<Uint8Array>);
      job.uploaded = true;
      store.save(job);
      return reply.code(201).send();
    });
    done();
  });
}

function registerResults(server: FastifyInstance, store: BulkStore<IngestJob>, find: Find): void {
  const result = (path: string, saved: boolean, column: string): void => {
    server.get<JobPath>(`${BASE}/:id/${path}`, (request, reply) => {
      const job = find(request.params.id);
      const header = csvLine(['sf__Id', column, ...job.header], job.format);
      return reply.type('text/csv').send(resultStream(store, job, header, { saved }));
    });
  };
  result('successfulResults', true, 'sf__Created');
  result('failedResults', false, 'sf__Error');
  for (const path of ['unprocessedrecords', 'unprocessedRecords']) {
    server.get<JobPath>(`${BASE}/:id/${path}`, (request, reply) => {
      const job = find(request.params.id);
      return reply.type('text/csv').send(unprocessedStream(store, job, job.format));
    });
  }
}
