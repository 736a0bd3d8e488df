import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suggestions, titleRoleFormulas } from '../../../../scripts/compile/flows/signals/title-role.ts';
import type { BuyingGroups } from '../../../../scripts/model/waterfall.ts';
import { openSignalLab } from './signal-lab.ts';

const groups = (
  roles: Readonly<Record<string, readonly string[]>>,
  defaultRole: string | null = null,
): BuyingGroups => ({
  roles: Object.entries(roles).map(([name, titleWords]) => ({ name, description: name, titleWords, source: name })),
  groups: [],
  coverageCounts: 'all',
  defaultRole,
});

describe('the role that a title suggests', () => {
  it('looks for the longest words first, and for words of one length in the order of the roles', () => {
    assert.deepEqual(
      suggestions(groups({ A: ['cfo', 'managing director'], B: ['director', 'ceo'], C: ['counsel', 'cto'] })),
      [
        { role: 'A', words: ['managing director'] },
        { role: 'B', words: ['director'] },
        { role: 'C', words: ['counsel'] },
        { role: 'A', words: ['cfo'] },
        { role: 'B', words: ['ceo'] },
        { role: 'C', words: ['cto'] },
      ],
    );
  });

  it('spreads over several formulas what one cannot hold', () => {
    const many = groups(
      Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`Role ${String(index)}`, [`word number ${String(index)}`]]),
      ),
      'Role 7',
    );
    const formulas = titleRoleFormulas(many, 'Title');
    assert.ok(formulas.length > 3);
    for (const { expression } of formulas) assert.ok(expression.length < 3900);
    assert.ok(
      formulas
        .at(-1)
        ?.expression.endsWith(`"Role 7"${')'.repeat(/\)*$/.exec(formulas.at(-1)!.expression)![0].length)}`),
    );
  });

  it('finds whole words, whatever stands between them, and leaves others without a role', async () => {
    const titles: Readonly<Record<string, string | null>> = {
      'Managing Director': 'Decision Maker',
      'Director, Managing Risks': 'Champion',
      'Vice-President of Sales': 'Decision Maker',
      'Vice - President': 'Decision Maker',
      'SVP/VP Operations': 'Decision Maker',
      'Co-Founder & CEO': 'Decision Maker',
      '(interim) CFO': 'Decision Maker',
      'Head of Procurement': 'Signer',
      HEAD: 'Champion',
      Heading: null,
      'IT Architect': 'Influencer',
      'Data Engineer': 'User',
      Poet: null,
    };
    const lab = await openSignalLab();
    try {
      const account = lab.account();
      const campaign = lab.campaign('Analytics');
      const people = lab.create(
        'Contact',
        Object.keys(titles).map((Title) => ({ LastName: 'Doe', AccountId: account, Title })),
      );
      lab.respond(...people.map((person) => [campaign, person] as const));
      const { Id } = lab.only(await lab.opportunities(account));
      const roles = new Map((await lab.members(Id)).map(({ ContactId, Role }) => [ContactId, Role]));
      assert.deepEqual(
        Object.fromEntries(Object.keys(titles).map((title, index) => [title, roles.get(people[index]!)])),
        titles,
      );
    } finally {
      await lab.close();
    }
  });
});
