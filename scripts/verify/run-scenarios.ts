/**
 * Runs scenarios in an org. Their steps go in rounds: the first steps of all, then the second … so that the number of calls does not
 * grow with the number of scenarios. A scenario of many records has its rounds to itself, so that they really are saved together.
 */
import type { FieldValue, Org, OrgRecord, SaveOutcome } from '../org/types.ts';
import { acceptHandshakes } from './accept-handshakes.ts';
import { addDays, dayIn } from './dates.ts';
import type { Ground } from './ground.ts';
import { judge } from './judge.ts';
import type { Evidence, OrgRow } from './judge.ts';
import { ownKey, recordName } from './marks.ts';
import { readByIds, readRenewals } from './read-records.ts';
import { adviceFor } from './refusal-advice.ts';
import type { Scenario, Step, StepValue } from './scenarios/scenario.ts';
import { scenarioRow } from './scenario-row.ts';
import { VerifyError } from './types.ts';
import type { ScenarioRow } from './types.ts';

interface Running {
  readonly scenario: Scenario;
  readonly accountId: string | null;
  /** One id per record; empty until they are created. */
  readonly ids: readonly string[];
  readonly rows: readonly OrgRow[];
  /** Set once the org refused a step that the scenario needs. */
  readonly stopped: boolean;
}

/** Outcomes of one step, one per record of the scenario. */
interface Saved {
  readonly running: Running;
  readonly step: Step;
  readonly outcomes: readonly SaveOutcome[];
}

export const runScenarios = async (
  org: Org,
  scenarios: readonly Scenario[],
  ground: Ground,
  { fields, handsOver }: { readonly fields: readonly string[]; readonly handsOver: boolean },
  progress: (rows: number) => void,
  signal?: AbortSignal,
): Promise<readonly ScenarioRow[]> => {
  const groups = [
    scenarios.filter(({ records }) => records === 1),
    ...scenarios.filter(({ records }) => records > 1).map((one) => [one]),
  ];
  const rowsOf = new Map<Scenario, ScenarioRow[]>(scenarios.map((scenario) => [scenario, []]));
  const number = counter();
  for (const group of groups) {
    let running: readonly Running[] = group.map((scenario) => ({
      scenario,
      accountId: ground.accountIds[scenarios.indexOf(scenario)] ?? null,
      ids: [],
      rows: [],
      stopped: false,
    }));
    for (let round = 0; running.some(({ scenario }) => scenario.steps[round]); round += 1) {
      if (signal?.aborted) {
        throw new VerifyError(
          'VERIFY_STOPPED',
          'Verifying was stopped; its test records are deleted.',
          'Verify again when you like.',
        );
      }
      const inRound = running.filter(({ scenario }) => scenario.steps[round]);
      const saved = await saveRound(org, inRound, round, ground, number, handsOver);
      const after = await readRound(org, saved, ground, fields);
      for (const { running: before, row } of after) rowsOf.get(before.scenario)?.push(row);
      running = after.map(({ next }) => next);
      progress([...rowsOf.values()].flat().length);
    }
  }
  return [...rowsOf.values()].flat();
};

const counter = (): (() => number) => {
  let count = 0;
  return () => (count += 1);
};

const saveRound = async (
  org: Org,
  running: readonly Running[],
  round: number,
  ground: Ground,
  number: () => number,
  handsOver: boolean,
): Promise<readonly Saved[]> => {
  const steps = running.flatMap((each) => {
    const step = each.scenario.steps[round];
    return step ? [{ running: each, step }] : [];
  });
  const going = steps.filter((each) => !each.running.stopped);
  const creates = going.filter(({ step }) => step.action.do !== 'update');
  const updates = going.filter(({ step }) => step.action.do === 'update');
  const created = await org.create(
    'Opportunity',
    creates.flatMap((each) => newRecords(each.running, each.step, ground, number)),
  );
  if (handsOver) {
    await acceptHandshakes(
      org,
      updates.flatMap(({ running: { ids } }) => ids),
    );
  }
  const updated = await org.update(
    'Opportunity',
    updates.flatMap((each) => changes(each.running, each.step, ground)),
  );
  return [
    ...share(creates, created),
    ...share(updates, updated),
    ...steps.filter((each) => each.running.stopped).map((each) => ({ ...each, outcomes: [] })),
  ];
};

/** Deals the outcomes of one call out to the scenarios whose records were in it, in order. */
const share = (
  each: readonly { readonly running: Running; readonly step: Step }[],
  outcomes: readonly SaveOutcome[],
): readonly Saved[] => {
  let taken = 0;
  return each.map(({ running, step }) => {
    const mine = outcomes.slice(taken, taken + running.scenario.records);
    taken += running.scenario.records;
    return { running, step, outcomes: mine };
  });
};

const newRecords = (running: Running, { action }: Step, ground: Ground, number: () => number): readonly OrgRecord[] =>
  Array.from({ length: running.scenario.records }, (_, index) => {
    const count = number();
    const name = { Name: recordName(ground.run, count) };
    const account: OrgRecord = running.accountId === null ? {} : { AccountId: running.accountId };
    return action.do === 'create'
      ? { ...ground.defaults, ...account, ...name, ...resolved(action.values, ground, count) }
      : { ...ground.defaults, ...account, ...copyOf(running.rows[index] ?? {}), ...name };
  });

/** What the Clone button sends: every value that the user can see and set, blank ones left out. */
const copyOf = (row: OrgRow): OrgRecord =>
  Object.fromEntries(
    Object.entries(row).filter(
      (entry): entry is [string, FieldValue] =>
        entry[1] !== null && typeof entry[1] !== 'object' && !['Id', 'LastModifiedDate'].includes(entry[0]),
    ),
  );

const changes = (
  running: Running,
  { action }: Step,
  ground: Ground,
): readonly (OrgRecord & { readonly Id: string })[] =>
  running.ids.map((Id) => ({ ...(action.do === 'update' ? resolved(action.values, ground, 0) : {}), Id }));

const resolved = (values: Readonly<Record<string, StepValue>>, ground: Ground, number: number): OrgRecord =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, FieldValue] => {
      if (typeof value !== 'object' || value === null) return [name, value];
      if ('typeOf' in value) return [ground.typeField, ground.typeValues.get(value.typeOf) ?? null];
      if ('anythingFor' in value) return [name, ground.defaults[name] ?? ground.fillers.get(value.anythingFor) ?? null];
      if ('daysAfterToday' in value) return [name, dayAfterToday(ground, value.daysAfterToday)];
      return [name, ownKey(ground.run, number)];
    }),
  );

const dayAfterToday = (ground: Ground, days: number): string =>
  addDays(dayIn(new Date().toISOString(), ground.timeZone), days);

const readRound = async (
  org: Org,
  saved: readonly Saved[],
  ground: Ground,
  fields: readonly string[],
): Promise<readonly { readonly running: Running; readonly next: Running; readonly row: ScenarioRow }[]> => {
  const idsAfter = ({ running, step, outcomes }: Saved): readonly string[] =>
    step.action.do === 'update' || running.stopped
      ? running.ids
      : outcomes.flatMap(({ id }) => (id === null ? [] : [id]));
  const read = await readByIds(org, saved.filter(({ running }) => !running.stopped).flatMap(idsAfter), fields);
  const wantRenewals = saved.filter(
    ({ step, running }) => !running.stopped && step.expect.some(({ kind }) => kind === 'renewals'),
  );
  const renewals = await readRenewals(org, wantRenewals.flatMap(idsAfter), fields);

  return saved.map((each) => {
    const { running, step, outcomes } = each;
    if (running.stopped) return { running, next: running, row: scenarioRow(running.scenario, step, 'skipped') };
    const refused = outcomes.find(({ success }) => !success);
    const awaited = step.expect.some(({ kind }) => kind === 'refusal');
    const ids = idsAfter(each);
    const rows = ids.map((id) => read.get(id) ?? {});
    const next: Running = { ...running, ids, rows, stopped: refused !== undefined && !awaited };
    if (refused && !awaited) {
      return {
        running,
        next,
        row: scenarioRow(running.scenario, step, {
          refused: outcomes.filter(({ success }) => !success).length,
          message: refused.errors.map(({ message }) => message).join('; '),
          action: adviceFor(refused.errors),
        }),
      };
    }
    const evidence = ids.map((id, index): Evidence => {
      const outcome = outcomes[index];
      return {
        refusal: outcome && !outcome.success ? outcome.errors.map(({ message }) => message).join('; ') : null,
        before: running.rows[index] ?? {},
        after: rows[index] ?? {},
        renewals: renewals.get(id) ?? [],
      };
    });
    const findings = evidence.map((one) => step.expect.flatMap((expectation) => judge(expectation, one, ground)));
    return { running, next, row: scenarioRow(running.scenario, step, findings) };
  });
};
