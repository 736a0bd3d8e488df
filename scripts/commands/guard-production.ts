import { OrgError } from '../org/types.ts';
import type { OrgIdentity } from '../org/types.ts';

/** Production is not written to unless a person says so. Throws OrgError. */
export function guardProduction({ kind, name }: OrgIdentity, confirmed: boolean): void {
  if (kind !== 'production' || confirmed) return;
  throw new OrgError(
    'PRODUCTION_NOT_CONFIRMED',
    `${name} is a production org.`,
    'Rehearse in a sandbox first; then confirm with --allow-production.',
  );
}
