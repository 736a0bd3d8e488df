import { OrgError } from './types.ts';

interface Cause {
  readonly name?: string;
  readonly message?: string;
  readonly errorCode?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

interface Translation {
  readonly code: string;
  readonly action: string;
  /** Replaces the platform's words where they say too little. */
  readonly message?: string;
}

const LOG_IN =
  'Log in again (sf org login web --alias <alias>, or npm start for the local org) and repeat the command.';
const NETWORK: Translation = {
  code: 'ORG_UNREACHABLE',
  action: 'Check the network and that the org is up (npm start serves the local org), then repeat the command.',
};

/** By errorCode or error name: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm and @salesforce/core's messages. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  INVALID_SESSION_ID: { code: 'ORG_SESSION_EXPIRED', message: 'The session with the org has expired.', action: LOG_IN },
  'sf:INVALID_SESSION_ID': {
    code: 'ORG_SESSION_EXPIRED',
    message: 'The session with the org has expired.',
    action: LOG_IN,
  },
  INVALID_AUTH_HEADER: { code: 'ORG_SESSION_EXPIRED', message: 'The org does not accept the session.', action: LOG_IN },
  RefreshTokenAuthError: {
    code: 'ORG_SESSION_EXPIRED',
    message: 'The stored login is no longer accepted.',
    action: LOG_IN,
  },
  Bad_OAuth_Token: { code: 'ORG_SESSION_EXPIRED', message: 'The org does not accept the session.', action: LOG_IN },
  NamedOrgNotFoundError: {
    code: 'ORG_UNKNOWN',
    action: 'Name an org of `sf org list` with --target-org, or log in to it first: sf org login web --alias <alias>.',
  },
  NoOrgFound: {
    code: 'ORG_UNKNOWN',
    action: 'Name an org of `sf org list` with --target-org, or log in to it first: sf org login web --alias <alias>.',
  },
  INSUFFICIENT_ACCESS: {
    code: 'ORG_PERMISSION',
    action: 'Ask an admin for the permission Modify Metadata Through Metadata API Functions (and View Setup).',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    code: 'ORG_PERMISSION',
    action: 'Ask an admin for access to the object or record that is named.',
  },
  API_DISABLED_FOR_ORG: {
    code: 'ORG_API_DISABLED',
    action: 'Use an edition or a user with API access (permission API Enabled).',
  },
  REQUEST_LIMIT_EXCEEDED: {
    code: 'ORG_LIMIT',
    action: "Wait until the org's daily API requests are renewed, then repeat the command.",
  },
  INVALID_TYPE: {
    code: 'ORG_FEATURE_MISSING',
    action: 'The org lacks this object or the user may not see it: check edition, feature and permission.',
  },
  INVALID_FIELD: {
    code: 'ORG_FEATURE_MISSING',
    action: 'The org lacks this field or the user may not see it: check edition, feature and field-level security.',
  },
};

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

function networkCode(error: Cause | undefined, depth = 0): string | null {
  if (error === undefined || depth > 4) return null;
  if (error.code && NETWORK_CODES.has(error.code)) return error.code;
  return networkCode(error.cause ?? undefined, depth + 1);
}

/** Whatever a client library threw, as an OrgError with what to do about it. `doing` completes "While …". */
export function orgError(error: unknown, doing: string): OrgError {
  if (error instanceof OrgError) return error;
  const cause = (error ?? {}) as Cause;
  const network = networkCode(cause);
  if (
    network !== null ||
    /fetch failed|socket hang up|ECONNREFUSED|ECONNRESET|other side closed/i.test(cause.message ?? '')
  ) {
    return new OrgError(
      NETWORK.code,
      `The org cannot be reached while ${doing} (${network ?? cause.message}).`,
      NETWORK.action,
      { cause: error },
    );
  }
  const known = TRANSLATIONS[cause.errorCode ?? ''] ?? TRANSLATIONS[cause.name ?? ''] ?? TRANSLATIONS[cause.code ?? ''];
  const said = (cause.message ?? String(error)).trim();
  if (known)
    return new OrgError(known.code, known.message ?? `${said} (while ${doing})`, known.action, { cause: error });
  return new OrgError(
    cause.errorCode ?? 'ORG_REFUSED',
    `The org refused ${doing}: ${said}`,
    'Look the message up in the Salesforce documentation; the org said no more than this.',
    { cause: error },
  );
}

/** Runs one exchange with the org; what goes wrong is an OrgError. */
export async function asking<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw orgError(error, doing);
  }
}
