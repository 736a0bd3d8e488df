import type { z } from 'zod';
import type { Finding } from '../finding.ts';
import { pathText } from './yaml-source.ts';
import type { Path, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** What the schema has to say, one finding an entry, each at its line. */
export const schemaFindings = (issues: readonly Issue[], source: YamlSource): readonly Finding[] =>
  issues.flatMap((issue) => fromIssue(issue, [], source));

const fromIssue = (issue: Issue, base: Path, source: YamlSource): readonly Finding[] => {
  const path = [...base, ...(issue.path as Path)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        severity: 'error',
        code: 'MODEL_UNKNOWN_KEY',
        message: `${path.length === 0 ? 'The model' : pathText(path)} has no entry called "${key}".`,
        place: source.placeOfKey(path, key),
        action: 'Correct its spelling or remove it; config/waterfall.schema.json lists what may stand here.',
      }));
    case 'invalid_union': {
      const branch = likeliestBranch(issue.errors);
      return branch
        ? branch.flatMap((inner) => fromIssue(inner, path, source))
        : [invalid(issue.message, path, source)];
    }
    case 'invalid_type':
      return [
        issue.input === undefined && isMissing(issue.message)
          ? {
              severity: 'error',
              code: 'MODEL_MISSING_ENTRY',
              message: `${pathText(path)} is missing.`,
              place: source.place(path),
              action: `Add it: ${issue.expected === 'record' || issue.expected === 'object' ? 'a map of entries' : `a ${issue.expected}`}.`,
            }
          : invalid(issue.message, path, source),
      ];
    default:
      return [invalid(issue.message, path, source)];
  }
};

const isMissing = (message: string): boolean => message.endsWith('received undefined');

/** Of the branches that had the right kind of value, the one with the fewest details wrong; none when all failed at the root. */
const likeliestBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches
    .filter(
      (issues) =>
        issues.length > 0 && issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
    )
    .sort((a, b) => a.length - b.length)[0];

const invalid = (message: string, path: Path, source: YamlSource): Finding => ({
  severity: 'error',
  code: 'MODEL_INVALID_VALUE',
  message: `${pathText(path)} ${/^(is|may|has)\b/.test(message) ? message : `is not accepted: ${message}`}.`,
  place: source.place(path),
  action: 'Correct the value; editors that know config/waterfall.schema.json offer what fits.',
});
