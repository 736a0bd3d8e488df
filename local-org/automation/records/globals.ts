import type { FieldValue } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { Schema } from '../../schema/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { FormulaType, Framed, Reference } from '../formula/types.ts';
import { blankOf, resolveFieldPath } from './field-path.ts';
import type { FormulaFields } from './read-row.ts';
import { customMetadata, customSetting, ofOrganization, organization } from './org-globals.ts';

interface GlobalSources {
  readonly schema: Schema;
  readonly metadata: MetadataReader;
  readonly formulas: FormulaFields;
}

/** "$System.OriginDateTime" (help, Global Variables): 1900-01-01 00:00:00. */
const ORIGIN = '1900-01-01T00:00:00.000Z';

/** Globals of pages. */
const NOT_EVALUATED = new Set([
  '$action',
  '$client',
  '$component',
  '$currentpage',
  '$network',
  '$objecttype',
  '$page',
  '$request',
  '$resource',
  '$scontrol',
  '$site',
]);

/**
 * A global variable (`$User.Email`, `$Permission.X`, `$Label.X` …), or null when the name is none of these.
 * Throws a FormulaError for a global that does not exist or that the local org does not evaluate.
 */
export function resolveGlobal<F extends Framed>(sources: GlobalSources, name: string): Reference<F> | null {
  if (!name.startsWith('$')) return null;
  const dot = name.indexOf('.');
  const global = name.slice(0, dot < 0 ? undefined : dot).toLowerCase();
  const rest = dot < 0 ? '' : name.slice(dot + 1);
  switch (global) {
    case '$user':
      return ofSetupRow(sources, name, 'User', rest, (frame) => frame.session.tx.user.id);
    case '$userrole':
      return ofSetupRow(sources, name, 'UserRole', rest, (frame) => frame.session.tx.user.roleId);
    case '$profile':
      if (rest.toLowerCase() === 'name') return simple(name, 'Text', (frame) => frame.session.tx.user.profileName);
      if (rest.toLowerCase() === 'id') return simple(name, 'Text', (frame) => frame.session.tx.user.profileId);
      return ofSetupRow(sources, name, 'Profile', rest, (frame) => frame.session.tx.user.profileId);
    case '$permission': {
      const permission = sources.metadata.get('CustomPermission', rest);
      if (!permission) throw new FormulaError(MESSAGE.noField(name), 0);
      const { fullName } = permission;
      return simple(name, 'Boolean', (frame) => frame.session.tx.user.customPermissions.has(fullName));
    }
    case '$label': {
      const text = labelText(sources.metadata, rest);
      if (text === null) throw new FormulaError(MESSAGE.noField(name), 0);
      return simple(name, 'Text', () => text);
    }
    case '$system':
      if (rest.toLowerCase() === 'origindatetime') return simple(name, 'DateTime', () => ORIGIN);
      throw new FormulaError(MESSAGE.noField(name), 0);
    case '$custommetadata':
      return customMetadata(sources, name, rest);
    case '$setup':
      return customSetting(sources, name, rest);
    case '$api':
      return ofSession(name, rest);
    case '$organization':
      return ofOrganization(sources, name, rest);
    default:
      if (NOT_EVALUATED.has(global)) throw new FormulaError(MESSAGE.notEvaluated(`the global variable ${name}`), 0);
      throw new FormulaError(MESSAGE.noField(name), 0);
  }
}

const simple = <F extends Framed>(
  name: string,
  type: FormulaType,
  evaluate: (frame: F) => FieldValue,
): Reference<F> => ({
  name,
  type,
  evaluate,
  prior: null,
  field: null,
  paths: [],
});

function ofSetupRow<F extends Framed>(
  sources: GlobalSources,
  name: string,
  objectName: string,
  path: string,
  idOf: (frame: F) => string | null,
): Reference<F> {
  const object = sources.schema.object(objectName);
  if (!object) throw new FormulaError(MESSAGE.noField(name), 0);
  const { type, value, field } = resolveFieldPath(sources.schema, sources.formulas, object, path);
  const blank = blankOf(type);
  return {
    name,
    type,
    evaluate: (frame) => {
      const id = idOf(frame);
      const row = id === null ? null : frame.session.parent(object.name, id);
      return row ? value(frame.session, row) : blank;
    },
    prior: null,
    field,
    paths: [],
  };
}

/** `Partner_Server_URL_260` is that of version 26.0. */
const SERVER_URL = /^(Enterprise|Partner)_Server_URL_(\d{2,3})$/i;
const SERVICE: Readonly<Record<string, string>> = { enterprise: 'c', partner: 'u' };
const ID_LENGTH = 15;

/**
 * `$Api.Session_ID` and the SOAP endpoints ("$Api", Visualforce Developer Guide, Global Variables): of the session that the
 * request came with, blank where there is none, as in flows that run by the clock.
 */
function ofSession<F extends Framed>(name: string, rest: string): Reference<F> {
  if (rest.toLowerCase() === 'session_id')
    return simple(name, 'Text', ({ session }) => session.tx.user.session?.id ?? '');
  const [, service, digits] = SERVER_URL.exec(rest) ?? [];
  if (service === undefined || digits === undefined) throw new FormulaError(MESSAGE.noField(name), 0);
  const path = `/services/Soap/${SERVICE[service.toLowerCase()]}/${(Number(digits) / 10).toFixed(1)}`;
  return simple(name, 'Text', ({ session: { tx } }) => {
    const id = organization(tx)?.Id;
    return tx.user.session ? `${tx.user.session.url}${path}/${String(id).slice(0, ID_LENGTH)}` : '';
  });
}

/** Labels are stored one by one, or as the whole CustomLabels file. */
function labelText(metadata: MetadataReader, name: string): string | null {
  const single = metadata.get('CustomLabel', name)?.metadata.value;
  if (typeof single === 'string') return single;
  for (const file of metadata.ofType('CustomLabels')) {
    const labels = (file.metadata.labels ?? []) as readonly { readonly fullName?: string; readonly value?: string }[];
    const label = labels.find((entry) => entry.fullName === name);
    if (label) return label.value ?? '';
  }
  return null;
}
