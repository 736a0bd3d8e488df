import { CLOSING_STOP, buildPath } from 'c/stagePathModel';
import type { Progress } from 'c/stagePathModel';
import type { StageDefinition } from 'c/waterfallStages';

const stage = (
  name: string,
  outcome: 'open' | 'won' | 'lost' = 'open',
  kind: 'step' | 'detour' = 'step',
): StageDefinition => ({
  name,
  dateField: `${name.replaceAll(' ', '_')}_Date__c`,
  kind,
  outcome,
  owner: 'Sales',
  definition: '',
  entryRule: '',
  nextStep: '',
  sla: null,
  reasons: [],
  comesBack: false,
  responsible: '',
  accountable: '',
  consulted: [],
  informed: [],
});
const STAGES = [
  stage('Targeted'),
  stage('Detected'),
  stage('Engaged'),
  stage('Closed Won', 'won'),
  stage('Closed Lost', 'lost'),
  stage('Recycled', 'open', 'detour'),
  stage('Disqualified', 'lost', 'detour'),
];
const progress = (over: Partial<Progress> & { stage: string }): Progress => ({
  dates: new Map(),
  hidden: new Set(),
  enteredOn: null,
  slaDue: null,
  now: new Date('2026-03-20T12:00:00Z'),
  today: '2026-03-20',
  ...over,
});
const states = (path: ReturnType<typeof buildPath>) => path.steps.map(({ key, state }) => `${key}: ${state}`);

describe('c/stagePathModel', () => {
  it('tells complete, skipped, present and coming stages, and ends with one closing stop', () => {
    const path = buildPath(
      STAGES,
      progress({
        stage: 'Engaged',
        enteredOn: '2026-03-11',
        dates: new Map([
          ['Targeted', '2026-03-01'],
          ['Engaged', '2026-03-11'],
        ]),
      }),
    );
    expect(states(path)).toEqual([
      'Targeted: complete',
      'Detected: skipped',
      'Engaged: current',
      `${CLOSING_STOP}: incomplete`,
    ]);
    expect(path.steps.map(({ days }) => days)).toEqual([10, null, 9, null]);
    expect(path.current?.key).toBe('Engaged');
    expect(path.next?.key).toBe(CLOSING_STOP);
    expect(path.outcomes.map(({ name }) => name)).toEqual(['Closed Won', 'Closed Lost']);
    expect(path.detours.map(({ key, state }) => [key, state])).toEqual([
      ['Recycled', 'incomplete'],
      ['Disqualified', 'incomplete'],
    ]);
  });

  it('shows the closed stage that was reached in place of the closing stop', () => {
    const won = buildPath(
      STAGES,
      progress({ stage: 'Closed Won', slaDue: new Date('2026-01-01'), enteredOn: '2026-03-15' }),
    );
    expect(states(won)).toEqual(['Targeted: skipped', 'Detected: skipped', 'Engaged: skipped', 'Closed Won: won']);
    expect(won).toMatchObject({ closed: true, sla: null, next: null });
    expect(won.current?.days).toBeNull();
    expect(states(buildPath(STAGES, progress({ stage: 'Closed Lost' }))).at(-1)).toBe('Closed Lost: lost');
  });

  it('keeps what was reached while in a detour', () => {
    const path = buildPath(
      STAGES,
      progress({
        stage: 'Recycled',
        enteredOn: '2026-03-10',
        dates: new Map([
          ['Targeted', '2026-03-01'],
          ['Recycled', '2026-03-10'],
        ]),
      }),
    );
    expect(states(path)).toEqual([
      'Targeted: complete',
      'Detected: incomplete',
      'Engaged: incomplete',
      `${CLOSING_STOP}: incomplete`,
    ]);
    expect(path.detours[0]).toMatchObject({ state: 'current', days: 10 });
    expect(path.steps[0]?.days).toBe(9);
    expect(path.next).toBeNull();
    expect(buildPath(STAGES, progress({ stage: 'Disqualified' })).closed).toBe(true);
  });

  it('has no present stop for a stage of another type', () => {
    const path = buildPath(STAGES, progress({ stage: 'Prospecting' }));
    expect(path.current).toBeNull();
    expect(path.next).toBeNull();
    expect(path.steps.every(({ state }) => state === 'incomplete')).toBe(true);
  });

  it('prefers the moment of the last entry over a first-entry date for the present stage', () => {
    const path = buildPath(
      STAGES,
      progress({ stage: 'Detected', enteredOn: '2026-03-18', dates: new Map([['Detected', '2026-01-05']]) }),
    );
    expect(path.current).toMatchObject({ enteredOn: '2026-03-18', days: 2 });
  });

  it('says when the SLA ends and whether it has', () => {
    const open = (slaDue: string) => buildPath(STAGES, progress({ stage: 'Detected', slaDue: new Date(slaDue) })).sla;
    expect(open('2026-03-20T14:00:00Z')).toMatchObject({ overdue: false, distance: 7_200_000 });
    expect(open('2026-03-20T11:00:00Z')).toMatchObject({ overdue: true, distance: 3_600_000 });
  });

  it('needs no closed stages', () => {
    const path = buildPath([stage('Only')], progress({ stage: 'Only' }));
    expect(states(path)).toEqual(['Only: current']);
    expect(path.next).toBeNull();
  });
});
