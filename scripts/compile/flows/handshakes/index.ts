import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { handshakeAnswerFlow } from './answer-flow.ts';
import { handshakeAssignmentFlow } from './assignment-flow.ts';
import { handshakeReminderFlow } from './reminder-flow.ts';
import { handshakeRequestFlow } from './request-flow.ts';
import { handshakeStampingFlow } from './stamping-flow.ts';
import { handshakeTaskFlow } from './task-flow.ts';
import { handshakeWithdrawalFlow } from './withdrawal-flow.ts';

/** The flows of handshakes, none without handshakes in the model. */
export const handshakeFlows = (waterfall: Waterfall): readonly Component<FlowMetadata>[] =>
  [
    handshakeWithdrawalFlow(waterfall),
    handshakeRequestFlow(waterfall),
    handshakeAssignmentFlow(waterfall),
    handshakeStampingFlow(waterfall),
    handshakeAnswerFlow(waterfall),
    handshakeTaskFlow(waterfall),
    handshakeReminderFlow(waterfall),
  ].filter((flow) => flow !== null);
