/** A hand-over is answered: accepted it changes the owner, rejected it goes back, and nothing moves on before. */
import { FIELD, FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../compile/names.ts';
import type { Handshake, OpportunityType, Stage } from '../../model/waterfall.ts';
import { typeOf } from './lab.ts';
import type { Lab } from './lab.ts';
import { Refused } from './lab.ts';
import type { Process, Processes } from './process.ts';
import { seen } from './process.ts';

interface HandshakeRow {
  readonly Id: string;
  readonly [field: string]: unknown;
}

const handshakesOf = (lab: Lab, opportunityId: string, count: number): Promise<readonly HandshakeRow[]> =>
  lab.eventually<HandshakeRow>(
    `SELECT Id, OwnerId, ${HANDSHAKE_FIELD.outcome}, ${HANDSHAKE_FIELD.toUser}, ${HANDSHAKE_FIELD.dueAt} FROM ${HANDSHAKE} ` +
      `WHERE ${HANDSHAKE_FIELD.opportunity} = '${opportunityId}' ORDER BY CreatedDate, Name`,
    (rows) => rows.length >= count,
  );

const given = async (lab: Lab, rule: Handshake, type: OpportunityType, name: string): Promise<string> => {
  const accountId = await lab.account(name);
  const id = await lab.opportunity(accountId, {
    ...typeOf(lab, type),
    StageName: rule.onReject.stage,
    ...Object.fromEntries(
      type.stages.flatMap(({ requiredToLeave }) =>
        requiredToLeave.map((field) => [field, lab.ground.fillers.get(field) ?? null]),
      ),
    ),
  });
  await lab.update('Opportunity', id, { StageName: rule.stage });
  return id;
};

const stageOf = async (lab: Lab, id: string, wanted: (row: { StageName: string; OwnerId: string }) => boolean) =>
  (
    await lab.eventually<{ StageName: string; OwnerId: string }>(
      `SELECT StageName, OwnerId, ${FIELD.handshakeStatus} FROM Opportunity WHERE Id = '${id}'`,
      ([row]) => row !== undefined && wanted(row),
    )
  )[0];

const handshake = (rule: Handshake, type: OpportunityType, next: Stage | undefined): Process => ({
  family: 'Handshake',
  name: rule.name,
  type: type.label,
  flows: [FLOW.handshakeRequest, FLOW.handshakeAssignment, FLOW.handshakeAnswer],
  run: async (lab) => {
    const accepted = await given(lab, rule, type, 'accepted');
    const [open] = await handshakesOf(lab, accepted, 1);
    if (!open) {
      return [seen(`enters ${rule.stage}`, { Handshakes: [1, 0] })];
    }
    const further =
      next && (await lab.refusal('Opportunity', accepted, { StageName: next.name })) === null ? 'saved' : 'refused';
    await lab.update(HANDSHAKE, open.Id, { [HANDSHAKE_FIELD.outcome]: 'Accepted' });
    const receiver = open[HANDSHAKE_FIELD.toUser] ?? open['OwnerId'];
    const taken = await stageOf(lab, accepted, ({ OwnerId }) => !rule.onAccept.makeOwner || OwnerId === receiver);

    const rejected = await given(lab, rule, type, 'rejected');
    const [other] = await handshakesOf(lab, rejected, 1);
    const unexplained = await lab.refusal(HANDSHAKE, other?.Id ?? '', { [HANDSHAKE_FIELD.outcome]: 'Rejected' });
    const [reason] = rule.onReject.reasons;
    if (reason === undefined) throw new Refused('the model names no reason', 'Add a reason to onReject.');
    await lab.update(HANDSHAKE, other?.Id ?? '', {
      [HANDSHAKE_FIELD.outcome]: 'Rejected',
      [HANDSHAKE_FIELD.reason]: reason,
    });
    const back = await stageOf(lab, rejected, ({ StageName }) => StageName === rule.onReject.stage);
    return [
      seen(`enters ${rule.stage}`, {
        Outcome: ['Pending', open[HANDSHAKE_FIELD.outcome]],
        'Due date': [true, open[HANDSHAKE_FIELD.dueAt] !== null],
        ...(next && { [`Moving on to ${next.name}`]: ['refused', further] }),
      }),
      seen('is accepted', {
        Stage: [rule.stage, taken?.StageName],
        ...(rule.onAccept.makeOwner && { Owner: [receiver, taken?.OwnerId] }),
      }),
      seen('is rejected', {
        'Without a reason': ['refused', unexplained === null ? 'saved' : 'refused'],
        Stage: [rule.onReject.stage, back?.StageName],
      }),
    ];
  },
});

export const handshakeProcesses: Processes = (waterfall) =>
  waterfall.handshakes.flatMap((rule) => {
    const type = waterfall.opportunityTypes.find(({ key }) => key === rule.opportunityType);
    if (!type) return [];
    const steps = type.stages.filter(({ kind, outcome }) => kind === 'step' && outcome === 'open');
    const next = steps[steps.findIndex(({ name }) => name === rule.stage) + 1];
    return [handshake(rule, type, next)];
  });
