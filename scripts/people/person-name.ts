/** Behind a comma in a name these are degrees, not a first name. */
const DEGREES =
  /^(?:mba|emba|msc|bsc|ba|ma|phd|ph d|dr|md|jd|cpa|cfa|pmp|acca|cissp|itil|csm|cspo|shrm|phr|esq|jr|sr|ii|iii|iv|mpa|llm|dba|rn|pe|prince2|six sigma|cism|cisa|ccie|aws|ing|dipl|fca|aca|cima)\b/i;
/** Words that belong to the last name behind them. */
const PARTICLES = new Set(
  'van,von,de,der,den,del,della,di,da,dos,das,du,la,le,el,al,bin,ibn,ben,ter,ten,zu,zum,st,mac,af,av'.split(','),
);
const SALUTATIONS = /^(?:mr|mrs|ms|miss|dr|prof|sir|herr|frau|mme|m|sr|sra)\.?\s+/i;

/** A name as people write it into a profile, without what is no name: pictures, brackets, degrees. */
export const cleanName = (text: string): string =>
  text
    .replaceAll(/\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|®|™/gu, '')
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/\s+[|•–].*$/u, '')
    .split(',')
    .filter((part, at) => at === 0 || !DEGREES.test(part.trim().replaceAll('.', '')))
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ')
    .replaceAll(/\s{2,}/g, ' ')
    .trim();

/** `Ludwig van Beethoven`, `Doe, Jane`, `Dr. Jane Q. Doe, PhD`. A single word is a last name. */
export function splitName(full: string): { readonly firstName: string; readonly lastName: string } {
  const name = cleanName(full);
  const [before, after] = name.split(/,\s*/, 2) as [string, string | undefined];
  if (after !== undefined) return { firstName: after, lastName: before };
  const words = name
    .replace(SALUTATIONS, '')
    .split(' ')
    .filter((word) => word !== '');
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has(words[start - 1]!.toLowerCase())) start -= 1;
  return {
    firstName: words.slice(0, Math.max(0, start)).join(' '),
    lastName: words.slice(Math.max(0, start)).join(' '),
  };
}
