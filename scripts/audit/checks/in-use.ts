import { allStages } from '../../model/waterfall.ts';
import { finding } from '../facts.ts';
import type { Check } from '../facts.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Stages with their counts, and those that records have but the picklist no longer offers. */
export const stagesInUse: Check = ({ snapshot, waterfall }) => {
  const count = (stage: string): number =>
    sum(snapshot.counts.filter((row) => row.stage === stage).map((row) => row.count));
  const active = snapshot.stages.filter((stage) => stage.active);
  const ours = new Set(allStages(waterfall).map(({ name }) => name));
  const listed = active.map(({ name }) => `${name} ${count(name)}`).join(', ');
  const orphans = [...new Set(snapshot.counts.map(({ stage }) => stage))].filter(
    (name) => !active.some((stage) => stage.name === name),
  );
  const shared = active.filter(({ name }) => ours.has(name)).map(({ name }) => name);
  return [
    finding(
      'info',
      'AUDIT_STAGES',
      'Opportunity.StageName',
      `The org has ${active.length} active stages: ${listed}.`,
      'Nothing: they stay active, in their order, with their labels and probabilities.',
    ),
    ...(shared.length > 0
      ? [
          finding(
            'info',
            'AUDIT_STAGES_SHARED',
            'Opportunity.StageName',
            `The model uses stages that the org has: ${shared.join(', ')}.`,
            'Nothing, unless they mean something else in this org; then rename them in the model.',
          ),
        ]
      : []),
    ...orphans.map((name) =>
      finding(
        'warning',
        'AUDIT_STAGE_INACTIVE',
        `Opportunity.StageName ${name}`,
        `${count(name)} opportunities are in the stage ${name}, which is not active.`,
        'Move them to an active stage before you report by stage.',
      ),
    ),
  ];
};

export const recordTypesInUse: Check = ({ snapshot }) => {
  const total = sum(snapshot.counts.map(({ count }) => count));
  const without = sum(snapshot.counts.filter(({ recordType }) => recordType === null).map(({ count }) => count));
  const types = snapshot.recordTypes.map(({ developerName, active }) => {
    const number = sum(
      snapshot.counts.filter(({ recordType }) => recordType === developerName).map(({ count }) => count),
    );
    return `${developerName}${active ? '' : ' (inactive)'} ${number}`;
  });
  const found = [
    finding(
      'info',
      'AUDIT_RECORD_TYPES',
      'Opportunity',
      `${total} opportunities; record types: ${types.join(', ') || 'none'}${without > 0 ? `; without record type ${without}` : ''}.`,
      'Decide in the mapping file which of them to adopt; the others stay as they are.',
    ),
  ];
  if (snapshot.recordTypes.length > 0) return found;
  return [
    ...found,
    finding(
      'warning',
      'AUDIT_FIRST_RECORD_TYPE',
      'Opportunity',
      'Ours will be the first record types; people without one of our permission sets keep working on the master record type.',
      'Assign the permission sets when you are ready to start.',
    ),
  ];
};
