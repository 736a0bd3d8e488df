/** What orgs and models differ in: currency, types that a cause creates, parts that are left out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileWaterfall } from '../../../../scripts/compile/compile-waterfall.ts';
import { compileFlows } from '../../../../scripts/compile/flows/index.ts';
import { FIELD, FLOW } from '../../../../scripts/compile/names.ts';
import { ANY_ORG } from '../../../../scripts/compile/org-facts.ts';
import type { OpportunityType, Waterfall } from '../../../../scripts/model/waterfall.ts';
import { typeFieldOnly } from '../../models.ts';
import { defaultModel } from '../default-model.ts';

const creating = (
  waterfall: Waterfall,
  creation: (type: OpportunityType) => OpportunityType['creation'],
): Waterfall => ({
  ...waterfall,
  opportunityTypes: waterfall.opportunityTypes.map((type) => ({ ...type, creation: creation(type) })),
});
const formulaOf = (waterfall: Waterfall, flow: string, name: string): string | undefined =>
  compileFlows(waterfall)
    .find(({ fullName }) => fullName === flow)
    ?.metadata.formulas?.find((each) => each.name === name)?.expression;
const SIGNAL_FLOWS = [FLOW.openOpportunity, FLOW.joinGroup, FLOW.response, FLOW.responseNumber] as readonly string[];
const namesOf = (waterfall: Waterfall): readonly string[] =>
  compileWaterfall(waterfall).map(({ type, fullName }) => `${type}:${fullName}`);

describe('flows for signals and targeted accounts', () => {
  it('create in the currency of the account, only where there are several', async () => {
    const model = await defaultModel();
    for (const multiCurrency of [false, true]) {
      const flows = compileFlows(model, { ...ANY_ORG, multiCurrency });
      const open = flows.find(({ fullName }) => fullName === FLOW.openOpportunity)!.metadata;
      const currency = open.recordCreates![0]!.inputAssignments!.find(({ field }) => field === 'CurrencyIsoCode');
      assert.deepEqual(
        currency?.value,
        multiCurrency ? { elementReference: 'Find_the_account.CurrencyIsoCode' } : undefined,
      );
      const account = open.recordLookups!.find(({ object }) => object === 'Account')!;
      assert.equal(account.queriedFields!.includes('CurrencyIsoCode'), multiCurrency);
      const targeted = flows.find(({ fullName }) => fullName === FLOW.targetedAccount)!.metadata;
      assert.equal(JSON.stringify(targeted.assignments).includes('$Record.CurrencyIsoCode'), multiCurrency);
    }
  });

  it('know which types which cause creates, and fall back to acquisition', async () => {
    const model = await defaultModel();
    assert.equal(
      formulaOf(model, FLOW.openOpportunity, 'Opportunity_Type'),
      'IF(AND({!Motion} = "upsell", {!Created_By} = "signal"), "upsell", ' +
        'IF(AND({!Motion} = "crossSell", {!Created_By} = "signal"), "crossSell", ' +
        'IF(OR({!Created_By} = "signal", {!Created_By} = "lead"), "acquisition", "")))',
    );
    const leadsOnly = creating(model, ({ creation }) => ({ ...creation, by: ['lead'] }));
    assert.equal(
      formulaOf(
        { ...leadsOnly, opportunityTypes: leadsOnly.opportunityTypes.slice(0, 1) },
        FLOW.openOpportunity,
        'Opportunity_Type',
      ),
      'IF({!Created_By} = "lead", "acquisition", "")',
    );
  });

  it('only join where people create everything', async () => {
    const byPeople = creating({ ...(await defaultModel()), closedWon: [] }, ({ creation }) => ({
      ...creation,
      by: ['person'],
    }));
    const names = namesOf(byPeople);
    assert.ok(names.includes(`Flow:${FLOW.joinGroup}`));
    for (const name of [FLOW.openOpportunity, FLOW.targetedAccount, FLOW.releaseKey])
      assert.ok(!names.includes(`Flow:${name}`), name);
    for (const name of [`Opportunity.${FIELD.openKey}`, 'Account.Targeted_Solutions__c'])
      assert.ok(!names.includes(`CustomField:${name}`), name);
  });

  it('are left out where there are no solutions', () => {
    const names = namesOf(typeFieldOnly);
    for (const name of [...SIGNAL_FLOWS, FLOW.targetedAccount, FLOW.releaseKey])
      assert.ok(!names.includes(`Flow:${name}`), name);
    assert.deepEqual(
      names.filter((name) => /CustomField:(Campaign|CampaignMember)\./.test(name)),
      [],
    );
  });
});
