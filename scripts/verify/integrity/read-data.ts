/** Reads what the checks look at: a few queries over whole objects, with the fields that the org has. */
import {
  FIELD,
  HANDSHAKE,
  HANDSHAKE_FIELD,
  LEAD_FIELD,
  MATCH_STATUS,
  MEMBER_FIELD,
  recordTypeName,
  stageDateField,
} from '../../compile/names.ts';
import { wonStages } from '../../compile/flows/closed-won/won-rules.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { OrgError } from '../../org/types.ts';
import type { Org } from '../../org/types.ts';
import { VerifyError } from '../types.ts';
import { TOLD_SUBJECTS } from './told-tasks.ts';
import type { IntegrityData, Row } from './types.ts';

/** Fields that the org has, of those asked for. Empty where it has no such object. */
const fieldsOf = async (org: Org, object: string): Promise<ReadonlySet<string>> => {
  try {
    return new Set((await org.describe(object)).fields.map(({ name }) => name));
  } catch (problem) {
    if (problem instanceof OrgError && (problem.code === 'NOT_FOUND' || problem.code === 'INVALID_TYPE'))
      return new Set();
    throw problem;
  }
};

const select = async (
  org: Org,
  object: string,
  has: ReadonlySet<string>,
  fields: readonly string[],
  where = '',
): Promise<readonly Row[]> => {
  const known = fields.filter((field) => field.includes('.') || has.has(field));
  return org.query<Row>(`SELECT ${known.join(', ')} FROM ${object}${where === '' ? '' : ` WHERE ${where}`}`);
};

const OPPORTUNITY_FIELDS = [
  ...['Id', 'AccountId', 'StageName', 'Type', 'IsWon', 'IsClosed'],
  ...[FIELD.solution, FIELD.sourceOpportunity, FIELD.key, FIELD.openKey, FIELD.stampedAt, FIELD.handshakeStatus],
  ...[FIELD.groupSize, FIELD.groupConfirmed, FIELD.rolesCovered, FIELD.groupCoverage, FIELD.highestScore],
  ...[FIELD.totalScore, FIELD.signalCount, FIELD.lastSignalAt],
];

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

const ofType = (waterfall: Waterfall, type: Waterfall['opportunityTypes'][number]): string =>
  waterfall.typeCarrier === 'recordType'
    ? `RecordType.DeveloperName = ${quoted(recordTypeName(type))}`
    : `Type = ${quoted(type.typeValue)}`;

/** Asked for stage by stage, so that the org looks through its fields of dates and answers only what is wrong. */
const readUndated = async (org: Org, waterfall: Waterfall, has: ReadonlySet<string>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const type of waterfall.opportunityTypes)
    for (const { name } of type.stages.filter((stage) => has.has(stageDateField(stage.name)))) {
      const where = [
        ofType(waterfall, type),
        `StageName = ${quoted(name)}`,
        `${stageDateField(name)} = NULL`,
        `${FIELD.stampedAt} != NULL`,
      ];
      rows.push(...(await select(org, 'Opportunity', has, ['Id', 'StageName'], where.join(' AND '))));
    }
  return rows;
};

/**
 * Wins older than the delays of the model, by the org's clock and calendar: a path of that day may still be waiting, so one day
 * is left out on top.
 */
const readWins = async (
  org: Org,
  waterfall: Waterfall,
  has: ReadonlySet<string>,
): Promise<IntegrityData['wonLongerAgo']> => {
  const stages = [...new Set(waterfall.opportunityTypes.flatMap(wonStages))].filter((stage) =>
    has.has(stageDateField(stage)),
  );
  const wins = new Map<number, ReadonlySet<string>>();
  for (const days of new Set(waterfall.closedWon.map(({ delayDays }) => delayDays))) {
    const ids = new Set<string>();
    for (const stage of stages) {
      const date = stageDateField(stage);
      const since = days === 0 ? `${date} != NULL` : `${date} < LAST_N_DAYS:${String(days + 1)}`;
      const rows = await org.query<{ Id: string }>(
        `SELECT Id FROM Opportunity WHERE StageName = ${quoted(stage)} AND ${since}`,
      );
      for (const { Id } of rows) ids.add(Id);
    }
    wins.set(days, ids);
  }
  return wins;
};

/** Throws OrgError when the org cannot be asked, VerifyError when the waterfall is not to be seen there. */
export const readData = async (
  org: Org,
  waterfall: Waterfall,
  progress: (what: string) => void = () => undefined,
): Promise<IntegrityData> => {
  const has = await fieldsOf(org, 'Opportunity');
  if (!has.has(FIELD.stampedAt))
    throw new VerifyError(
      'NO_WATERFALL',
      `You see no field ${FIELD.stampedAt} on opportunities in ${org.identity.name}: the waterfall is not there, or you have none of its permission sets.`,
      'Deploy with waterfall deploy, or have a permission set of the waterfall assigned to you.',
    );
  progress('opportunities');
  const recordType = waterfall.typeCarrier === 'recordType' ? ['RecordType.DeveloperName'] : [];
  const opportunities = await select(org, 'Opportunity', has, [
    ...OPPORTUNITY_FIELDS,
    ...recordType,
    ...new Set(waterfall.opportunityTypes.flatMap(wonStages).map(stageDateField)),
  ]);
  progress('stages');
  const undated = await readUndated(org, waterfall, has);
  const wonLongerAgo = await readWins(org, waterfall, has);
  progress('buying groups');
  const members = await select(org, 'OpportunityContactRole', await fieldsOf(org, 'OpportunityContactRole'), [
    ...['Id', 'OpportunityId', 'ContactId', 'Role', 'Contact.Id', 'Opportunity.Id'],
    ...[MEMBER_FIELD.key, MEMBER_FIELD.status, MEMBER_FIELD.leadScore, MEMBER_FIELD.signalCount],
    ...[MEMBER_FIELD.lastEngagementAt, MEMBER_FIELD.contactRemoved],
  ]);
  progress('handshakes');
  const ofHandshakes = await fieldsOf(org, HANDSHAKE);
  // An earlier model may have left the object, whose fields nobody sees any more.
  const handshakes = ofHandshakes.has(HANDSHAKE_FIELD.opportunity)
    ? await select(org, HANDSHAKE, ofHandshakes, [
        ...['Id', HANDSHAKE_FIELD.opportunity, 'Opportunity__r.StageName'],
        ...[HANDSHAKE_FIELD.outcome, HANDSHAKE_FIELD.stage, HANDSHAKE_FIELD.key],
      ])
    : [];
  progress('leads');
  const leads = await readLeads(org, waterfall);
  progress('tasks');
  const tasks = await readTasks(org);
  return { opportunities, undated, members, ...leads, handshakes, tasks, wonLongerAgo };
};

const readLeads = async (
  org: Org,
  waterfall: Waterfall,
): Promise<Pick<IntegrityData, 'openLeads' | 'leadsToMatch' | 'leadsToConvert' | 'convertedLeads'>> => {
  if (!waterfall.leads) return { openLeads: [], leadsToMatch: [], leadsToConvert: [], convertedLeads: [] };
  const has = await fieldsOf(org, 'Lead');
  const openLeads = has.has(LEAD_FIELD.opportunity)
    ? await select(
        org,
        'Lead',
        has,
        ['Id', LEAD_FIELD.opportunity, waterfall.leadScore.lead],
        `IsConverted = FALSE AND ${LEAD_FIELD.opportunity} != NULL`,
      )
    : [];
  const inStatus = async (status: string, ...more: readonly string[]): Promise<readonly Row[]> =>
    has.has(LEAD_FIELD.matchStatus)
      ? select(
          org,
          'Lead',
          has,
          ['Id'],
          ['IsConverted = FALSE', `${LEAD_FIELD.matchStatus} = ${quoted(status)}`, ...more].join(' AND '),
        )
      : [];
  const leadsToMatch = await inStatus(MATCH_STATUS.toBeMatched);
  const { convert } = waterfall.leads;
  const leadsToConvert =
    convert.when === 'never'
      ? []
      : await inStatus(
          MATCH_STATUS.matched,
          `${LEAD_FIELD.matchedAccount} != NULL`,
          ...(convert.when === 'status' ? [`Status = ${quoted(convert.status)}`] : []),
        );
  const convertedLeads = await select(
    org,
    'Lead',
    has,
    ['Id', 'Email', 'ConvertedContactId', 'ConvertedAccountId', LEAD_FIELD.matchStatus],
    'IsConverted = TRUE',
  );
  return { openLeads, leadsToMatch, leadsToConvert, convertedLeads };
};

/** Description is no field to filter by; every subject of the automation says that something is `not` as it should be. */
const readTasks = (org: Org): Promise<readonly Row[]> =>
  org.query<Row>(
    `SELECT Id, Subject, Description, WhatId, IsClosed FROM Task WHERE ${TOLD_SUBJECTS.map((subject) => `Subject LIKE '${subject}'`).join(' OR ')}`,
  );
