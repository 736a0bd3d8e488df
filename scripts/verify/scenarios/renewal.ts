/** What winning creates: one renewal, with the date, amount and owner that the model says. */
import { rulesThatCreate } from '../../compile/flows/closed-won/won-rules.ts';
import { FIELD } from '../../compile/names.ts';
import type { ClosedWonRule, OpportunityType, Waterfall } from '../../model/waterfall.ts';
import { addDays, addMonths } from '../dates.ts';
import type { Expectation, ExpectedOfRenewal, Scenario, Values } from './scenario.ts';
import { born, lastStep, wonStage } from './stages.ts';

const AMOUNT = 1000;

interface Contract {
  readonly name: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly months: number | null;
  readonly closeDate: string;
}

const CONTRACTS: readonly Contract[] = [
  {
    name: 'is won on a month’s last day and renewed',
    start: '2024-01-31',
    end: null,
    months: 1,
    closeDate: '2024-01-20',
  },
  { name: 'is won without a contract start and renewed', start: null, end: null, months: 3, closeDate: '2024-08-31' },
  { name: 'is won without a contract and renewed', start: null, end: null, months: null, closeDate: '2024-08-31' },
  {
    name: 'is won with a contract end and renewed',
    start: '2024-07-01',
    end: '2024-12-31',
    months: 6,
    closeDate: '2024-06-20',
  },
  {
    name: 'is won after its contract end and renewed later than that',
    start: '2022-07-01',
    end: '2022-12-31',
    months: 6,
    closeDate: '2024-06-20',
  },
];

/** What `closedWon` of the model means for one contract. */
const renewalDates = (rule: ClosedWonRule, contract: Contract) => {
  const defaultMonths = rule.closeDate.from === 'contractEnd' ? rule.closeDate.defaultTermMonths : 12;
  const months = contract.months ?? defaultMonths;
  const termEnd = addMonths(contract.start ?? contract.closeDate, months);
  // A renewal is due after the win, whatever the contract says.
  const afterWin = [contract.end, termEnd].find((date) => date !== null && date > contract.closeDate);
  const nextStart = contract.end === null ? termEnd : addDays(contract.end, 1);
  return {
    months,
    closeDate: afterWin ?? addMonths(contract.closeDate, months),
    nextStart,
    nextEnd: contract.end === null ? null : addDays(addMonths(nextStart, months), -1),
  };
};

const renewalValues = (
  rule: ClosedWonRule,
  contract: Contract,
  typeValue: string,
): Readonly<Record<string, ExpectedOfRenewal>> => {
  const dates = renewalDates(rule, contract);
  const copiesDates = rule.copies.includes('contractDates');
  return {
    StageName: { is: rule.stage },
    CloseDate:
      rule.closeDate.from === 'contractEnd' ? { is: dates.closeDate } : { daysAfterToday: rule.closeDate.days },
    Amount: { is: rule.amount.from === 'none' ? null : Math.round(AMOUNT * (100 + rule.amount.upliftPercent)) / 100 },
    RecordType: { typeOf: rule.creates },
    Type: { is: typeValue },
    AccountId: { sourceField: 'AccountId' },
    OwnerId: { sourceField: 'OwnerId' },
    [FIELD.contractStart]: { is: copiesDates ? dates.nextStart : null },
    [FIELD.contractEnd]: { is: copiesDates ? dates.nextEnd : null },
    [FIELD.contractTermMonths]: { is: copiesDates ? dates.months : null },
    [FIELD.sourceOpportunity]: { sourceField: 'Id' },
    [FIELD.key]: { renewalKey: true },
  };
};

const renewals = (count: number, values: Readonly<Record<string, ExpectedOfRenewal>>): Expectation => ({
  kind: 'renewals',
  count,
  values,
});

const contractValues = (contract: Contract): Values => ({
  Amount: AMOUNT,
  CloseDate: contract.closeDate,
  [FIELD.contractStart]: contract.start,
  [FIELD.contractEnd]: contract.end,
  [FIELD.contractTermMonths]: contract.months,
});

const isWon = (type: OpportunityType, rule: ClosedWonRule, contract: Contract, typeValue: string): Scenario => {
  const last = lastStep(type);
  const won = wonStage(type);
  const values = renewalValues(rule, contract, typeValue);
  const move = (stage: string, expect: readonly Expectation[]) => ({
    trigger: stage,
    action: { do: 'update' as const, values: { StageName: stage, CloseDate: contract.closeDate } },
    expect,
  });
  return {
    name: contract.name,
    family: 'is won and renewed',
    type,
    records: 1,
    steps: [
      {
        trigger: last.name,
        action: { do: 'create', values: born(type, last, contractValues(contract)) },
        expect: [renewals(0, {})],
      },
      move(won.name, [renewals(1, values)]),
      move(last.name, [renewals(1, {})]),
      move(won.name, [renewals(1, values)]),
    ],
  };
};

/** Whether the type lets an opportunity be won with this contract: what its last step asks for is filled. */
const canBeWon = (type: OpportunityType, contract: Contract): boolean => {
  const values = contractValues(contract);
  return lastStep(type).requiredToLeave.every((name) => values[name] !== null);
};

export const renewalScenarios = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const rule = rulesThatCreate(waterfall, 'renewal').find(
    (each) => each.type === type && each.rule.delayDays === 0,
  )?.rule;
  const renewal = waterfall.opportunityTypes.find(({ key }) => key === rule?.creates);
  return rule && renewal
    ? CONTRACTS.filter((contract) => canBeWon(type, contract)).map((contract) =>
        isWon(type, rule, contract, renewal.typeValue),
      )
    : [];
};
