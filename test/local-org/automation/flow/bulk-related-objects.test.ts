import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, rowOf, saved } from '../test-org.ts';
import { MANY, accountsOf, create, dealsOf, entryOf, rows, task, times, used } from './bulk-fixtures.ts';
import { afterSave, filter, flow, input, orgOf, ref, text, to } from './flow-fixtures.ts';

/** Flows as admins build them, each for 200 records at once: what they do, and what it costs. */
test('contact roles: one task each after the save, and the deal is told before the deletion', () => {
  const org = orgOf(
    afterSave(
      'Role_Saved',
      'Task',
      {
        recordCreates: [
          create(
            'Task',
            'Task',
            task('Role {!$Record.Role}', { WhatId: ref('$Record.OpportunityId'), WhoId: ref('$Record.ContactId') }),
          ),
        ],
      },
      { object: 'OpportunityContactRole' },
    ),
    flow(
      'Role_Deleted',
      {
        object: 'OpportunityContactRole',
        triggerType: 'RecordBeforeDelete',
        recordTriggerType: 'Delete',
        connector: to('Tell'),
      },
      {
        recordUpdates: [
          {
            name: 'Tell',
            label: 'Tell',
            object: 'Opportunity',
            filterLogic: 'and',
            filters: [filter('Id', ref('$Record.OpportunityId'))],
            inputAssignments: [input('NextStep', text('Lost {!$Record.Contact.LastName}'))],
          },
        ],
      },
    ),
  );
  org.run((tx) => {
    const accounts = accountsOf(tx);
    const deals = dealsOf(tx, accounts);
    const contacts = saved(
      tx,
      'insert',
      'Contact',
      ...accounts.map((AccountId, n) => ({ LastName: `C${n}`, AccountId })),
    );
    let roles: readonly string[] = [];
    const made = used(tx, () => {
      roles = saved(
        tx,
        'insert',
        'OpportunityContactRole',
        ...deals.map((OpportunityId, n) => ({ OpportunityId, ContactId: contacts[n]!, Role: 'Decision Maker' })),
      );
    });
    assert.deepEqual(made, { queries: 0, dmlStatements: 1, dmlRows: MANY });
    assert.equal(rows(tx, 'Task').length, MANY);
    const gone = used(tx, () => void saved(tx, 'delete', 'OpportunityContactRole', ...roles.map((Id) => ({ Id }))));
    assert.deepEqual(gone, { queries: 1, dmlStatements: 1, dmlRows: MANY });
    assert.equal(rowOf(tx, 'Opportunity', deals[42]!).NextStep, 'Lost C42');
  });
});

test('leads and campaign members: formulas on the record before, and a lead that is told of its responses', () => {
  const org = orgOf(
    afterSave(
      'Lead_Moved',
      'Task',
      {
        formulas: [
          {
            name: 'Move',
            dataType: 'String',
            expression: 'TEXT({!$Record__Prior.Status}) & " -> " & TEXT({!$Record.Status})',
          },
        ],
        recordCreates: [create('Task', 'Task', task('{!Move}', { WhoId: ref('$Record.Id') }))],
      },
      { object: 'Lead', recordTriggerType: 'Update', filterFormula: 'ISCHANGED({!$Record.Status})' },
    ),
    afterSave(
      'Responded',
      'Tell',
      {
        recordUpdates: [
          {
            name: 'Tell',
            label: 'Tell',
            object: 'Lead',
            filterLogic: 'and',
            filters: [filter('Id', ref('$Record.LeadId')), filter('IsConverted', { booleanValue: false })],
            inputAssignments: [
              input('Status', text('Working - Contacted')),
              input('Description', text('{!$Record.Campaign.Name}')),
            ],
          },
        ],
      },
      {
        object: 'CampaignMember',
        filters: [filter('HasResponded', { booleanValue: true })],
        filterLogic: 'and',
        doesRequireRecordChangedToMeetCriteria: true,
      },
    ),
  );
  org.run((tx) => {
    const leads = saved(
      tx,
      'insert',
      'Lead',
      ...times(MANY, (n) => ({ LastName: `L${n}`, Company: 'C', Status: 'Open - Not Contacted' })),
    );
    const [CampaignId] = saved(tx, 'insert', 'Campaign', { Name: 'Spring', IsActive: true });
    const members = saved(
      tx,
      'insert',
      'CampaignMember',
      ...leads.map((LeadId) => ({ LeadId, CampaignId: CampaignId!, Status: 'Sent' })),
    );
    const cost = used(
      tx,
      () => void saved(tx, 'update', 'CampaignMember', ...members.map((Id) => ({ Id, Status: 'Responded' }))),
    );
    assert.deepEqual(cost, { queries: 1, dmlStatements: 2, dmlRows: 2 * MANY });
    assert.equal(rowOf(tx, 'Lead', leads[9]!).Description, 'Spring');
    assert.deepEqual(
      [...new Set(rows(tx, 'Task').map(({ Subject }) => Subject))],
      ['Open - Not Contacted -> Working - Contacted'],
    );
  });
});

test('line items: the deal of each is told once in each round; custom objects follow their deal', () => {
  const org = orgOf(
    {
      type: 'CustomObject',
      fullName: 'Plan__c',
      metadata: {
        label: 'Plan',
        pluralLabel: 'Plans',
        nameField: { type: 'Text', label: 'Plan Name' },
        deploymentStatus: 'Deployed',
        sharingModel: 'ReadWrite',
      },
    },
    field('Plan__c', 'Deal__c', 'Lookup', {
      referenceTo: 'Opportunity',
      relationshipName: 'Plans',
      relationshipLabel: 'Plans',
    }),
    field('Plan__c', 'Value__c', 'Currency', { precision: 16, scale: 2 }),
    afterSave(
      'Item_Saved',
      'Plan',
      {
        recordCreates: [
          create('Plan', 'Plan__c', {
            Name: text('Plan'),
            Deal__c: ref('$Record.OpportunityId'),
            Value__c: ref('$Record.TotalPrice'),
          }),
        ],
      },
      { object: 'OpportunityLineItem', recordTriggerType: 'Create' },
    ),
    afterSave(
      'Plan_Saved',
      'Tell',
      {
        recordUpdates: [
          {
            name: 'Tell',
            label: 'Tell',
            object: 'Opportunity',
            filterLogic: 'and',
            filters: [filter('Id', ref('$Record.Deal__c'))],
            inputAssignments: [input('NextStep', text('Plan {!$Record.Value__c}'))],
          },
        ],
      },
      { object: 'Plan__c' },
    ),
  );
  org.run((tx) => {
    const entry = entryOf(tx);
    const deals = dealsOf(tx, accountsOf(tx));
    const cost = used(
      tx,
      () =>
        void saved(
          tx,
          'insert',
          'OpportunityLineItem',
          ...deals.map((OpportunityId) => ({ OpportunityId, PricebookEntryId: entry, Quantity: 2, UnitPrice: 10 })),
        ),
    );
    assert.deepEqual(cost, { queries: 1, dmlStatements: 2, dmlRows: 2 * MANY });
    assert.equal(rowOf(tx, 'Opportunity', deals[0]!).NextStep, 'Plan 20');
    assert.equal(rows(tx, 'Plan__c').length, MANY);
  });
});
