/** Leads that the org refuses to convert, where a flow of the org itself answers the refusal by a save of its own: one, and 200 at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LEAD_FIELD } from '../../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { deployComponent } from '../deploy-component.ts';
import { openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

/** Leads alone. */
const leadModel = (standard: Waterfall): Waterfall => ({
  ...standard,
  opportunityTypes: standard.opportunityTypes.slice(0, 1),
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
});

type Json = Readonly<Record<string, unknown>>;

const RATE = { targetReference: 'Rate' };
const atOnce: Json = { connector: RATE };
const asynchronously: Json = { scheduledPaths: [{ connector: RATE, pathType: 'AsyncAfterCommit' }] };
const notConverted: Json = {
  field: LEAD_FIELD.matchStatus,
  operator: 'EqualTo',
  value: { stringValue: 'Not Converted' },
};
const becomes: Json = { doesRequireRecordChangedToMeetCriteria: true, filters: [notConverted] };
const isChanged: Json = {
  filters: [notConverted, { field: LEAD_FIELD.matchStatus, operator: 'IsChanged', value: { booleanValue: true } }],
};

/** As an admin builds it: when the match status becomes Not Converted, the lead is rated. */
const ownFlow = (start: Json): Json => ({
  apiVersion: 66,
  label: 'Rate refused leads',
  processType: 'AutoLaunchedFlow',
  status: 'Active',
  start: {
    object: 'Lead',
    recordTriggerType: 'Update',
    triggerType: 'RecordAfterSave',
    filterLogic: 'and',
    locationX: 0,
    locationY: 0,
    ...start,
  },
  recordUpdates: [
    {
      name: 'Rate',
      label: 'Rate',
      locationX: 0,
      locationY: 0,
      inputReference: '$Record',
      inputAssignments: [{ field: 'Rating', value: { stringValue: 'Cold' } }],
    },
  ],
});

const MESSAGE = 'A phone number, please.';
const FIELDS = `Id, IsConverted, Rating, ${LEAD_FIELD.matchStatus}, ${LEAD_FIELD.conversionProblem}`;
/** More transactions than any of these tests needs. */
const MANY = 100;

const VARIANTS: Readonly<Record<string, Json>> = {
  'with the save': { ...becomes, ...atOnce },
  'on an asynchronous path, when the lead comes to meet the conditions': { ...becomes, ...asynchronously },
  'on an asynchronous path, when the status is changed': { ...isChanged, ...asynchronously },
};

for (const [variant, start] of Object.entries(VARIANTS))
  describe(`a refused lead that a flow of the org saves ${variant}`, () => {
    let leads: LeadOrg;
    before(async () => {
      leads = await openLeadOrg(leadModel(await defaultModel()));
      await deployComponent(leads.org, { type: 'Flow', fullName: 'Rate_Refused_Leads', metadata: ownFlow(start) });
      await leads.deployRule('Contact', 'ISBLANK(Phone)', true, MESSAGE);
      await leads.create('Account', { Name: 'Refusing', Website: 'refusing.example' });
    });
    after(() => leads.close());

    const conversions = (): number => leads.conversions(MANY).length;
    const stateOf = (id: string) => leads.one(`SELECT ${FIELDS} FROM Lead WHERE Id = '${id}'`);
    const assertRefused = (row: OrgRecord): void => {
      assert.deepEqual(
        [row.IsConverted, row.Rating, row[LEAD_FIELD.matchStatus]],
        [false, 'Cold', 'Not Converted'],
        JSON.stringify(row),
      );
      assert.match(String(row[LEAD_FIELD.conversionProblem]), new RegExp(MESSAGE));
    };

    it('stays and says why, is tried again when a person corrects it later, and only then', async () => {
      const before = conversions();
      const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', Email: 'one@refusing.example' });
      leads.settle();
      assertRefused(await stateOf(id));
      assert.equal(conversions(), before + 1);

      leads.later();
      await leads.update('Lead', { Id: id, Title: 'CEO', Rating: 'Hot' });
      leads.settle();
      assertRefused(await stateOf(id));
      assert.equal(conversions(), before + 2);

      leads.later();
      await leads.update('Lead', { Id: id, Phone: '+49 30 1' });
      leads.settle();
      const converted = await stateOf(id);
      assert.deepEqual([converted.IsConverted, converted[LEAD_FIELD.matchStatus]], [true, 'Converted']);
      assert.equal(conversions(), before + 3);
    });

    it('stays and says why when 200 are refused at once, and each is tried again when it is corrected later', async () => {
      const before = conversions();
      const ids = await leads.createAll(
        'Lead',
        Array.from({ length: 200 }, (_, n) => ({
          LastName: `Many ${String(n)}`,
          Company: 'x',
          Email: `p${String(n)}@refusing.example`,
        })),
      );
      leads.settle();
      const where = "Email LIKE 'p%@refusing.example'";
      const refused = await leads.query(`SELECT ${FIELDS} FROM Lead WHERE ${where}`);
      assert.equal(refused.length, ids.length);
      refused.forEach(assertRefused);
      assert.equal(conversions(), before + 1);

      leads.later();
      const saved = await leads.org.update(
        'Lead',
        ids.map((Id) => ({ Id, Phone: '+49 30 1' })),
      );
      assert.ok(saved.every(({ success }) => success));
      leads.settle();
      assert.equal((await leads.query(`SELECT Id FROM Lead WHERE ${where} AND IsConverted = TRUE`)).length, 200);
      assert.equal(conversions(), before + 2);
    });
  });
