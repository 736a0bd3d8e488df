/** What was put aside is moved on afterwards only for a higher figure than it had. One and 200 of them. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { FIELD } from '../../../scripts/compile/names.ts';
import { openPromotionLab } from './promotion-lab.ts';
import type { Values } from './org-lab.ts';

const DAY = 24 * 3_600_000;

describe('promotions of what was recycled, in a local org', async () => {
  const { lab, opportunity, open, person, join, score, move, stateOf, firedOf, recycled, stageOf } =
    await openPromotionLab();
  after(() => lab.close());

  it('lets what was recycled stay with the same score, and moves it on once for a higher one', async () => {
    const id = open('Engaged');
    const ann = person(120);
    join(id, ann);
    const [code] = await firedOf(id);
    move(id, recycled);
    assert.deepEqual(await firedOf(id), [`${code!}=000120`]);
    score(ann, 110);
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Engaged');
    score(ann, 120);
    assert.equal(await stageOf(id), 'Engaged');
    // Recycled once more without having been moved on: what is remembered stays.
    score(ann, 80);
    move(id, recycled);
    assert.deepEqual(await firedOf(id), [`${code!}=000120`]);
    move(id, { StageName: 'Engaged' });
    score(ann, 120);
    assert.equal(await stageOf(id), 'Engaged');

    score(ann, 130);
    assert.equal(await stageOf(id), 'Prioritized');
    assert.deepEqual(await firedOf(id), [code]);
    // Within the pass the rule is through, whatever the score.
    move(id, { StageName: 'Engaged' });
    score(ann, 140);
    assert.equal(await stageOf(id), 'Engaged');
    // And the next one asks for more than it had.
    move(id, recycled);
    assert.deepEqual(await firedOf(id), [`${code!}=000140`]);
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Engaged');
  });

  it('moves it on at once when the score has risen while it was recycled', async () => {
    const id = open('Engaged');
    const ann = person(120);
    join(id, ann);
    move(id, recycled);
    score(ann, 121);
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Prioritized');
  });

  it('says in the task of what comes back where it is, also when a promotion moves it on in the same save', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) => opportunity('Engaged', { Name: `Back ${String(index)}` })),
    );
    const all = (values: (index: number) => Values) =>
      lab.update(
        'Opportunity',
        ids.map((Id, index) => ({ Id, ...values(index) })),
      );
    const until = new Date(lab.local.clock.now().getTime() + 3 * DAY).toISOString().slice(0, 10);
    all(() => ({ ...recycled, Nurture_Until__c: until }));
    // Every other one gets the score while it rests.
    all((index) => ({ [FIELD.highestScore]: index % 2 === 0 ? 120 : 99 }));
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + 4 * DAY));
    lab.work();
    const tasks = await lab.query(
      "SELECT Subject, Description FROM Task WHERE Subject LIKE 'Back from Recycled: Back %'",
    );
    assert.deepEqual(
      new Map(tasks.map(({ Subject, Description }) => [Subject, String(Description).split('\nAccountable')[0]])),
      new Map(
        ids.map((_, index) => {
          const [stage, next, who] =
            index % 2 === 0
              ? [
                  'Prioritized',
                  'Reach the members of the buying group and agree on a conversation.',
                  'Sales Development Representative',
                ]
              : [
                  'Engaged',
                  "Deepen the engagement until a member's score shows readiness to talk.",
                  'Demand Generation Manager',
                ];
          const name = `Back ${String(index)}`;
          return [
            `Back from Recycled: ${name}`,
            `${name} rested in Recycled until ${until} and is back in ${stage}.\nWhy it rested: Timing\nNext step: ${next}\n\nResponsible: ${who}`,
          ];
        }),
      ),
    );
    assert.equal(tasks.length, 200);
  });

  it('lets what was recycled stay with the figures it had, where the rules had never moved it on', async () => {
    // Further on than the rule leads, put there when it was created or moved there by hand.
    const created = open('Qualified');
    const moved = open('Engaged');
    move(moved, { StageName: 'Qualified' });
    for (const id of [created, moved]) {
      const ann = person(120);
      join(id, ann);
      assert.deepEqual(await firedOf(id), []);
      move(id, recycled);
      // Only the rule that holds.
      assert.deepEqual(
        (await firedOf(id)).map((entry) => entry.slice(7)),
        ['=000120'],
      );
      score(ann, 110);
      score(ann, 120);
      move(id, { StageName: 'Engaged' });
      assert.equal(await stageOf(id), 'Engaged');
      score(ann, 121);
      assert.equal(await stageOf(id), 'Prioritized');
    }

    // By percents; a rule that did not hold then moves it on as ever.
    const group = open('Discovery', { NextStep: 'Meet' });
    const ann = person(30);
    join(group, ann, { Role: 'User' });
    for (const Role of ['Decision Maker', 'Signer', 'Champion']) join(group, person(1), { Role });
    move(group, recycled);
    const [entry, ...more] = await firedOf(group);
    assert.match(entry!, /=000075$/);
    assert.deepEqual(more, []);
    move(group, { StageName: 'Engaged' });
    assert.equal(await stageOf(group), 'Engaged');
    score(ann, 100);
    assert.equal(await stageOf(group), 'Prioritized');
  });

  it('asks for a higher figure than the highest with which it was put aside, by whomever it was moved on between', async () => {
    const id = open('Engaged');
    const ann = person(120);
    join(id, ann);
    const [code] = await firedOf(id);
    move(id, recycled);
    move(id, { StageName: 'Qualified' });
    score(ann, 150);
    move(id, recycled);
    assert.deepEqual(
      (await firedOf(id)).filter((entry) => entry.startsWith(code!)),
      [`${code!}=000150`],
    );
    score(ann, 130);
    move(id, { StageName: 'Engaged' });
    move(id, recycled);
    score(ann, 150);
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Engaged');
    score(ann, 160);
    assert.equal(await stageOf(id), 'Prioritized');
  });

  it('keeps every other rule as it was: percents as percents, a field once for all, numbers beyond the room as the highest', async () => {
    const coverage = open('Engaged');
    for (const Role of ['Decision Maker', 'Signer', 'Champion']) join(coverage, person(1), { Role });
    assert.equal(await stageOf(coverage), 'Qualified');
    const [code] = await firedOf(coverage);
    move(coverage, recycled);
    assert.deepEqual(await firedOf(coverage), [`${code!}=000075`]);
    move(coverage, { StageName: 'Engaged' });
    assert.equal(await stageOf(coverage), 'Engaged');
    join(coverage, person(1), { Role: 'Influencer' });
    assert.equal(await stageOf(coverage), 'Qualified');

    const field = open('Targeted', { LeadSource: 'Partner' });
    const partner = await firedOf(field);
    move(field, recycled);
    assert.deepEqual(await firedOf(field), partner);
    move(field, { StageName: 'Targeted' });
    assert.equal(await stageOf(field), 'Targeted');

    const huge = open('Engaged');
    const ann = person(2_500_000);
    join(huge, ann);
    move(huge, recycled);
    assert.match((await firedOf(huge))[0]!, /=999999$/);
    score(ann, 2_600_000);
    move(huge, { StageName: 'Engaged' });
    assert.equal(await stageOf(huge), 'Engaged');
  });

  it('takes a full field: the oldest falls off', async () => {
    const id = open('Engaged');
    const ann = person(120);
    join(id, ann);
    const [code] = await firedOf(id);
    const others = Array.from({ length: 30 }, (_, index) => `${String(index).padStart(7, '0')};`).join('');
    move(id, { [FIELD.promotionsFired]: `oldest;${others}${code!};` });
    move(id, recycled);
    const fired = String((await stateOf(id))[FIELD.promotionsFired]);
    assert.equal(fired.length, 255);
    assert.match(fired, new RegExp(`^0000000;.*;0000029;${code!}=000120;$`));
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Engaged');
  });

  it('lets 200 stay with the score they had, which no rule had moved on', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => opportunity('Qualified', { [FIELD.highestScore]: 120 })),
    );
    const save = (values: Values) =>
      lab.usedToUpdate(
        'Opportunity',
        ids.map((Id) => ({ Id, ...values })),
      );
    const stages = async () =>
      (
        await lab.query(
          `SELECT StageName, COUNT(Id) some FROM Opportunity WHERE Id IN ('${ids.join("','")}') GROUP BY StageName`,
        )
      ).map(({ StageName, some }) => [StageName, some]);
    save(recycled);
    const back = save({ StageName: 'Engaged' });
    assert.deepEqual([back.queries, back.dmlStatements], [0, 0]);
    assert.deepEqual(await stages(), [['Engaged', 200]]);
    save({ [FIELD.highestScore]: 121 });
    assert.deepEqual(await stages(), [['Prioritized', 200]]);
  });

  it('puts 200 aside and lets them stay, without a query or a save of its own', async () => {
    const groups = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => opportunity('Targeted', { LeadSource: 'Partner' })),
    );
    lab.update(
      'Opportunity',
      groups.map((Id) => ({ Id, StageName: 'Engaged', [FIELD.highestScore]: 120 })),
    );
    const countIn = async (stage: string) =>
      (
        await lab.query(
          `SELECT COUNT(Id) some FROM Opportunity WHERE StageName = '${stage}' AND Id IN ('${groups.join("','")}')`,
        )
      )[0]!['some'];
    const all = (values: Values): readonly Values[] => groups.map((Id) => ({ Id, ...values }));
    const save = (values: Values) => lab.usedToUpdate('Opportunity', all(values));
    assert.equal(await countIn('Prioritized'), 200);
    save(recycled);
    const back = save({ StageName: 'Engaged' });
    assert.deepEqual([back.queries, back.dmlStatements], [0, 0]);
    assert.equal(await countIn('Engaged'), 200);
    save({ [FIELD.highestScore]: 130 });
    assert.equal(await countIn('Prioritized'), 200);
  });
});
