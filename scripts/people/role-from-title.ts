import { fold } from '../matching/fold.ts';
import type { BuyingGroups } from '../model/waterfall.ts';

const wordsOf = (text: string): string =>
  ` ${fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** The role that a job title suggests: the model's first whose words stand in it, whole; else the default role, or null. */
export function roleFromTitle(
  title: string,
  { roles, defaultRole }: Pick<BuyingGroups, 'roles' | 'defaultRole'>,
): string | null {
  const words = wordsOf(title);
  const found =
    words.trim() === '' ? undefined : roles.find((role) => role.titleWords.some((each) => words.includes(` ${each} `)));
  return found?.name ?? defaultRole;
}
