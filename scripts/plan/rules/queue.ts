import { differences } from '../difference.ts';
import { listOf } from '../element.ts';
import { createStep, low, updateStep } from './own-component.ts';
import { NOTHING, existing } from './rule.ts';
import type { MergeRule } from './rule.ts';

interface SupportedObject {
  readonly sobjectType?: unknown;
}

/**
 * Created empty. One that is there keeps its members, its e-mail address and everything else, and only gets our object beside those it
 * has. All that the org has is sent along, so that it does not matter whether the platform keeps or takes what a deployed queue does not
 * list (Metadata API Developer Guide, Queue, does not say).
 */
export const queue: MergeRule = (wanted, context) => {
  const why = 'Its users answer handshakes by turn.';
  const present = existing(context, wanted);
  if (!present) {
    const step = createStep(wanted, why, low('New and empty: until it has users, RevOps is told of every handshake.'));
    return {
      steps: [step],
      findings: [
        {
          severity: 'info',
          code: 'PLAN_QUEUE_EMPTY',
          message: `The queue ${String(wanted.metadata['name'])} is created without members.`,
          place: `Queue ${wanted.fullName}`,
          action: 'After the deploy, add the users who answer handshakes in Setup > Queues.',
        },
      ],
    };
  }
  const theirs = listOf(present.metadata['queueSobject']) as readonly SupportedObject[];
  const ours = (listOf(wanted.metadata['queueSobject']) as readonly SupportedObject[]).filter(
    ({ sobjectType }) => !theirs.some((entry) => entry.sobjectType === sobjectType),
  );
  if (ours.length === 0) return NOTHING;
  const merged = { ...wanted, metadata: { ...present.metadata, queueSobject: [...theirs, ...ours] } };
  return {
    steps: [
      updateStep(present, merged, differences(present, merged), why, low('Its members and its other objects stay.')),
    ],
    findings: [],
  };
};
