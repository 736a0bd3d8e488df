/** Fields of Opportunity about how a stage goes: handed over, overdue, left with a reason, resting until a date. */
import type { Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { opportunityField, restrictedPicklist } from './field.ts';
import { HANDSHAKE_OUTCOMES } from './handshakes/outcomes.ts';
import { FIELD } from './names.ts';
import { allStageReasons, hasStageSla, nurturingStages } from './stage-reasons.ts';

const stageReason = (waterfall: Waterfall): readonly Component[] => {
  const reasons = allStageReasons(waterfall);
  return reasons.length === 0
    ? []
    : [
        opportunityField(
          FIELD.stageReason,
          {
            description:
              'Why the opportunity was lost, disqualified or recycled. Stages that ask for a reason accept those of their own; cleared when ' +
              'the opportunity leaves such a stage.',
            inlineHelpText:
              'Why it was lost, disqualified or recycled. Choose a reason when you move it to such a stage.',
            label: 'Stage Reason',
            type: 'Picklist',
            valueSet: restrictedPicklist(reasons),
          },
          'opportunityTypes',
        ),
      ];
};

const nurtureUntil = (waterfall: Waterfall): readonly Component[] => {
  const [first] = nurturingStages(waterfall);
  return first === undefined
    ? []
    : [
        opportunityField(
          FIELD.nurtureUntil,
          {
            description: `The day on which the opportunity comes back from ${first.name} by itself. Cleared when it leaves that stage.`,
            inlineHelpText: 'The day on which this opportunity comes back by itself. Fill it in when you recycle it.',
            label: 'Nurture Until',
            type: 'Date',
          },
          first.source,
        ),
      ];
};

const stageSla = (waterfall: Waterfall): readonly Component[] =>
  !hasStageSla(waterfall)
    ? []
    : [
        opportunityField(
          FIELD.slaBreached,
          {
            defaultValue: 'false',
            description:
              'The service level of the current stage has run out. Set by the flow "Waterfall: Stage SLA", cleared on entering a stage.',
            inlineHelpText: 'Set automatically when the opportunity stays in its stage for longer than agreed.',
            label: 'Stage SLA Breached',
            type: 'Checkbox',
          },
          'opportunityTypes',
        ),
        opportunityField(
          FIELD.slaBreaches,
          {
            defaultValue: '0',
            description: 'In how many stages the service level ran out. Counted by the flow "Waterfall: Stage SLA".',
            inlineHelpText: 'Counted automatically: in how many stages the opportunity stayed for longer than agreed.',
            label: 'Stage SLA Breaches',
            precision: 4,
            scale: 0,
            type: 'Number',
            unique: false,
          },
          'opportunityTypes',
        ),
      ];

const handshakeStatus = ({ handshakes }: Waterfall): readonly Component[] =>
  handshakes.length === 0
    ? []
    : [
        opportunityField(
          FIELD.handshakeStatus,
          {
            description:
              'The outcome of the latest handshake of this opportunity. While it is pending the opportunity does not move further on.',
            inlineHelpText:
              'Set automatically: whether the latest handover was accepted, rejected, withdrawn or is pending.',
            label: 'Handshake Status',
            type: 'Picklist',
            valueSet: restrictedPicklist(HANDSHAKE_OUTCOMES),
          },
          'handshakes',
        ),
      ];

export const compileStageCareFields = (waterfall: Waterfall): readonly Component[] => [
  ...handshakeStatus(waterfall),
  ...nurtureUntil(waterfall),
  ...stageReason(waterfall),
  ...stageSla(waterfall),
];
