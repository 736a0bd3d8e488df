/** A local org with promotions of every kind deployed, and short ways to try them. */
import { FIELD } from '../../../scripts/compile/names.ts';
import type { Promotion, PromotionRule } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab } from './org-lab.ts';
import type { Values } from './org-lab.ts';

export const MEMBER = 'OpportunityContactRole';

const rule = (name: string, from: string, to: string, when: PromotionRule): Promotion => ({
  ...{ name, opportunityType: 'acquisition', from, to, when },
  source: 'promotions[0]',
});

/** The rule of the default model, then one of each other kind; two for one stage, and two that lead one to the other. */
const RULES: readonly Promotion[] = [
  rule("A member's lead score reached 100", 'Engaged', 'Prioritized', { kind: 'anyMemberScore', atLeast: 100 }),
  rule('The group is nearly full', 'Engaged', 'Qualified', { kind: 'groupCoverage', atLeast: 75 }),
  rule('The group is warm', 'Detected', 'Engaged', { kind: 'totalScore', atLeast: 150 }),
  rule('Enough people are certain', 'Prioritized', 'Qualified', { kind: 'confirmedMembers', atLeast: 2 }),
  rule('The partner says so', 'Targeted', 'Detected', { kind: 'field', field: 'LeadSource', equals: 'Partner' }),
  rule('The need is confirmed', 'Qualified', 'Discovery', { kind: 'field', field: 'Description', equals: 'Confirmed' }),
];

export const openPromotionLab = async () => {
  const lab = await openLab({
    ...(await defaultModel()),
    ...{ closedWon: [], handshakes: [], leads: null, lostRenewal: null, promotions: RULES },
  });
  const acquisition = await lab.recordType('Acquisition');
  const account = lab.createOne('Account', { Name: 'Acme' });
  let serial = 0;

  const opportunity = (StageName: string, more: Values = {}): Values => ({
    ...{ Name: 'Acme Platform', AccountId: account, StageName, CloseDate: '2027-01-31' },
    ...{ RecordTypeId: acquisition, [FIELD.solution]: 'Core Platform' },
    ...more,
  });
  const open = (StageName: string, more: Values = {}): string =>
    lab.createOne('Opportunity', opportunity(StageName, more));
  const person = (score: number): string =>
    lab.createOne('Contact', { LastName: `Person ${String(++serial)}`, AccountId: account, Lead_Score__c: score });
  const join = (OpportunityId: string, ContactId: string, more: Values = {}): string =>
    lab.createOne(MEMBER, { OpportunityId, ContactId, ...more });
  const score = (Id: string, Lead_Score__c: number): unknown => lab.update('Contact', [{ Id, Lead_Score__c }]);
  const move = (Id: string, values: Values): unknown => lab.update('Opportunity', [{ Id, ...values }]);
  const stateOf = async (id: string) => {
    const [row] = await lab.query(
      `SELECT StageName, ${FIELD.promotionReason}, ${FIELD.promotedAt}, ${FIELD.promotionsFired}, ${FIELD.previousStage}, Prioritized_Date__c FROM Opportunity WHERE Id = '${id}'`,
    );
    return row!;
  };
  /** The entries in the order in which they are remembered. */
  const firedOf = async (id: string): Promise<readonly string[]> => {
    const fired = (await stateOf(id))[FIELD.promotionsFired];
    return typeof fired === 'string' ? fired.split(';').filter((entry) => entry !== '') : [];
  };
  const recycled = { StageName: 'Recycled', Stage_Reason__c: 'Timing', Nurture_Until__c: '2027-06-30' };
  const stageOf = async (id: string): Promise<unknown> => (await stateOf(id))['StageName'];

  return { lab, opportunity, open, person, join, score, move, stateOf, firedOf, recycled, stageOf };
};
