import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowMetadata } from '../../../scripts/compile/flows/flow-shell.ts';
import { compileFlows } from '../../../scripts/compile/flows/index.ts';
import { FLOW } from '../../../scripts/compile/names.ts';
import { ANY_ORG } from '../../../scripts/compile/org-facts.ts';
import type { OrgFacts } from '../../../scripts/compile/org-facts.ts';
import { metadataProblems } from '../../../scripts/metadata/validate.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel, variants } from './default-model.ts';
import { nodesOf, reachable, reachableFrom, referencesOf, resourcesOf } from './flow-graph.ts';

/** Flow Builder's limit for the API name of an element or resource. */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9]){0,79}$/;
/** Characters a formula may have (help: "Formula Field Limits and Restrictions"). */
const FORMULA_LENGTH = 3900;
/** What a formula knows of a change only while the save runs. */
const ASKS_FOR_CHANGE = /\b(?:ISCHANGED|ISNEW|PRIORVALUE)\(/;

for (const [variant, waterfall] of await variants()) {
  for (const { fullName, metadata } of compileFlows(waterfall)) {
    describe(`${fullName}, ${variant}`, () => {
      const nodes = nodesOf(metadata);
      const names = [...nodes, ...resourcesOf(metadata)].map(({ name }) => name);

      it('is a Flow by the declared types', () => {
        assert.deepEqual(metadataProblems('Flow', metadata), []);
      });

      it('has lines that end at an element, and no element without a line to it', () => {
        const targets = nodes.flatMap((node) => node.targets);
        assert.deepEqual(
          targets.filter((target) => !nodes.some((node) => node.name === target)),
          [],
        );
        assert.deepEqual([...reachable(metadata)].sort(), nodes.map((node) => node.name).sort());
      });

      it('names each element and resource once, as Flow Builder allows', () => {
        const ruleNames = (metadata.decisions ?? []).flatMap((decision) =>
          (decision.rules ?? []).map((rule) => rule.name),
        );
        const pathNames = (metadata.start?.scheduledPaths ?? []).flatMap(({ name }) =>
          name === undefined ? [] : [name],
        );
        const all = [...names, ...ruleNames, ...pathNames];
        assert.deepEqual(
          all.filter((name, index) => all.indexOf(name) !== index),
          [],
        );
        assert.deepEqual(
          all.filter((name) => !API_NAME.test(name ?? '')),
          [],
        );
      });

      it('labels and describes everything', () => {
        assert.deepEqual(
          nodes.filter(({ label, description }) => label === '' || description === ''),
          [],
        );
        assert.deepEqual(
          resourcesOf(metadata).filter(({ description }) => description === ''),
          [],
        );
        assert.ok(metadata.description && metadata.interviewLabel);
      });

      it('refers only to what is there, and uses all that is there', () => {
        const references = referencesOf(metadata);
        assert.deepEqual(
          [...references].filter((name) => !names.includes(name)),
          [],
        );
        assert.deepEqual(
          resourcesOf(metadata).filter(({ name }) => !references.has(name)),
          [],
        );
      });

      it('begins an asynchronous path on an update as orgs are known to accept it', () => {
        const { start } = metadata;
        const asynchronous = (start?.scheduledPaths ?? []).some(({ pathType }) => pathType === 'AsyncAfterCommit');
        if (!asynchronous || start?.recordTriggerType === 'Create') return;
        const changedToMeet = start?.doesRequireRecordChangedToMeetCriteria === true;
        const asksForChange = (start?.filters ?? []).some(({ operator }) => operator === 'IsChanged');
        assert.notEqual(changedToMeet, asksForChange, 'either changed to meet the conditions, or a filter IsChanged');
        assert.doesNotMatch(start?.filterFormula ?? '', ASKS_FOR_CHANGE);
      });

      // "Asynchronous paths don't support the ISCHANGED operator, for example in decision elements" (help: "Record-Triggered Flow Considerations").
      it('asks for changes only while the save runs', () => {
        const paths = metadata.start?.scheduledPaths ?? [];
        const later = reachableFrom(
          metadata,
          paths.map(({ connector }) => connector),
        );
        const steps = (metadata.decisions ?? []).filter(({ name }) => later.has(name ?? ''));
        const formulas = paths.length > 0 && !metadata.start?.connector ? (metadata.formulas ?? []) : [];
        assert.deepEqual(
          [
            ...steps.filter((step) => JSON.stringify(step).includes('"IsChanged"')),
            ...formulas.filter(({ expression }) => ASKS_FOR_CHANGE.test(expression)),
          ].map(({ name }) => name),
          [],
        );
      });

      it('keeps formulas within the platform limit', () => {
        assert.deepEqual(
          (metadata.formulas ?? []).filter(({ expression }) => expression.length > FORMULA_LENGTH),
          [],
        );
      });
    });
  }
}

/** Whether every line to the element is the other outcome of a decision that asks whether the record is new. */
const onlyForRecordsThatWereThere = (flow: FlowMetadata, name: string): boolean => {
  const isNew = (flow.formulas ?? []).filter(({ expression }) => expression === 'ISNEW()').map((each) => each.name);
  return nodesOf(flow)
    .filter(({ targets }) => targets.includes(name))
    .every((node) => {
      const decision = flow.decisions?.find((each) => each.name === node.name);
      const [rule, ...others] = decision?.rules ?? [];
      const [asked, ...more] = rule?.conditions ?? [];
      return (
        decision?.defaultConnector?.targetReference === name &&
        others.length === 0 &&
        more.length === 0 &&
        isNew.includes(asked?.leftValueReference) &&
        rule?.connector?.targetReference !== name
      );
    });
};

/** `IF(ISNEW(), …, otherwise)` -> without `otherwise`. */
const withoutOtherwise = (expression: string): string => {
  const at = expression.indexOf('IF(ISNEW(), ');
  if (at < 0) return expression;
  let depth = 0;
  let comma = 0;
  for (let index = at + 'IF'.length; index < expression.length; index++) {
    const character = expression[index];
    if (character === '(') depth++;
    if (character === ',' && depth === 1) comma = index;
    if (character === ')' && --depth === 0)
      return `${expression.slice(0, at)}${expression.slice(at + 'IF(ISNEW(), '.length, comma)}${withoutOtherwise(expression.slice(index + 1))}`;
  }
  throw new assert.AssertionError({ message: `unbalanced: ${expression}` });
};

describe('what orgs differ in', () => {
  const createdValues = async (org: OrgFacts, typeCarrier: Waterfall['typeCarrier'] = 'recordType') => {
    const flows = compileFlows({ ...(await defaultModel()), typeCarrier }, org);
    const renewal = flows.find(({ fullName }) => fullName === FLOW.renewal)!.metadata;
    return new Map(renewal.recordCreates![0]!.inputAssignments!.map(({ field, value }) => [field, value]));
  };

  it('carries the currency of the won opportunity over, only where there is one', async () => {
    assert.equal((await createdValues(ANY_ORG)).has('CurrencyIsoCode'), false);
    assert.deepEqual((await createdValues({ ...ANY_ORG, multiCurrency: true })).get('CurrencyIsoCode'), {
      elementReference: '$Record.CurrencyIsoCode',
    });
  });

  it('carries it into upsells and cross-sells too, and takes prices of that currency', async () => {
    const flows = (org: OrgFacts) => new Map(compileFlows(standard, org).map((flow) => [flow.fullName, flow.metadata]));
    const standard = await defaultModel();
    const several = flows({ ...ANY_ORG, multiCurrency: true });
    const one = flows(ANY_ORG);
    for (const name of [FLOW.upsell, FLOW.crossSell, FLOW.copyProducts]) {
      assert.match(JSON.stringify(several.get(name)), /CurrencyIsoCode/, name);
      assert.doesNotMatch(JSON.stringify(one.get(name)), /CurrencyIsoCode/, name);
    }
  });

  it('sets Type whatever carries the type', async () => {
    for (const carrier of ['recordType', 'typeField'] as const)
      assert.deepEqual((await createdValues(ANY_ORG, carrier)).get('Type'), { stringValue: 'Renewal' });
  });

  it('reads the prior record only where there is one', async () => {
    for (const [, waterfall] of await variants())
      for (const { metadata } of compileFlows(waterfall)) {
        const expressions = (metadata.formulas ?? []).map(({ expression }) => expression);
        assert.deepEqual(
          expressions.filter((expression) => withoutOtherwise(expression).includes('$Record__Prior')),
          [],
        );
        const readers = [...(metadata.decisions ?? []), ...(metadata.assignments ?? [])]
          .filter((element) => JSON.stringify(element).includes('$Record__Prior'))
          .map(({ name }) => name ?? '');
        assert.deepEqual(
          readers.filter((name) => !onlyForRecordsThatWereThere(metadata, name)),
          [],
        );
      }
  });
});

describe('budgets for a batch, counted per element since interviews run in lockstep', () => {
  const flow = async (name: string) =>
    compileFlows(await defaultModel()).find((component) => component.fullName === name)!.metadata;

  it('stamps without a query or a save', async () => {
    const stamping = await flow(FLOW.stamping);
    assert.deepEqual([...new Set(nodesOf(stamping).map(({ kind }) => kind))].sort(), ['assignments', 'decisions']);
  });

  it('renews with at most 2 queries and one insert', async () => {
    const renewal = await flow(FLOW.renewal);
    assert.equal(renewal.recordLookups?.length, 2);
    assert.deepEqual(
      (renewal.recordCreates ?? []).map(({ object }) => object),
      ['Opportunity'],
    );
  });

  it('tells RevOps with at most 3 queries and one insert, more only when a task was refused', async () => {
    const telling = await flow(FLOW.tellRevOps);
    assert.equal(telling.recordLookups?.length, 3);
    const creates = (telling.recordCreates ?? []).map((create) => create.name!);
    assert.equal(creates.length, 3);
    // A further task is reached by nothing but the fault path of the one before it.
    const leadingTo = (name: string) => nodesOf(telling).filter(({ targets }) => targets.includes(name));
    creates.slice(1).forEach((create, index) => {
      const [before, ...more] = leadingTo(create);
      assert.deepEqual(more, []);
      assert.deepEqual(
        leadingTo(before!.name).map(({ name }) => name),
        [creates[index]],
      );
      assert.equal(telling.recordCreates![index]!.connector, undefined);
    });
  });

  it('has a fault path on everything that can fail', async () => {
    for (const { fullName, metadata } of compileFlows(await defaultModel()))
      assert.deepEqual(
        [
          ...(metadata.recordLookups ?? []),
          ...(metadata.recordCreates ?? []),
          ...(metadata.recordUpdates ?? []),
          ...(metadata.recordDeletes ?? []),
          ...(metadata.actionCalls ?? []),
        ].filter(({ faultConnector }) => !faultConnector),
        [],
        fullName,
      );
  });
});
