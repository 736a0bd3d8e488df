import type { Queue } from '@salesforce/types/metadata';

import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { define } from '../define.ts';
import { HANDSHAKE, queueName } from '../names.ts';

/** A queue for each that a handshake names. Who is in it is the org's to say: none is listed, and the plan keeps those who are there. */
export const handshakeQueues = ({ handshakes }: Waterfall): readonly Component[] => {
  const named = handshakes.filter(({ assignment }) => assignment.by === 'queue');
  const queues = new Map(named.map(({ assignment, source }) => [queueName(assignment.value), { assignment, source }]));
  return [...queues].map(([name, { assignment, source }]) =>
    define<Queue>(
      'Queue',
      name,
      {
        doesSendEmailToMembers: false,
        name: assignment.value,
        queueSobject: [{ sobjectType: HANDSHAKE }],
      },
      source,
    ),
  );
};
