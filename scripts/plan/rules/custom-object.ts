import { textOf } from '../element.ts';
import { ownComponent } from './own-component.ts';
import { existing, nameOf } from './rule.ts';
import type { MergeRule } from './rule.ts';

/** An object of ours is known by its compact layout; one of the same name that is somebody else's is never touched. */
export const customObject: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  const ours = textOf(wanted.metadata['compactLayoutAssignment']);
  if (!present || textOf(present.metadata['compactLayoutAssignment']) === ours) return ownComponent(wanted, context);
  const label = textOf(present.metadata['label']);
  return {
    steps: [],
    findings: [
      {
        severity: 'error',
        code: 'PLAN_OBJECT_TAKEN',
        message: `The org has an object ${wanted.fullName} of its own${label === '' ? '' : ` ("${label}")`}.`,
        place: nameOf(wanted),
        action: `Rename the org's object (its API name) in Setup, or leave ${wanted.source} out of the model.`,
      },
    ],
  };
};
