/**
 * Words that orgs use for the same thing, lower case. Stage groups follow the standard stages of a new org
 * (https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm)
 * and the vocabulary of the demand waterfalls.
 */
export const STAGE_SYNONYMS: readonly (readonly string[])[] = [
  ['targeted', 'target', 'target account', 'prospecting', 'identified', 'prospect'],
  ['detected', 'awareness', 'aware', 'intent', 'signal', 'inquiry'],
  ['engaged', 'engagement', 'nurture', 'mql', 'marketing qualified'],
  ['prioritized', 'working', 'sal', 'accepted', 'contacted', 'meeting scheduled'],
  ['qualified', 'qualification', 'qualify', 'sql', 'sales qualified', 'confirmed'],
  [
    'discovery',
    'needs analysis',
    'value proposition',
    'id decision makers',
    'perception analysis',
    'demo',
    'solution',
    'evaluation',
    'technical evaluation',
  ],
  ['proposal', 'proposal price quote', 'quote', 'price quote', 'proposal sent', 'pricing'],
  ['negotiation', 'negotiation review', 'contract', 'contracting', 'legal review', 'verbal', 'commit'],
  ['closed won', 'won', 'closed', 'signed'],
  ['closed lost', 'lost', 'dead'],
  ['recycled', 'on hold', 'parked', 'stalled', 'postponed'],
  ['disqualified', 'unqualified', 'junk', 'no fit'],
  ['scheduled', 'upcoming', 'renewal scheduled'],
  ['value review', 'business review', 'health check'],
];

export const TYPE_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  acquisition: ['acquisition', 'new business', 'new customer', 'new logo', 'new', 'land', 'net new'],
  renewal: ['renewal', 'retention', 'renew', 'existing customer replacement', 'contract renewal'],
  upsell: [
    'upsell',
    'up sell',
    'upgrade',
    'expansion',
    'existing customer upgrade',
    'existing business',
    'growth',
    'add on',
  ],
  crossSell: ['cross sell', 'crosssell', 'expansion', 'existing business', 'add on', 'new product'],
};

/** `Id. Decision Makers` -> `id decision makers` */
export const words = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** 1 for the same words, 0.85 for synonyms, otherwise the share of common words. */
export function likeness(a: string, b: string, groups: readonly (readonly string[])[]): number {
  const [left, right] = [words(a), words(b)];
  if (left === right) return 1;
  // The model qualifies stage names by type (Renewal Proposal), orgs seldom do.
  const isIn = (group: readonly string[], name: string): boolean =>
    group.some((word) => word === name || name.endsWith(` ${word}`));
  if (groups.some((group) => group.includes(left) && group.includes(right))) return 0.85;
  if (groups.some((group) => isIn(group, left) && isIn(group, right))) return 0.75;
  const [first, second] = [new Set(left.split(' ')), new Set(right.split(' '))];
  const common = [...first].filter((word) => second.has(word)).length;
  return (common / Math.max(first.size, second.size)) * 0.8;
}
