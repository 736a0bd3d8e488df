import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { removeAll } from '../../scripts/apply/remove-all.ts';
import { OrgError } from '../../scripts/org/types.ts';
import { fakeOrg } from './fake-org.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'waterfall-remove-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const field = (fullName: string) => ({ type: 'CustomField', fullName });
const HELD = 'This custom field is referenced elsewhere in salesforce.com. : Flow Version - Theirs-2';

/** Removes two fields from an org that answers one deployment after the other with these problems. */
const removing = async (answers: readonly (readonly string[])[]) => {
  const sent: string[] = [];
  const org = {
    ...fakeOrg(),
    deploy: (at: string) => {
      const places = answers[sent.length]!;
      sent.push(readFileSync(path.join(at, 'destructiveChangesPost.xml'), 'utf8'));
      return Promise.resolve({
        ...{ id: '0Af', status: 'x', done: true, success: places.length === 0, deployed: 0, total: 0, components: [] },
        problems: places.map((place) => ({ place, message: HELD, warning: false })),
      });
    },
  };
  const stays = await removeAll({
    ...{ org, versions: [], rest: [field('Lead.A__c'), field('Lead.B__c')] },
    ...{ run: { id: 'run', folder, write: () => undefined }, watch: () => undefined },
  });
  return { stays, sent };
};

test('what the org holds stays and is named with what holds it; the rest is deleted without it', async () => {
  const { stays, sent } = await removing([['CustomField Lead.A__c (destructiveChangesPost.xml:1:1)'], []]);
  assert.deepEqual(
    stays.map(({ place, message }) => [place, message.endsWith(HELD)]),
    [['CustomField Lead.A__c', true]],
  );
  assert.deepEqual(
    sent.map((xml) => [xml.includes('Lead.A__c'), xml.includes('Lead.B__c')]),
    [
      [true, true],
      [false, true],
    ],
  );
});

test('a refusal that concerns nothing of it is one of the whole', async () => {
  await assert.rejects(
    removing([['deployment']]),
    (error) => error instanceof OrgError && error.code === 'DEPLOY_REFUSED',
  );
});

test('when all of it is held nothing more is sent', async () => {
  const { stays, sent } = await removing([['CustomField Lead.A__c', 'CustomField Lead.B__c']]);
  assert.deepEqual([stays.length, sent.length], [2, 1]);
});
