/** A local org with handshakes deployed, people to answer them, and short ways to try them. */
import assert from 'node:assert/strict';
import { FIELD, FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab } from './org-lab.ts';
import type { Values } from './org-lab.ts';

const QUEUE = 'Waterfall_Sales_Development';
export const HOUR = 3_600_000;

/** Without what has tests of its own. */
const onlyHandshakes = (model: Waterfall): Waterfall => ({
  ...model,
  buyingGroups: { ...model.buyingGroups, roles: [], groups: [] },
  closedWon: [],
  handshakes: model.handshakes.filter(({ opportunityType }) => opportunityType === 'acquisition'),
  leads: null,
  lostRenewal: null,
  opportunityTypes: model.opportunityTypes.filter(({ key }) => key === 'acquisition'),
  promotions: [],
  solutions: [],
});

/** Three users in the queue with a manager, one with the role, and who hands over. */
export const openHandshakeLab = async () => {
  const lab = await openLab(onlyHandshakes(await defaultModel()));
  const recordType = await lab.recordType('Acquisition');
  const role = lab.createOne('UserRole', { Name: 'Account Executive', DeveloperName: 'Account_Executive' });
  const head = await lab.createUser('head');
  const giver = await lab.createUser('giver');
  const executive = await lab.createUser('executive', { UserRoleId: role });
  const reps = await Promise.all(['rep1', 'rep2', 'rep3'].map((name) => lab.createUser(name, { ManagerId: head })));
  await lab.deploy('Queue', QUEUE, {
    name: 'Waterfall Sales Development',
    queueSobject: [{ sobjectType: HANDSHAKE }],
    queueMembers: { users: { user: ['rep1', 'rep2', 'rep3'].map((name) => `${name}@lab.example`) } },
  });

  const row = async (object: string, id: string, fields: readonly string[]) =>
    (await lab.query(`SELECT ${fields.join(', ')} FROM ${object} WHERE Id = '${id}'`))[0]!;
  const opportunity = (id: string) => row('Opportunity', id, ['StageName', 'OwnerId', FIELD.handshakeStatus]);
  const handshakesOf = (id: string) =>
    lab.query(
      `SELECT Id, Name, OwnerId, ${Object.values(HANDSHAKE_FIELD).join(', ')} FROM ${HANDSHAKE} ` +
        `WHERE ${HANDSHAKE_FIELD.opportunity} = '${id}' ORDER BY Name`,
    );
  const tasksOf = (id: string) =>
    lab.query(
      `SELECT Subject, Description, OwnerId, ActivityDate FROM Task WHERE WhatId = '${id}' ORDER BY CreatedDate`,
    );

  const later = (milliseconds: number): void =>
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + milliseconds));
  /** Moves the clock and runs what is due: which paths of a handshake ran. */
  const wait = (milliseconds: number, handshake = '') => {
    later(milliseconds);
    return lab
      .work()
      .filter(({ flow, recordId }) => flow === FLOW.handshakeReminder && recordId === handshake)
      .map(({ path, outcome }) => `${path}: ${outcome}`)
      .sort();
  };
  const engaged = (more: Values = {}): Values => ({
    Name: 'Acme',
    StageName: 'Engaged',
    CloseDate: '2027-01-31',
    RecordTypeId: recordType,
    OwnerId: giver,
    ...more,
  });
  const handedOver = (more: Values = {}): string => {
    const id = lab.createOne('Opportunity', engaged(more));
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    return id;
  };
  const answer = (id: string, Outcome__c: string, more: Values = {}) =>
    lab.update(HANDSHAKE, [{ Id: id, [HANDSHAKE_FIELD.outcome]: Outcome__c, ...more }]);
  const refused = (object: string, record: Values): string => {
    const [outcome] = lab.transact((tx) =>
      tx.save({ operation: 'update', object, records: [record], allOrNone: false }),
    );
    assert.equal(outcome!.id === null || outcome!.errors.length > 0, true);
    return outcome!.errors.map(({ message }) => message).join('; ');
  };
  const tasksOfOwner = async (id: string, owner: string) =>
    (await tasksOf(id)).filter(({ OwnerId }) => OwnerId === owner).map(({ Subject }) => Subject);

  return {
    lab,
    head,
    giver,
    executive,
    reps,
    row,
    opportunity,
    handshakesOf,
    tasksOf,
    tasksOfOwner,
    later,
    wait,
    engaged,
    handedOver,
    answer,
    refused,
  };
};
