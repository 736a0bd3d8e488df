import { API_VERSION } from '../../org/connection.ts';
import { PERMISSIONS_READ, missingPermissions } from '../../org/running-user.ts';
import { finding } from '../facts.ts';
import type { Check } from '../facts.ts';

/** Flow elements and FlexiPage regions that the package is compiled to are those of this version. */
const OLDEST_VERSION = 60;

export const apiVersion: Check = ({ newestVersion, snapshot }) => {
  const place = `Organization ${snapshot.identity.name}`;
  if (Number(newestVersion) >= Number(API_VERSION)) return [];
  const severity = Number(newestVersion) < OLDEST_VERSION ? 'error' : 'warning';
  return [
    finding(
      severity,
      'AUDIT_API_VERSION',
      place,
      `The org serves API ${newestVersion}; the package is compiled for ${API_VERSION}.`,
      "Wait for the org's next release, or try in a sandbox first.",
    ),
  ];
};

export const permissions: Check = ({ snapshot }) => {
  const place = `User ${snapshot.identity.username}`;
  if (snapshot.unread.some(({ what }) => what === PERMISSIONS_READ)) {
    return [
      finding(
        'warning',
        'AUDIT_PERMISSIONS_UNREAD',
        place,
        "The running user's permissions could not be read.",
        'Check that the user has View Setup and the permission to change metadata.',
      ),
    ];
  }
  return missingPermissions(snapshot.permissions).map((what) =>
    finding(
      'error',
      'AUDIT_PERMISSION',
      place,
      `The user lacks ${what}.`,
      'Give it by a permission set, or log in as an administrator.',
    ),
  );
};
