import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { loadModel } from '../../scripts/model/load-model.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const TWO_TYPES = fileURLToPath(new URL('fixtures/two-types', import.meta.url));

const load = async (file: string): Promise<Waterfall> => {
  const { waterfall, findings } = await loadModel(file);
  assert.ok(waterfall, `${file}: ${JSON.stringify(findings)}`);
  return waterfall;
};

export const defaultModel = await load(`${PROJECT}/config/waterfall.yaml`);
export const twoTypes = await load(`${TWO_TYPES}/given/waterfall.yaml`);

/**
 * The smallest that is allowed: the type in the Type field, one type, no solutions, no roles, nothing created by a win.
 */
export const typeFieldOnly: Waterfall = {
  ...twoTypes,
  typeCarrier: 'typeField',
  opportunityTypes: [
    {
      ...twoTypes.opportunityTypes[0]!,
      stages: twoTypes.opportunityTypes[0]!.stages.map((stage) => ({
        ...stage,
        requiredToLeave: stage.requiredToLeave.filter((field) => field !== 'Solution__c'),
      })),
    },
  ],
  promotions: [],
  handshakes: [],
  closedWon: [],
  solutions: [],
  lostRenewal: null,
  buyingGroups: { roles: [], groups: [], coverageCounts: 'all', defaultRole: null },
  leads: null,
};

/** Names and texts as long as the model allows them. */
export const longest: Waterfall = {
  ...twoTypes,
  revenueFunctions: twoTypes.revenueFunctions.map(({ key }) => ({ key, label: 'F'.repeat(40) })),
  opportunityTypes: twoTypes.opportunityTypes.map((type, place) => ({
    ...type,
    label: `${'Type Label '.repeat(4).slice(0, 39)}${String(place)}`,
    description: 'd'.repeat(255),
    stages: [
      ...Array.from({ length: 20 }, (_, index) => ({
        ...type.stages[0]!,
        name: `${'Stage Name '.repeat(4).slice(0, 31)}${String(place)}x${String(index).padStart(2, '0')}`,
        definition: 'word '.repeat(48).trim(),
        entryRule: 'word '.repeat(48).trim(),
        nextStep: '<b>&"'.repeat(48),
        requiredToLeave: ['Amount', 'Contract_Term_Months__c'],
      })),
      ...type.stages.filter(({ outcome }) => outcome !== 'open'),
    ],
  })),
};

export const MODELS: Readonly<Record<string, Waterfall>> = { defaultModel, twoTypes, typeFieldOnly, longest };
