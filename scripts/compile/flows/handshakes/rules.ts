/** The model's handshakes as a flow tells them apart, and who is who in their stages. */
import type { Handshake, OpportunityType, RevenueFunction, Stage, Waterfall } from '../../../model/waterfall.ts';

export interface HandshakeRule {
  readonly handshake: Handshake;
  /** From 1, in the model's order: the flows' names for it, since its own may be longer than an API name. */
  readonly number: number;
  readonly type: OpportunityType;
  readonly stage: Stage;
  /** Stages of the giver; coming from one of them is a hand-over. */
  readonly giverStages: readonly Stage[];
  readonly giver: string;
  readonly receiver: string;
}

/** `Hand-over 2 Discovery`: at most 55 characters. */
export const ruleLabel = ({ number, stage }: HandshakeRule): string => `Hand-over ${String(number)} ${stage.name}`;

/** The checks of the model see to it that type and stage are there. */
export const handshakeRules = (waterfall: Waterfall): readonly HandshakeRule[] =>
  waterfall.handshakes.flatMap((handshake, index) => {
    const type = waterfall.opportunityTypes.find(({ key }) => key === handshake.opportunityType);
    const stage = type?.stages.find(({ name }) => name === handshake.stage);
    if (!type || !stage) return [];
    const label = (key: RevenueFunction): string =>
      waterfall.revenueFunctions.find((each) => each.key === key)?.label ?? key;
    return [
      {
        handshake,
        number: index + 1,
        type,
        stage,
        giverStages: type.stages.filter(({ revenueFunction }) => revenueFunction === handshake.giver),
        giver: label(handshake.giver),
        receiver: label(handshake.receiver),
      },
    ];
  });
