/** Opportunities that automation opens: for a targeted account, a response, a lead. */
import { joinsWithoutSolution, solutionOfUnnamed } from '../../compile/leads/what-leads-need.ts';
import { ACCOUNT_FIELD, CAMPAIGN_FIELD, FIELD, FLOW, LEAD_FIELD } from '../../compile/names.ts';
import type { OpportunityType, Solution, Waterfall } from '../../model/waterfall.ts';
import { typeOf } from './lab.ts';
import type { Lab } from './lab.ts';
import type { Process, Processes } from './process.ts';
import { seen } from './process.ts';

interface Opened {
  readonly Id: string;
  readonly StageName: string;
  readonly OwnerId: string;
}

const openedFor = (lab: Lab, accountId: string, solution: Solution, enough = 1): Promise<readonly Opened[]> =>
  lab.eventually<Opened>(
    `SELECT Id, StageName, OwnerId FROM Opportunity WHERE AccountId = '${accountId}' AND ${FIELD.solution} = '${solution.name}'`,
    (rows) => rows.length >= enough,
  );

const targeted = (type: OpportunityType, solution: Solution): Process => ({
  family: 'Targeted account',
  name: 'gets an opportunity, once',
  type: type.label,
  flows: [FLOW.targetedAccount],
  run: async (lab) => {
    const accountId = await lab.account('targeted', { [ACCOUNT_FIELD.targetedSolutions]: solution.name });
    const opened = await openedFor(lab, accountId, solution);
    await lab.update('Account', accountId, { [ACCOUNT_FIELD.targetedSolutions]: null });
    await lab.update('Account', accountId, { [ACCOUNT_FIELD.targetedSolutions]: solution.name });
    const again = await openedFor(lab, accountId, solution);
    return [
      seen(`targeted for ${solution.name}`, {
        Opportunities: [1, opened.length],
        Stage: [type.creation.stage, opened[0]?.StageName],
      }),
      seen('targeted once more', { Opportunities: [1, again.length] }),
    ];
  },
});

const members = (lab: Lab, contactId: string) =>
  lab.eventually<{ Id: string; OpportunityId: string }>(
    `SELECT Id, OpportunityId FROM OpportunityContactRole WHERE ContactId = '${contactId}'`,
    (rows) => rows.length > 0,
  );

const signal = (waterfall: Waterfall, type: OpportunityType, solution: Solution): Process => ({
  family: 'Signal',
  name: 'opens an opportunity and brings the person into its buying group',
  type: type.label,
  flows: [FLOW.response, FLOW.joinGroup],
  run: async (lab) => {
    const accountId = await lab.account('signal');
    const contactId = await lab.contact(accountId, 'Respondent', { Title: 'Director of Operations' });
    const [campaignId = ''] = await lab.create('Campaign', [
      { Name: lab.name('campaign'), IsActive: true, [CAMPAIGN_FIELD.solution]: solution.name },
    ]);
    await lab.create('CampaignMember', [{ CampaignId: campaignId, ContactId: contactId, Status: 'Responded' }]);
    const opened = await openedFor(lab, accountId, solution);
    const joined = waterfall.buyingGroups.roles.length > 0 ? await members(lab, contactId) : [];
    return [
      seen(`a contact responds to a campaign for ${solution.name}`, {
        Opportunities: [1, opened.length],
        Stage: [type.creation.stage, opened[0]?.StageName],
        'In its buying group': [
          waterfall.buyingGroups.roles.length > 0,
          joined.some(({ OpportunityId }) => OpportunityId === opened[0]?.Id),
        ],
      }),
    ];
  },
});

interface LeadRow {
  readonly IsConverted: boolean;
  readonly ConvertedAccountId: string | null;
  readonly ConvertedContactId: string | null;
  readonly [field: string]: unknown;
}

const hasValue = (row: LeadRow | undefined, field: string): boolean => (row?.[field] ?? null) !== null;

/** Leads belong to the type that they open; the first of the model where people create everything. */
const typeOfLeads = ({ opportunityTypes }: Waterfall): string =>
  (opportunityTypes.find(({ creation }) => creation.by.includes('lead')) ?? opportunityTypes[0])?.label ?? '';

const lead = (waterfall: Waterfall, solution: Solution | undefined): Process => ({
  family: 'Lead',
  name: 'is matched by its e-mail domain and converted into the account',
  type: typeOfLeads(waterfall),
  flows: [FLOW.leadMatching, FLOW.leadConversion],
  run: async (lab) => {
    const accountId = await lab.account('lead', { Website: `https://www.${lab.domain}` });
    const [leadId = ''] = await lab.create('Lead', [
      {
        LastName: lab.name('lead'),
        Company: lab.name('unlike the account'),
        Email: `somebody@${lab.domain}`,
        // Where the model says what such a lead wants, that is seen as well.
        ...(solution && solution.name !== solutionOfUnnamed(waterfall) && { [LEAD_FIELD.solution]: solution.name }),
      },
    ]);
    const converts = waterfall.leads?.convert.when === 'onArrival';
    const [row] = await lab.eventually<LeadRow>(
      `SELECT IsConverted, ConvertedAccountId, ConvertedContactId, ${LEAD_FIELD.matchedAccount}, ${LEAD_FIELD.conversionProblem} FROM Lead WHERE Id = '${leadId}'`,
      ([found]) =>
        converts
          ? found?.IsConverted === true || hasValue(found, LEAD_FIELD.conversionProblem)
          : hasValue(found, LEAD_FIELD.matchedAccount),
    );
    const matched = seen('a lead arrives', {
      'Matched account': [accountId, row?.[LEAD_FIELD.matchedAccount]],
      ...(converts && {
        Converted: [true, row?.IsConverted],
        Problem: [null, row?.[LEAD_FIELD.conversionProblem]],
        Account: [accountId, row?.ConvertedAccountId],
      }),
    });
    const joins = waterfall.opportunityTypes.some(({ creation }) => creation.by.includes('lead'));
    if (!converts || !solution || !joins || waterfall.buyingGroups.roles.length === 0) return [matched];
    const opened = await openedFor(lab, accountId, solution);
    const joined = await members(lab, row?.ConvertedContactId ?? '');
    return [
      matched,
      seen('and asks for a solution', {
        Opportunities: [1, opened.length],
        'In its buying group': [true, joined.some(({ OpportunityId }) => OpportunityId === opened[0]?.Id)],
      }),
    ];
  },
});

/** Tasks of the contact that ask where it belongs. */
const askedAbout = (lab: Lab, contactId: string, enough: number) =>
  lab.eventually<{ Id: string }>(
    `SELECT Id FROM Task WHERE WhoId = '${contactId}' AND Subject LIKE 'Converted lead without a solution:%'`,
    (rows) => rows.length >= enough,
  );

/** With nothing open RevOps is told, or nobody; with one opportunity open the person joins that one. */
const unnamedLead = (waterfall: Waterfall, type: OpportunityType): Process => ({
  family: 'Lead',
  name: 'that names no solution joins the only open opportunity',
  type: type.label,
  flows: [FLOW.leadJoining, FLOW.joinOnly],
  run: async (lab) => {
    const accountId = await lab.account('lead without a solution');
    const contactOf = async (name: string): Promise<string> => {
      const [leadId = ''] = await lab.create('Lead', [
        { LastName: lab.name(name), Company: lab.name('without a solution'), [LEAD_FIELD.matchedAccount]: accountId },
      ]);
      const [row] = await lab.eventually<LeadRow>(
        `SELECT IsConverted, ConvertedContactId FROM Lead WHERE Id = '${leadId}'`,
        ([found]) => found?.IsConverted === true,
      );
      return row?.ConvertedContactId ?? '';
    };
    const told = waterfall.leads?.noSolution.then === 'alertRevOps' ? 1 : 0;
    const tasks = await askedAbout(lab, await contactOf('first'), told);
    const opportunityId = await lab.opportunity(accountId, {
      ...typeOf(lab, type),
      StageName: type.creation.stage,
    });
    const second = await contactOf('second');
    const joined = await members(lab, second);
    return [
      seen('a lead without a solution arrives, and nothing is open', { 'Tasks for RevOps': [told, tasks.length] }),
      seen('another one arrives, and one opportunity is open', {
        'In its buying group': [true, joined.some(({ OpportunityId }) => OpportunityId === opportunityId)],
        'Tasks for RevOps': [0, (await askedAbout(lab, second, 0)).length],
      }),
    ];
  },
});

export const demandProcesses: Processes = (waterfall) => {
  const [solution] = waterfall.solutions;
  const unnamed = solutionOfUnnamed(waterfall);
  const ofLead = waterfall.solutions.find(({ name }) => name === unnamed) ?? solution;
  const createdBy = (by: OpportunityType['creation']['by'][number]) =>
    waterfall.opportunityTypes.find(({ creation }) => creation.by.includes(by));
  const ofTarget = createdBy('targetedAccount');
  const ofSignal = createdBy('signal');
  const ofUnnamed = waterfall.opportunityTypes.find(({ key }) => key !== 'renewal');
  const onArrival = waterfall.leads?.convert.when === 'onArrival';
  return [
    ...(ofTarget && solution ? [targeted(ofTarget, solution)] : []),
    ...(ofSignal && solution ? [signal(waterfall, ofSignal, solution)] : []),
    ...(waterfall.leads?.matchBy.includes('emailDomain') ? [lead(waterfall, ofLead)] : []),
    ...(ofUnnamed && onArrival && joinsWithoutSolution(waterfall) ? [unnamedLead(waterfall, ofUnnamed)] : []),
  ];
};
