import { PlatformError } from '../platform-error.ts';

/** Highest API version served (Summer '26). */
export const LATEST_API_VERSION = 67;
/**
 * Lowest: versions 21.0 to 30.0 are retired since Summer '25
 * (REST API Developer Guide, "API End-of-Life Policy").
 */
export const OLDEST_API_VERSION = 31;

const RELEASES = ['Spring', 'Summer', 'Winter'] as const;

/** v31.0 is Summer '14 and every release adds one: Spring, Summer, Winter (of the next year). */
function releaseLabel(version: number): string {
  const sinceSpring14 = version - 30;
  const season = RELEASES[sinceSpring14 % 3] ?? 'Spring';
  const year = 14 + Math.floor(sinceSpring14 / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year)}`;
}

export interface ApiVersion {
  readonly label: string;
  readonly url: string;
  readonly version: string;
}

/** Answer of `GET /services/data`. */
export function apiVersions(): readonly ApiVersion[] {
  const versions: ApiVersion[] = [];
  for (let number = OLDEST_API_VERSION; number <= LATEST_API_VERSION; number++) {
    const version = `${String(number)}.0`;
    versions.push({ label: releaseLabel(number), url: `/services/data/v${version}`, version });
  }
  return versions;
}

/** `67.0` from `v67.0`; throws NOT_FOUND, as the platform does, for a version that is not served. */
export function parseVersion(segment: string): string {
  const number = /^v(\d+)\.0$/.exec(segment)?.[1];
  if (number !== undefined && Number(number) >= OLDEST_API_VERSION && Number(number) <= LATEST_API_VERSION) {
    return `${number}.0`;
  }
  throw resourceNotFound();
}

/** The platform's answer for a path that does not exist. */
export const resourceNotFound = (): PlatformError =>
  new PlatformError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
