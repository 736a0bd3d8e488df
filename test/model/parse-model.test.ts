import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseModel } from '../../scripts/model/parse-model.ts';
import { allStages } from '../../scripts/model/waterfall.ts';
import { pathOf, pathText } from '../../scripts/model/yaml-source.ts';

const DEFAULT = readFileSync('config/waterfall.yaml', 'utf8');

/** The default model with one text replaced, which must be there. */
const changed = (from: string, to: string): string => {
  assert.ok(DEFAULT.includes(from), `the default model holds ${JSON.stringify(from)}`);
  return DEFAULT.replace(from, to);
};
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

interface Refusal {
  readonly what: string;
  readonly code: string;
  readonly text: string;
  /** The finding stands in the line in which this part of the text begins. */
  readonly at: string;
  readonly says: RegExp;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'text that is not YAML',
    code: 'MODEL_YAML_SYNTAX',
    text: changed('  reentry: first', '  reentry: [first'),
    at: '  skipped',
    says: /./,
  },
  {
    what: 'a key twice',
    code: 'MODEL_DUPLICATE_KEY',
    text: changed('  reentry: first', '  reentry: first\n  reentry: latest'),
    at: '  reentry: latest',
    says: /unique/i,
  },
  {
    what: 'an unknown key',
    code: 'MODEL_UNKNOWN_KEY',
    text: changed('        nextStep: Run the', '        nextStop: Run the'),
    at: '        nextStop',
    says: /no entry called "nextStop"/,
  },
  {
    what: 'a missing entry',
    code: 'MODEL_MISSING_ENTRY',
    text: changed('    typeValue: Renewal\n', ''),
    at: '    label: Renewal',
    says: /opportunityTypes\.renewal\.typeValue is missing/,
  },
  {
    what: 'a name that is too long',
    code: 'MODEL_INVALID_VALUE',
    text: changed('- name: Targeted', '- name: Targeted by more than one of our programmes'),
    at: '- name: Targeted by',
    says: /longer than 35 characters/,
  },
  {
    what: 'a name with punctuation',
    code: 'MODEL_INVALID_VALUE',
    text: changed('- name: Proposal', '- name: Proposal/Quote'),
    at: '- name: Proposal/Quote',
    says: /letters, digits and single spaces/,
  },
  {
    what: 'an SLA that is no duration',
    code: 'MODEL_INVALID_VALUE',
    text: changed('sla: 120 business days', 'sla: soon'),
    at: 'sla: soon',
    says: /not a duration/,
  },
  {
    what: 'the same stage twice in a type',
    code: 'MODEL_DUPLICATE_NAME',
    text: changed(
      '      - Closed Won\n      - Closed Lost\n      - name: Recycled',
      '      - Closed Won\n      - Closed Lost\n      - closed won\n      - name: Recycled',
    ),
    at: '      - closed won',
    says: /"closed won" is there twice/,
  },
  {
    what: 'a stage that two types define differently',
    code: 'MODEL_STAGE_CONFLICT',
    text: changed('- name: Upsell Negotiation', '- name: Negotiation'),
    at: '- name: Negotiation\n        owner: sales\n        probability: 80',
    says: /defined differently in acquisition and in upsell: probability/,
  },
  {
    what: 'a stage that is defined nowhere',
    code: 'MODEL_UNKNOWN_STAGE',
    text: changed(
      '      - Closed Won\n      - Closed Lost\n      - name: Recycled',
      '      - Closed Won\n      - Closed Last\n      - name: Recycled',
    ),
    at: '      - Closed Last',
    says: /No stage called "Closed Last"/,
  },
  {
    what: 'a stage name that the automation needs itself',
    code: 'MODEL_RESERVED_NAME',
    text: DEFAULT.replaceAll('Upsell Confirmed', 'Contract Start'),
    at: '- name: Contract Start',
    says: /automation's own fields/,
  },
  {
    what: 'two handshakes of one name',
    code: 'MODEL_DUPLICATE_NAME',
    text: changed('- name: Sales Development hands over to Sales', '- name: Marketing hands over to Sales Development'),
    at: '- name: Marketing hands over to Sales Development\n    opportunityType: acquisition\n    stage: Discovery',
    says: /handshake "Marketing hands over to Sales Development" is there twice/,
  },
  {
    what: 'a queue whose name a queue cannot have',
    code: 'MODEL_HANDSHAKE_QUEUE',
    text: changed('{ queue: Waterfall Sales Development }', '{ queue: 4 you }'),
    at: '4 you',
    says: /"4 you" cannot be the name of a queue/,
  },
  {
    what: 'a handshake for a field that holds no user',
    code: 'MODEL_HANDSHAKE_FIELD',
    text: changed('{ queue: Waterfall Sales Development }', '{ accountField: Industry }'),
    at: 'Industry }',
    says: /"Industry" is no field of Account that holds a user/,
  },
  {
    what: 'a reminder before the request',
    code: 'MODEL_HANDSHAKE_REMINDER',
    text: changed('sla: 8 hours', 'sla: 4 hours'),
    at: 'sla: 4 hours',
    says: /remind 4 hours before the end of 4 hours/,
  },
  {
    what: 'a rejection that moves on',
    code: 'MODEL_HANDSHAKE_REJECT_FORWARD',
    text: changed('stage: Prioritized\n    giver: marketing', 'stage: Detected\n    giver: salesDevelopment').replace(
      'onReject: { stage: Engaged }',
      'onReject: { stage: Qualified }',
    ),
    at: 'Qualified }',
    says: /"Qualified" does not come before "Detected"/,
  },
  {
    what: 'a way back from what is closed',
    code: 'MODEL_COMES_BACK_FROM',
    text: changed('reasons: [No need, No fit, No buying group, Bad data]', 'comesBackTo: Engaged'),
    at: 'comesBackTo: Engaged\n        raci:\n          responsible: Sales Development Representative',
    says: /"Disqualified" is lost/,
  },
  {
    what: 'a way back to nowhere',
    code: 'MODEL_COMES_BACK_TO',
    text: changed('comesBackTo: Engaged', 'comesBackTo: Closed Won'),
    at: 'comesBackTo: Closed Won',
    says: /"Closed Won" is closed, a detour, or asks for a reason.*/,
  },
  {
    what: 'a stage with reasons where automation creates',
    code: 'MODEL_REASON_UNASKED',
    text: changed('- name: Upsell Identified', '- name: Upsell Identified\n        reasons: [Growth]'),
    at: 'stage: Upsell Identified',
    says: /"Upsell Identified" asks for a reason/,
  },
  {
    what: 'a lost renewal with a reason that the stage does not have',
    code: 'MODEL_LOST_RENEWAL_REASON',
    text: changed('reason: Customer churned', 'reason: Gone'),
    at: 'reason: Gone',
    says: /"Gone" is no reason of "Closed Lost"/,
  },
  {
    what: 'a type without a won stage',
    code: 'MODEL_NO_WON_STAGE',
    text: changed('      - Closed Won\n      - Closed Lost\n\n  upsell:', '      - Closed Lost\n\n  upsell:'),
    at: '      - name: Renewal Scheduled',
    says: /Renewal has no won stage/,
  },
  {
    what: 'a won stage with the wrong probability',
    code: 'MODEL_STAGE_OUTCOME',
    text: changed('    probability: 100', '    probability: 90'),
    at: '    outcome: won',
    says: /"Closed Won" is won but has probability 90/,
  },
  {
    what: 'a birth in a closed stage',
    code: 'MODEL_CREATION_CLOSED',
    text: changed('      stage: Renewal Scheduled', '      stage: Closed Won'),
    at: '      stage: Closed Won',
    says: /born in the closed stage/,
  },
  {
    what: 'a promotion to a stage that is not there',
    code: 'MODEL_UNKNOWN_STAGE',
    text: changed('    to: Prioritized', '    to: Prioritised'),
    at: '    to: Prioritised',
    says: /no stage called "Prioritised"/,
  },
  {
    what: 'a promotion backward',
    code: 'MODEL_PROMOTION_BACKWARD',
    text: changed('    to: Prioritized', '    to: Targeted'),
    at: '    to: Targeted',
    says: /does not come after/,
  },
  {
    what: 'a promotion into a closed stage',
    code: 'MODEL_PROMOTION_TO',
    text: changed('    to: Prioritized', '    to: Closed Won'),
    at: '    to: Closed Won',
    says: /closed or a detour/,
  },
  {
    what: 'a handshake at a stage that is not there',
    code: 'MODEL_UNKNOWN_STAGE',
    text: changed('    stage: Prioritized', '    stage: Accepted'),
    at: '    stage: Accepted',
    says: /no stage called "Accepted"/,
  },
  {
    what: 'a handshake of a function with itself',
    code: 'MODEL_HANDSHAKE_SAME_OWNER',
    text: changed('    giver: salesDevelopment', '    giver: sales'),
    at: '    giver: sales\n',
    says: /nothing is handed over/,
  },
  {
    what: 'a rejection that leads to a stage of somebody else',
    code: 'MODEL_HANDSHAKE_REJECT',
    text: changed('onReject: { stage: Qualified }', 'onReject: { stage: Engaged }'),
    at: 'onReject: { stage: Engaged }\n  - name: Customer Success hands a renewal',
    says: /not an open stage of the giver/,
  },
  {
    what: 'a way to match leads that never decides',
    code: 'MODEL_MATCH_ORDER',
    text: changed('companyNameAndCountry, companyName]', 'companyName, companyNameAndCountry]'),
    at: 'companyNameAndCountry]',
    says: /never decides/,
  },
  {
    what: 'leads that are taken to want a solution that is not there',
    code: 'MODEL_UNKNOWN_SOLUTION',
    text: changed('  noSolution: alertRevOps', '  noSolution: { solution: Analytic }'),
    at: 'Analytic }',
    says: /There is no solution called "Analytic"/,
  },
  {
    what: 'another way with leads that name no solution than there is',
    code: 'MODEL_INVALID_VALUE',
    text: changed('  noSolution: alertRevOps', '  noSolution: createAccount'),
    at: 'createAccount',
    says: /leads\.noSolution is not one of alertRevOps, ignore, or solution with the name of one/,
  },
  {
    what: 'a win that creates a won opportunity',
    code: 'MODEL_CLOSED_WON_ENDLESS',
    text: changed('    stage: Renewal Scheduled\n    closeDate', '    stage: Closed Won\n    closeDate'),
    at: '    stage: Closed Won\n    closeDate',
    says: /without end/,
  },
  {
    what: 'a circle of wins with no contract term in it',
    code: 'MODEL_CLOSED_WON_ENDLESS',
    text: changed(
      '    from: [acquisition]\n    creates: crossSell',
      '    from: [acquisition, upsell, crossSell]\n    creates: crossSell',
    ),
    at: '  - name: The next solution',
    says: /create without end: The next solution -> The next solution/,
  },
  {
    what: 'a rule for a type that the model does not have',
    code: 'MODEL_UNKNOWN_TYPE',
    text: DEFAULT.replace(/ {2}upsell:\n {4}label[\s\S]*?(?= {2}crossSell:\n)/, ''),
    at: '  - name: Customer Success hands an upsell',
    says: /no opportunity type upsell/,
  },
  {
    what: 'a solution for a buying group that is not there',
    code: 'MODEL_UNKNOWN_BUYING_GROUP',
    text: changed('    buyingGroup: Platform decision', '    buyingGroup: Board'),
    at: '    buyingGroup: Board',
    says: /no buying group called "Board"/,
  },
  {
    what: 'a role that is not there',
    code: 'MODEL_UNKNOWN_ROLE',
    text: changed('roles: [Decision Maker, Champion, User]', 'roles: [Decision Maker, Champion, Users]'),
    at: 'roles: [Decision Maker, Champion, Users]',
    says: /no buying-group role called "Users"/,
  },
];

describe('a model file', () => {
  test('the default model is accepted as it stands', () => {
    const { waterfall, findings } = parseModel(DEFAULT, 'waterfall.yaml');
    assert.deepEqual(findings, []);
    assert.ok(waterfall);
    assert.deepEqual(
      waterfall.opportunityTypes.map((type) => [type.key, type.stages.length, type.stages.at(-1)?.name]),
      [
        ['acquisition', 12, 'Disqualified'],
        ['renewal', 6, 'Closed Lost'],
        ['upsell', 6, 'Closed Lost'],
        ['crossSell', 7, 'Closed Lost'],
      ],
    );
    const won = waterfall.opportunityTypes.map((type) => type.stages.find((stage) => stage.outcome === 'won'));
    assert.ok(
      won.every((stage) => stage === won[0]),
      'a shared stage is one value',
    );
    assert.deepEqual(waterfall.opportunityTypes[0]?.stages[0]?.sla, { amount: 120, unit: 'businessDays' });
    assert.equal(waterfall.handshakes[0]?.receiver, 'salesDevelopment');
  });

  test('says which rules create nothing', () => {
    const idle = (text: string) =>
      parseModel(text, 'waterfall.yaml').findings.flatMap(({ severity, code, message }) =>
        code === 'MODEL_RULE_IDLE' ? [`${severity}: ${message}`] : [],
      );
    assert.deepEqual(idle(DEFAULT.replaceAll(/^ {4}sellsNext: .*\n/gm, '')), [
      'info: "The next solution" creates nothing: no solution names one to sell next.',
    ]);
    const twice = changed(
      '    creates: upsell\n    stage: Upsell Identified',
      '    creates: crossSell\n    stage: Cross Sell Identified',
    );
    assert.deepEqual(idle(twice), [
      'info: "The next solution" never runs for acquisition: "More of the same" creates its crossSell, and a win creates one.',
    ]);
  });

  test('refuses a promotion by the coverage of a group that has no roles', () => {
    const minimal = readFileSync('config/models/minimal.yaml', 'utf8');
    const codes = (when: string) =>
      parseModel(
        `${minimal}\npromotions:\n  - { name: Enough, opportunityType: acquisition, from: Engaged, to: Qualified, when: ${when} }\n`,
        'minimal.yaml',
      ).findings.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
    assert.deepEqual(codes('{ groupCoverage: 50 }'), ['MODEL_PROMOTION_NO_ROLES']);
    assert.deepEqual(codes('{ totalScore: 50 }'), []);
  });

  test('each field that a stage requires knows its line', () => {
    const { waterfall } = parseModel(DEFAULT, 'waterfall.yaml');
    const lines = DEFAULT.split('\n');
    const places = allStages(waterfall!).flatMap((stage) => Object.entries(stage.requiredAt ?? {}));
    assert.ok(places.length > 5);
    for (const [field, place] of places) {
      const [, line, column] = /^waterfall\.yaml:(\d+):(\d+)$/.exec(place) ?? [];
      assert.ok(lines[Number(line) - 1]!.slice(Number(column) - 1).startsWith(field), `${field} at ${place}`);
    }
  });

  test('a path reads the same there and back', () => {
    const path = ['opportunityTypes', 'renewal', 'stages', 12, 'requiredToLeave', 0];
    assert.deepEqual(pathOf(pathText(path)), path);
  });

  for (const { what, code, text, at, says } of REFUSALS) {
    test(`refuses ${what}`, () => {
      const { waterfall, findings } = parseModel(text, 'waterfall.yaml');
      assert.equal(waterfall, null);
      const finding = findings.find((candidate) => candidate.code === code);
      assert.ok(finding, `${code} among ${findings.map((other) => `${other.code} ${other.message}`).join('; ')}`);
      assert.match(finding.message, says);
      assert.match(finding.place, new RegExp(`^waterfall\\.yaml:${lineOf(text, at)}:\\d+$`));
      assert.ok(finding.action.length > 10);
    });
  }

  test('an empty file is refused with what is missing, not with a crash', () => {
    const { waterfall, findings } = parseModel('', 'waterfall.yaml');
    assert.equal(waterfall, null);
    assert.ok(
      findings.some(
        (finding) => finding.code === 'MODEL_MISSING_ENTRY' && finding.message.startsWith('opportunityTypes '),
      ),
    );
  });
});
