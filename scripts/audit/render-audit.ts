import type { Finding } from '../finding.ts';
import type { OrgIdentity } from '../org/types.ts';
import type { Audit } from './run-audit.ts';

/** Fits a terminal of a hundred columns. */
const WIDTH = 98;

const GROUPS: readonly (readonly [string, (finding: Finding) => boolean])[] = [
  ['To be settled before a deploy', ({ severity }) => severity === 'error'],
  ['Worth a look', ({ severity }) => severity === 'warning'],
  ['Good to know', ({ severity }) => severity === 'info'],
];

const NO_BREAK = '\u00a0';

const wrapped = (text: string, first: string, indent: string): string => {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n').replaceAll(NO_BREAK, ' ');
};

/** What is a fact asks for nothing, so that nothing is said of it. */
const isFact = ({ severity, action }: Finding): boolean => severity === 'info' && action === 'Nothing.';

const findingLines = (finding: Finding): readonly string[] => [
  wrapped(`${finding.place}: ${finding.message}`, '  - ', '    '),
  ...(isFact(finding) ? [] : [wrapped(finding.action, '    ', '    ')]),
];

const sections = (findings: readonly Finding[]): readonly string[] => {
  const facts = findings.filter(isFact);
  const others = findings.filter((finding) => !isFact(finding));
  return [
    ...(facts.length > 0 ? [['What the org has', ...facts.flatMap(findingLines)].join('\n')] : []),
    ...GROUPS.flatMap(([title, belongs]) => {
      const mine = others.filter(belongs);
      return mine.length > 0 ? [[`${title} (${mine.length})`, ...mine.flatMap(findingLines)].join('\n')] : [];
    }),
  ];
};

/** Kept on one line by `wrapped`. */
const together = (text: string): string => text.replaceAll(' ', NO_BREAK);

const percent = (confidence: number | undefined): string =>
  confidence === undefined ? '' : ` (${Math.round(confidence * 100)} %)`;

const correspondences = ({ mapping }: Audit): readonly string[] => {
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['Stages', mapping.stages.map(({ stage, is, confidence }) => together(`${stage} = ${is}${percent(confidence)}`))],
    [
      'Record types',
      mapping.recordTypes.map(({ recordType, is, confidence }) =>
        together(`${recordType} = ${is}${percent(confidence)}`),
      ),
    ],
  ];
  const said = kinds.filter(([, list]) => list.length > 0);
  if (said.length === 0) return [];
  return [
    [
      "What of the org's own may correspond to the model's",
      ...said.map(([kind, list]) => wrapped(list.join(', '), `  ${kind}: `, '    ')),
    ].join('\n'),
  ];
};

/** An audit for a terminal: what the org has, then trouble by weight, then the correspondences that were found. */
export const renderAudit = (audit: Audit, { name, edition, kind, username }: OrgIdentity, newest: string): string =>
  [
    `${name}: ${edition}, ${kind}, API ${newest}, as ${username}`,
    ...sections(audit.findings),
    ...correspondences(audit),
  ].join('\n\n');
