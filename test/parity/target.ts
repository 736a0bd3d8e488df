import type { RunningOrg } from '../../local-org/start-local-org.ts';

/** The API version in which all scenarios speak. */
export const API_VERSION = '66.0';

/** The org that scenarios are run against. */
export interface Target {
  readonly name: string;
  readonly kind: 'local' | 'scratch' | 'sandbox' | 'developer' | 'production';
  /** Without a slash at its end. */
  readonly instanceUrl: string;
  readonly session: string;
  readonly orgId: string;
  readonly userId: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, the text otherwise, null when there is none. */
  readonly body: unknown;
}

export interface Call {
  readonly method: string;
  /** Below the version's resources, or absolute when it begins with `/services/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly session?: 'none' | 'wrong';
}

const WRONG_SESSION = '00D000000000001!wrong';
/** No single answer may take longer; a hanging org would otherwise hold up the whole run. */
const PATIENCE_MS = 120_000;

/** Sends one HTTP request to the org. Throws when the org does not answer. */
export async function call(target: Target, { method, path, headers = {}, body, session }: Call): Promise<Answer> {
  const url = target.instanceUrl + (path.startsWith('/services') ? path : `/services/data/v${API_VERSION}${path}`);
  const authorization =
    session === 'none' ? {} : { authorization: `Bearer ${session === 'wrong' ? WRONG_SESSION : target.session}` };
  const answer = await fetch(url, {
    method,
    headers: { ...authorization, ...headers },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'manual',
  });
  const text = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: text === '' ? null : isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** Session id for a SOAP header. */
export const soapSession = (target: Target, session?: 'none' | 'wrong'): string =>
  session === undefined ? target.session : session === 'wrong' ? WRONG_SESSION : '';

/** Records of a query that must succeed. */
export async function query<Row>(target: Target, soql: string): Promise<readonly Row[]> {
  const { status, body } = await call(target, { method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` });
  if (status !== 200) throw new Error(`${soql}: ${JSON.stringify(body)}`);
  return (body as { records: Row[] }).records;
}

/** An org that runs in this process. */
export async function localTarget(running: RunningOrg): Promise<Target> {
  const seed = {
    name: 'local org',
    kind: 'local',
    instanceUrl: running.url,
    session: running.token,
    orgId: running.org.orgId,
    userId: '',
  } as const;
  const { body } = await call(seed, { method: 'GET', path: '/services/oauth2/userinfo' });
  return { ...seed, userId: (body as { user_id: string }).user_id };
}

interface OrganizationRow {
  readonly IsSandbox: boolean;
  readonly TrialExpirationDate: string | null;
  readonly OrganizationType: string;
}

/** The org behind an alias or username that `sf` has logged in to. Throws sf's own errors. */
export async function sfTarget(alias: string): Promise<Target> {
  process.env['SF_DISABLE_LOG_FILE'] ??= 'true';
  const { Org } = await import('@salesforce/core');
  const org = await Org.create({ aliasOrUsername: alias });
  await org.refreshAuth();
  const connection = org.getConnection();
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, '');
  const seed = {
    name: alias,
    kind: 'production' as Target['kind'],
    instanceUrl,
    session: connection.accessToken ?? '',
    orgId: org.getOrgId(),
    userId: '',
  };
  const [organization] = await query<OrganizationRow>(
    seed,
    'SELECT IsSandbox, TrialExpirationDate, OrganizationType FROM Organization',
  );
  const { body } = await call(seed, { method: 'GET', path: '/services/oauth2/userinfo' });
  return { ...seed, userId: (body as { user_id: string }).user_id, kind: kindOf(organization!, instanceUrl) };
}

/** Scratch orgs are sandboxes with an end: Object Reference, Organization. */
function kindOf(
  { IsSandbox, TrialExpirationDate, OrganizationType }: OrganizationRow,
  instanceUrl: string,
): Target['kind'] {
  if (['127.0.0.1', 'localhost', '[::1]'].includes(new URL(instanceUrl).hostname)) return 'local';
  if (IsSandbox) return TrialExpirationDate === null ? 'sandbox' : 'scratch';
  return OrganizationType === 'Developer Edition' ? 'developer' : 'production';
}
