/** A local org in which only buying groups are automated, and short ways to try them. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { BYPASS_PERMISSION_SET, FIELD } from '../../../scripts/compile/names.ts';
import { defaultModel } from './default-model.ts';
import { openLab } from './org-lab.ts';
import type { Used, Values } from './org-lab.ts';

export const MEMBER = 'OpportunityContactRole';
export const ROLES = ['Decision Maker', 'Signer', 'Champion', 'Influencer', 'User'] as const;

/** What `groupOf` reads, in this order. */
export const GROUP_FIELDS = [
  ...[FIELD.groupSize, FIELD.groupConfirmed, FIELD.rolesCovered, FIELD.groupCoverage, FIELD.missingRoles],
  ...[FIELD.highestScore, FIELD.totalScore, FIELD.signalCount],
];

export const within = (
  { queries, dmlStatements }: Pick<Used, 'queries' | 'dmlStatements'>,
  mostQueries: number,
  mostDml: number,
): void =>
  assert.ok(
    queries <= mostQueries && dmlStatements <= mostDml,
    `${String(queries)} queries, ${String(dmlStatements)} DML statements`,
  );

interface Job {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
}

export const openGroupLab = async () => {
  const lab = await openLab({
    ...(await defaultModel()),
    ...{ closedWon: [], handshakes: [], leads: null, lostRenewal: null, promotions: [] },
  });
  const acquisition = await lab.recordType('Acquisition');
  const account = lab.createOne('Account', { Name: 'Acme' });
  let serial = 0;

  const opportunity = (more: Values = {}): Values => ({
    ...{ Name: 'Acme Platform', AccountId: account, StageName: 'Engaged', CloseDate: '2027-01-31' },
    ...{ RecordTypeId: acquisition, [FIELD.solution]: 'Core Platform' },
    ...more,
  });
  const openGroup = (more: Values = {}): string => lab.createOne('Opportunity', opportunity(more));
  const people = (scores: readonly (number | null)[]): readonly string[] =>
    lab.create(
      'Contact',
      scores.map((score) => ({ LastName: `Person ${String(++serial)}`, AccountId: account, Lead_Score__c: score })),
    );
  const member = (OpportunityId: string, ContactId: string, Role: string | null = null, more: Values = {}): Values => ({
    ...{ OpportunityId, ContactId, Role },
    ...more,
  });
  const groupOf = async (id: string): Promise<readonly unknown[]> => {
    const [row] = await lab.query(`SELECT ${GROUP_FIELDS.join(', ')} FROM Opportunity WHERE Id = '${id}'`);
    return GROUP_FIELDS.map((field) => row![field]);
  };
  const leastEngaged = async (id: string): Promise<unknown> =>
    (await lab.query(`SELECT ${FIELD.leastEngaged} FROM Opportunity WHERE Id = '${id}'`))[0]![FIELD.leastEngaged];
  const rowOf = async (id: string) =>
    (await lab.query(`SELECT FIELDS(CUSTOM) FROM ${MEMBER} WHERE Id = '${id}' LIMIT 1`))[0]!;
  const tasksOf = (id: string) => lab.query(`SELECT Subject, Description FROM Task WHERE WhatId = '${id}'`);
  const attempt = (operation: 'insert' | 'update' | 'delete', object: string, records: readonly Values[]) =>
    lab.transact((tx) => tx.save({ operation, object, records, allOrNone: false }));
  const bypassed = async <T>(work: () => T): Promise<T> => {
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(set!.Id),
    });
    try {
      return work();
    } finally {
      lab.remove('PermissionSetAssignment', [assigned]);
    }
  };

  /** A job of the Bulk API 2.0 from its making to its end. */
  const load = async (object: string, operation: 'insert' | 'delete', csv: string): Promise<Job> => {
    const { url, token } = lab.deployed.running;
    const call = async (method: string, path: string, type: string, body?: string) => {
      const answer = await fetch(`${url}/services/data/v66.0/jobs/ingest${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) },
        ...(body !== undefined && { body }),
      });
      assert.ok(answer.ok, await answer.clone().text());
      return answer;
    };
    const json = 'application/json';
    const { id } = (await (await call('POST', '', json, JSON.stringify({ object, operation }))).json()) as Job;
    await call('PUT', `/${id}/batches`, 'text/csv', csv);
    await call('PATCH', `/${id}`, json, JSON.stringify({ state: 'UploadComplete' }));
    for (let round = 0; round < 1000; round++) {
      const job = (await (await call('GET', `/${id}`, json)).json()) as Job;
      if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) return job;
      await pause(20);
    }
    throw new Error('the job did not end');
  };

  return {
    ...lab,
    load,
    opportunity,
    openGroup,
    people,
    member,
    groupOf,
    leastEngaged,
    rowOf,
    tasksOf,
    attempt,
    bypassed,
  };
};

export type GroupLab = Awaited<ReturnType<typeof openGroupLab>>;
