/**
 * What an opportunity remembers of the rules that have moved it on: a rule does so once, and, after the opportunity was put aside, again only
 * for a higher figure; so does one that held when the opportunity was put aside, whoever had moved it on. `Promotions_Fired__c` has an entry
 * for each rule: `6c7fe56;` since it moved the opportunity on or was heeded, and `6c7fe56=000120;` since the opportunity was put aside with
 * that figure.
 *
 * Seventeen rules with figures fill the field. Should there be more of one type, or entries of rules that the model has no more, then the
 * beginning falls off: the oldest, which may move the opportunity on once more. An entry that has lost its beginning matches no rule.
 */
import { FIELD } from '../../names.ts';
import { merge, quoted, record } from '../formula-text.ts';

/** Characters of a rule's code. */
export const CODE_LENGTH = 7;

/** Digits of a figure. What has more is remembered as the highest, which nothing exceeds. */
const FIGURE_LENGTH = 6;
export const HIGHEST_FIGURE = 10 ** FIGURE_LENGTH - 1;

/** Promotions_Fired__c holds 255 characters; the latest entries matter. */
const FIRED_LENGTH = 255;

const FIRED = record(FIELD.promotionsFired);
const latest = (entries: string): string => `RIGHT(${entries}, ${String(FIRED_LENGTH)})`;

/** How entries begin and end. */
const plain = (code: string): string => quoted(`${code};`);
const withFigure = (code: string): string => quoted(`${code}=`);

const contains = (entry: string): string => `CONTAINS(${FIRED}, ${entry})`;
const part = (code: string, offset: number, length: number): string =>
  `MID(${FIRED}, FIND(${withFigure(code)}, ${FIRED})${offset === 0 ? '' : ` + ${String(offset)}`}, ${String(length)})`;

/** Whether the rule has had its say. `figure` names the formula of what it is measured by, null for a rule about a field's value. */
export const hasFired = (code: string, figure: string | null): string =>
  figure === null
    ? contains(plain(code))
    : `IF(${contains(withFigure(code))}, ${merge(figure)} <= VALUE(${part(code, CODE_LENGTH + 1, FIGURE_LENGTH)}), ${contains(plain(code))})`;

/** The entries without the one of the rule with its figure, where there is one. */
const others = (code: string): string =>
  `IF(${contains(withFigure(code))}, SUBSTITUTE(${FIRED}, ${part(code, 0, CODE_LENGTH + FIGURE_LENGTH + 2)}, ""), ${FIRED})`;

/** The entries once the rule has its say: its own is the latest, without the figure that it may have had. */
export const firedBy = (code: string, figure: string | null): string =>
  latest(`${figure === null ? FIRED : others(code)} & ${plain(code)}`);

/**
 * The entries while the opportunity is put aside: the rule's own with the figure. `holds` names the formula of whether the rule holds in the
 * save that puts it aside: then it gets an entry, or a higher figure in the one that it has. A lower figure stays away.
 */
export const keptWithFigure = (code: string, figure: string, holds: string): string => {
  const entry = `${withFigure(code)} & LPAD(TEXT(${merge(figure)}), ${String(FIGURE_LENGTH)}, "0") & ";"`;
  return latest(
    `IF(${contains(plain(code))}, SUBSTITUTE(${FIRED}, ${plain(code)}, ${entry}), ` +
      `IF(AND(${merge(holds)}, NOT(${hasFired(code, figure)})), ${others(code)} & ${entry}, ${FIRED}))`,
  );
};
