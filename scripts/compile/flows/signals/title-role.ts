/**
 * The buying-group role that a job title suggests. Whole words only: "head" is no "heading". The longest words are looked for first, so
 * that a managing director is a decision maker and not the champion that a director is; of words of one length the order of the roles
 * decides.
 */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { BuyingGroups } from '../../../model/waterfall.ts';
import { formula } from '../elements.ts';
import { anyOf, merge, quoted } from '../formula-text.ts';

const TITLE_AS_WORDS = 'Title_As_Words';
/** The role as text; blank where the title suggests none and the model has no default. */
export const ROLE_BY_TITLE = 'Role_By_Title';

/** What stands between words in titles as people write them: "VP, Sales", "Co-Founder & CEO", "Head of IT/Security". */
const BETWEEN_WORDS = [',', '.', '/', '&', '-', '(', ')', ';', ':', '|', '+'] as const;
/** How often two spaces are made one: enough for seven in a row. */
const ROUNDS_OF_SPACES = 3;
/** Well below what a formula may have (3,900 characters; help: "Formula Field Limits and Restrictions"). */
const FORMULA_LENGTH = 3000;

const words = (title: string): string => {
  const spaced = BETWEEN_WORDS.reduce((text, mark) => `SUBSTITUTE(${text}, ${quoted(mark)}, " ")`, `LOWER(${title})`);
  const single = Array.from({ length: ROUNDS_OF_SPACES }).reduce<string>(
    (text) => `SUBSTITUTE(${text}, "  ", " ")`,
    `" " & ${spaced} & " "`,
  );
  return single;
};

interface Suggestion {
  readonly role: string;
  readonly words: readonly string[];
}

/** In the order in which they are looked for; neighbours that suggest the same role are one. Exported for tests. */
export const suggestions = ({ roles }: BuyingGroups): readonly Suggestion[] =>
  roles
    .flatMap(({ name, titleWords }, order) => titleWords.map((word) => ({ role: name, word: word.trim(), order })))
    .filter(({ word }) => word !== '')
    .toSorted((left, right) => right.word.length - left.word.length || left.order - right.order)
    .reduce<readonly Suggestion[]>((found, { role, word }) => {
      const last = found.at(-1);
      return last?.role === role
        ? [...found.slice(0, -1), { role, words: [...last.words, word] }]
        : [...found, { role, words: [word] }];
    }, []);

const matches = (suggestion: Suggestion): string =>
  anyOf(suggestion.words.map((word) => `CONTAINS(${merge(TITLE_AS_WORDS)}, ${quoted(` ${word} `)})`));

const choice = (some: readonly Suggestion[], otherwise: string): string =>
  some.reduceRight((rest, each) => `IF(${matches(each)}, ${quoted(each.role)}, ${rest})`, otherwise);

/** As many suggestions to a formula as fit into one. */
const parts = (all: readonly Suggestion[]): readonly (readonly Suggestion[])[] =>
  all.reduce<readonly (readonly Suggestion[])[]>((done, each) => {
    const last = done.at(-1);
    return last && choice([...last, each], '""').length <= FORMULA_LENGTH
      ? [...done.slice(0, -1), [...last, each]]
      : [...done, [each]];
  }, []);

/** Formula resources; {@link ROLE_BY_TITLE} is the result. `title` is the resource that holds the title. */
export const titleRoleFormulas = (groups: BuyingGroups, title: string): readonly Authored<FlowFormula>[] => {
  const otherwise = groups.defaultRole === null ? 'NULL' : quoted(groups.defaultRole);
  const chunks = parts(suggestions(groups));
  if (chunks.length === 0)
    return [formula(ROLE_BY_TITLE, 'String', 'The role of a member of whom nothing is known.', otherwise)];
  const later = chunks.slice(1).map((chunk, index) => ({ chunk, name: `${ROLE_BY_TITLE}_${String(index + 2)}` }));
  const after = (index: number): string => {
    const next = later[index];
    return next ? merge(next.name) : otherwise;
  };
  return [
    formula(
      TITLE_AS_WORDS,
      'String',
      'The title in lower case, with one space before and after each word.',
      words(merge(title)),
    ),
    formula(
      ROLE_BY_TITLE,
      'String',
      'The role that the title suggests: the longest words of the model that are in it decide.',
      choice(chunks[0]!, after(0)),
    ),
    ...later.map(({ chunk, name }, index) =>
      formula(name, 'String', 'What shorter words of the title suggest.', choice(chunk, after(index + 1))),
    ),
  ];
};
