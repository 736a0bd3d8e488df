import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { holdRows } from '../../../local-org/data/save/held-rows.ts';
import type { SaveRequest } from '../../../local-org/data/types.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

const CODE = 'UNABLE_TO_LOCK_ROW';

describe('rows that another transaction holds', () => {
  let org: LocalOrg;
  let account: string;
  let contact: string;
  let release: () => void;

  const save = (
    operation: SaveRequest['operation'],
    object: string,
    ...records: SaveRequest['records']
  ): readonly {
    readonly id: string | null;
    readonly code: string | undefined;
    readonly message: string | undefined;
  }[] =>
    org
      .transact(org.user(ADMIN_USERNAME), (tx) => tx.save({ operation, object, records, allOrNone: false }))
      .map(({ id, errors }) => ({ id, code: errors[0]?.statusCode, message: errors[0]?.message }));

  before(() => {
    org = openLocalOrg({ file: ':memory:' });
    account = save('insert', 'Account', { Name: 'Held' })[0]!.id!;
    contact = save('insert', 'Contact', { LastName: 'Held', AccountId: account })[0]!.id!;
    release = holdRows(org.database, [account, contact]);
  });
  after(() => org.close());

  it('are neither updated nor deleted, in the words of the platform; others are', () => {
    const [free] = save('insert', 'Account', { Name: 'Free' });
    const [held, other] = save('update', 'Account', { Id: account, Name: 'A' }, { Id: free!.id!, Name: 'B' });
    assert.equal(held!.code, CODE);
    assert.equal(held!.message, `unable to obtain exclusive access to this record or 1 records: ${account}`);
    assert.equal(other!.code, undefined);
    assert.equal(save('delete', 'Contact', { Id: contact })[0]!.code, CODE);
  });

  it('take no children that would lock them', () => {
    const opportunity = { Name: 'O', StageName: 'Prospecting', CloseDate: '2026-01-31' };
    assert.equal(save('insert', 'Opportunity', { ...opportunity, AccountId: account })[0]!.code, CODE);
    const [free] = save('insert', 'Opportunity', opportunity);
    assert.equal(free!.code, undefined);
    const role = { OpportunityId: free!.id!, ContactId: contact };
    assert.equal(save('insert', 'OpportunityContactRole', role)[0]!.code, CODE);
    const task = { Subject: 'T', WhatId: account, ActivityDate: '2026-01-31' };
    assert.equal(save('insert', 'Task', task)[0]!.code, CODE);
    assert.equal(save('insert', 'Task', { ...task, ActivityDate: null })[0]!.code, undefined);
    assert.equal(save('insert', 'Task', { ...task, Status: 'Completed' })[0]!.code, undefined);
  });

  it('are held until they are let go, by all who hold them', () => {
    const again = holdRows(org.database, [account]);
    again();
    again();
    assert.equal(save('update', 'Account', { Id: account, Name: 'C' })[0]!.code, CODE);
    release();
    assert.equal(save('update', 'Account', { Id: account, Name: 'C' })[0]!.code, undefined);
  });
});
