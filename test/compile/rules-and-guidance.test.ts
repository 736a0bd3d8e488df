import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { compileLeaveStageRules } from '../../scripts/compile/leave-stage-rules.ts';
import { guidance } from '../../scripts/compile/paths.ts';
import { ANY_ORG } from '../../scripts/compile/org-facts.ts';
import type { OrgFacts } from '../../scripts/compile/org-facts.ts';
import { compileStageOfTypeRules } from '../../scripts/compile/stage-of-type-rules.ts';
import { compileStagesModule } from '../../scripts/compile/stages-module.ts';
import { fitName, shorten } from '../../scripts/compile/text.ts';
import { CompileError } from '../../scripts/compile/validation-rule.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { defaultModel, twoTypes } from './models.ts';

interface Rule {
  readonly errorConditionFormula: string;
  readonly errorDisplayField: string;
  readonly errorMessage: string;
}
const rule = (model: Waterfall, name: string): Rule =>
  compileLeaveStageRules(model).find(({ fullName }) => fullName === `Opportunity.${name}`)!.metadata as Rule;

test('leaving a stage forward needs its fields; losing it or a detour does not', () => {
  const { errorConditionFormula, errorDisplayField, errorMessage } = rule(defaultModel, 'Waterfall_Proposal_Amount');
  assert.match(
    errorConditionFormula,
    /ISPICKVAL\(StageName, "Negotiation"\),\s+ISPICKVAL\(StageName, "Closed Won"\)\s+\)/,
  );
  assert.doesNotMatch(errorConditionFormula, /Closed Lost|Recycled|Discovery/);
  assert.equal(errorDisplayField, 'Amount');
  assert.equal(errorMessage, 'Fill in Amount before you move this opportunity forward from Proposal.');
});

test('a picklist is tested as a picklist', () => {
  assert.match(rule(twoTypes, 'Waterfall_Proposal_Solution').errorConditionFormula, /ISPICKVAL\(Solution__c, ""\)/);
  assert.match(rule(twoTypes, 'Waterfall_Proposal_Amount').errorConditionFormula, /ISBLANK\(Amount\)/);
});

test("a field of the org's own is tested by the type that the org has told", () => {
  const [type, ...rest] = twoTypes.opportunityTypes;
  const stages = type!.stages.map((stage) =>
    stage.name === 'Proposal'
      ? { ...stage, requiredToLeave: ['LeadSource', 'Region__c', 'Agreed__c', 'Note__c'] }
      : stage,
  );
  const org: OrgFacts = { ...ANY_ORG, fieldKinds: { Region__c: 'picklist', Agreed__c: 'checkbox' } };
  const conditions = compileLeaveStageRules(
    { ...twoTypes, opportunityTypes: [{ ...type!, stages }, ...rest] },
    org,
  ).map(({ metadata }) => (metadata as Rule).errorConditionFormula.split('\n').at(-2)?.trim());
  assert.deepEqual(conditions, [
    'ISPICKVAL(LeadSource, "")',
    'ISPICKVAL(Region__c, "")',
    'NOT(Agreed__c)',
    'ISBLANK(Note__c)',
  ]);
});

test('an adopted record type may go on using the stages that it had', () => {
  const org: OrgFacts = { ...ANY_ORG, keptStages: { New_Logo: ['Perception Analysis', 'The "big" one', 'Proposal'] } };
  const [ofNewLogo, ofRenewal] = compileStageOfTypeRules(twoTypes, org).map(
    ({ metadata }) => (metadata as Rule).errorConditionFormula,
  );
  assert.ok(ofNewLogo!.includes('ISPICKVAL(StageName, "Perception Analysis")'));
  assert.ok(ofNewLogo!.includes('ISPICKVAL(StageName, "The \\"big\\" one")'));
  assert.equal(ofNewLogo!.split('"Proposal"').length, 2);
  assert.deepEqual(ofRenewal, (compileStageOfTypeRules(twoTypes)[1]!.metadata as Rule).errorConditionFormula);
});

test('more kept stages than a formula holds are refused by name', () => {
  const kept = Array.from({ length: 90 }, (_, index) => `A stage with a name of its own ${String(index)}`);
  assert.throws(
    () => compileStageOfTypeRules(twoTypes, { ...ANY_ORG, keptStages: { New_Logo: kept } }),
    (error) => error instanceof CompileError && error.message.includes('Waterfall_Stage_of_New_Logo'),
  );
});

test('out of a detour, every open step and winning are forward', () => {
  const [acquisition, ...rest] = twoTypes.opportunityTypes;
  const stages = acquisition!.stages.map((stage) =>
    stage.kind === 'detour' ? { ...stage, requiredToLeave: ['NextStep'] } : stage,
  );
  const model = { ...twoTypes, opportunityTypes: [{ ...acquisition!, stages }, ...rest] };
  const { errorConditionFormula } = rule(model, 'Waterfall_Recycled_NextStep');
  for (const name of ['Targeted', 'Proposal', 'Closed Won'])
    assert.match(errorConditionFormula, new RegExp(`ISPICKVAL\\(StageName, "${name}"\\)`));
});

test('a stage that types share has one rule, which asks each type for its own way forward', () => {
  const [acquisition, renewal] = twoTypes.opportunityTypes;
  const proposal = acquisition!.stages.find(({ name }) => name === 'Proposal')!;
  const model = {
    ...twoTypes,
    opportunityTypes: [acquisition!, { ...renewal!, stages: [proposal, ...renewal!.stages] }],
  };
  const rules = compileLeaveStageRules(model);
  assert.equal(rules.length, 2);
  assert.match(
    rule(model, 'Waterfall_Proposal_Amount').errorConditionFormula,
    /"New_Logo"[\s\S]+"Renewal"[\s\S]+"Scheduled"/,
  );
});

test('guidance is safe rich text and fits, whatever the model says', () => {
  const stage = twoTypes.opportunityTypes[0]!.stages[0]!;
  fc.assert(
    fc.property(
      fc.string({ maxLength: 240 }),
      fc.string({ maxLength: 240 }),
      fc.string({ maxLength: 240 }),
      (definition, nextStep, entryRule) => {
        const text = guidance({ ...stage, definition, nextStep, entryRule });
        assert.ok(text.length <= 1000);
        assert.doesNotMatch(text.replace(/<\/?[pb]>/g, ''), /[<>"]|&(?!amp;|lt;|gt;|quot;)/);
        assert.equal(text.match(/<p>/g)?.length, text.match(/<\/p>/g)?.length);
      },
    ),
  );
});

test('the stage definitions survive as a module, whatever the model says', async () => {
  const tricky = `It's "quoted" \\ and \n on two lines – \${x} \u2028`;
  const [type] = twoTypes.opportunityTypes;
  const model = {
    ...twoTypes,
    opportunityTypes: [{ ...type!, stages: type!.stages.map((stage) => ({ ...stage, definition: tricky })) }],
  };
  const { files } = compileStagesModule(model)[0]!;
  const load = async (
    text: string,
  ): Promise<{
    STAGES: Record<string, { definition: string; name: string; sla: unknown }[]>;
    TYPE_FIELD: string;
  }> => (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as never;
  const { STAGES, TYPE_FIELD } = await load(files!['waterfallStages.js']!);
  assert.equal(TYPE_FIELD, 'Opportunity.RecordType.DeveloperName');
  assert.deepEqual(Object.keys(STAGES), ['New_Logo']);
  const stages = STAGES.New_Logo ?? [];
  assert.deepEqual(
    stages.map(({ name }) => name),
    ['Targeted', 'Proposal', 'Closed Won', 'Closed Lost', 'Recycled'],
  );
  assert.ok(stages.every(({ definition }) => definition === tricky));
  assert.deepEqual(stages[0]?.sla, { amount: 8, unit: 'hours' });
});

test('shortened texts fit, and shortened names stay different', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 60 }), (text, limit) => {
      assert.ok(shorten(text, limit).length <= limit);
      if (text.length <= limit) assert.equal(shorten(text, limit), text);
    }),
  );
  const long = 'A_very_long_name_that_no_platform_would_take';
  assert.equal(fitName(long, 40).length <= 40, true);
  assert.notEqual(fitName(`${long}_1`, 40), fitName(`${long}_2`, 40));
  assert.equal(fitName('Short', 40), 'Short');
});
