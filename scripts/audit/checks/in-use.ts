import { allStages } from '../../model/waterfall.ts';
import { finding } from '../facts.ts';
import type { Check } from '../facts.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const NOTHING = 'Nothing.';

/** Stages with their counts, the model's apart from the org's own, and those that records have but the picklist no longer offers. */
export const stagesInUse: Check = ({ snapshot, waterfall }) => {
  const count = (stage: string): number =>
    sum(snapshot.counts.filter((row) => row.stage === stage).map((row) => row.count));
  const listed = (stages: readonly { readonly name: string }[]): string =>
    stages.map(({ name }) => `${name} ${count(name)}`).join(', ');
  const active = snapshot.stages.filter((stage) => stage.active);
  const ours = new Set(allStages(waterfall).map(({ name }) => name));
  const [shared, own] = [active.filter(({ name }) => ours.has(name)), active.filter(({ name }) => !ours.has(name))];
  const used = shared.filter(({ name }) => count(name) > 0);
  const orphans = [...new Set(snapshot.counts.map(({ stage }) => stage))].filter(
    (name) => !active.some((stage) => stage.name === name),
  );
  return [
    finding(
      'info',
      'AUDIT_STAGES',
      'Opportunity.StageName',
      own.length === 0
        ? 'Every active stage is one of the model.'
        : `${own.length} active stages of the org's own, which stay as they are: ${listed(own)}.`,
      NOTHING,
    ),
    ...(shared.length > 0
      ? [
          finding(
            'info',
            'AUDIT_STAGES_SHARED',
            'Opportunity.StageName',
            `${shared.length} active stages of the model${used.length > 0 ? `, in use: ${listed(used)}` : ', none in use'}.`,
            NOTHING,
          ),
        ]
      : []),
    ...orphans.map((name) =>
      finding(
        'warning',
        'AUDIT_STAGE_INACTIVE',
        `Opportunity.StageName ${name}`,
        `${count(name) === 1 ? '1 opportunity is' : `${count(name)} opportunities are`} in the stage ${name}, which is not active.`,
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
      NOTHING,
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
