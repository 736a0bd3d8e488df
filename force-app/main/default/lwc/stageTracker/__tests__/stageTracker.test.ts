import { updateRecord } from 'lightning/uiRecordApi';
import VALIDATION_ERROR from './data/validation-error.json';
import { TrackerPage, objectInfo, record, recordWith, settle } from './mount-tracker';

jest.mock('c/waterfallStages', () => jest.requireActual<object>('./data/stages'), { virtual: true });

const update = jest.mocked(updateRecord);
const ID = '006000000000001AAA';

describe('c-stage-tracker', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-03-19T18:00:00Z'), doNotFake: ['setTimeout', 'queueMicrotask'] });
    update.mockResolvedValue({} as never);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
    jest.clearAllMocks();
  });

  describe('reading', () => {
    it('asks for every field as an optional one', async () => {
      const page = new TrackerPage();
      await settle();
      expect(page.all('article')).toHaveLength(1);
      const config = record.getLastConfig();
      expect(config).toMatchObject({ recordId: ID });
      expect(config).not.toHaveProperty('fields');
      expect(config.optionalFields).toEqual(
        expect.arrayContaining([
          'Opportunity.Targeted_Date__c',
          { objectApiName: 'Opportunity', fieldApiName: 'StageName' },
        ]),
      );
    });

    it('shows that it is loading', async () => {
      const page = new TrackerPage();
      expect(page.all('lightning-spinner')).toHaveLength(1);
      await expect(page.element).toBeAccessible();
    });

    it('says so when the record is not there for this user', async () => {
      const page = new TrackerPage();
      record.error([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }], 404);
      await settle();
      expect(page.one('.notice').textContent).toContain('You have no access to the stage');
      await expect(page.element).toBeAccessible();
    });

    it('says so when the user may not see the stage', async () => {
      const page = await TrackerPage.of(recordWith({ StageName: undefined }));
      expect(page.one('.notice').textContent).toContain('You have no access to the stage');
    });

    it("shows the platform's message for any other error", async () => {
      const page = new TrackerPage();
      record.error({ message: 'Unable to connect to the server' }, 500);
      await settle();
      expect(page.one('.notice').textContent).toBe('The stages could not be loaded: Unable to connect to the server');
    });

    it.each([
      ['of another record type', 'Partner_Deal'],
      ['without a record type', null],
      ['whose record type is hidden', undefined],
    ])('politely has nothing to show for an opportunity %s', async (_what, name) => {
      const data = recordWith(name === undefined ? { RecordType: undefined } : {}) as {
        fields: Record<string, unknown>;
      };
      if (name !== undefined) {
        data.fields = {
          ...data.fields,
          RecordType: { displayValue: name, value: name && { fields: { DeveloperName: { value: name } } } },
        };
      }
      const page = await TrackerPage.of(data);
      expect(page.one('.notice').textContent).toContain('does not belong to the revenue waterfall');
      await expect(page.element).toBeAccessible();
    });

    it('does not take a built-in property of objects for a record type', async () => {
      const data = recordWith({}) as { fields: Record<string, unknown> };
      data.fields.RecordType = { value: { fields: { DeveloperName: { value: 'constructor' } } } };
      const page = await TrackerPage.of(data);
      expect(page.one('.notice').textContent).toContain('does not belong');
    });
  });

  describe('the path', () => {
    it('tells each stage, its state, its date and the days in it', async () => {
      const page = await TrackerPage.of();
      expect(page.spoken).toEqual([
        'Targeted: Complete, Entered Dec 29, 2025, 72 days',
        'Detected: Skipped',
        'Engaged: Current stage, Entered Mar 11, 2026, 8 days',
        'Closed: Not reached',
      ]);
      await expect(page.element).toBeAccessible();
    });

    it('says when the SLA ends', async () => {
      const page = await TrackerPage.of();
      expect(page.one('.sla').textContent).toMatch(/^Due in 23 hours \(Mar 20, 2026, 9:30\sAM\)$/);
      expect(page.one<HTMLElement & { iconName: string }>('.sla lightning-icon').iconName).toBe('utility:clock');
    });

    it('says by text and icon that the SLA has passed', async () => {
      const page = await TrackerPage.of(recordWith({ Stage_SLA_Due__c: '2026-03-16T16:30:00.000Z' }));
      expect(page.one('.sla').textContent).toContain('Overdue by 3 days');
      expect(page.one<HTMLElement & { iconName: string }>('.sla lightning-icon').iconName).toBe('utility:warning');
      await expect(page.element).toBeAccessible();
    });

    it('does without dates that the user may not see', async () => {
      const hidden = {
        Targeted_Date__c: undefined,
        Engaged_Date__c: undefined,
        Stage_Entered_At__c: undefined,
        Stage_SLA_Due__c: undefined,
      };
      const page = await TrackerPage.of(recordWith(hidden));
      expect(page.spoken.slice(0, 3)).toEqual(['Targeted: Complete', 'Detected: Skipped', 'Engaged: Current stage']);
      expect(page.all('.dates-hidden')).toHaveLength(0);
      expect(page.all('.sla')).toHaveLength(0);
    });

    it('says so when all dates are hidden, and calls no stage skipped', async () => {
      const { fields } = recordWith({}) as { fields: Record<string, unknown> };
      const hidden = Object.keys(fields).filter((name) => name.endsWith('_Date__c') || name.startsWith('Stage_'));
      const page = await TrackerPage.of(recordWith(Object.fromEntries(hidden.map((name) => [name, undefined]))));
      expect(page.one('.dates-hidden').textContent).toContain('You have no access to the stage dates');
      expect(page.spoken.slice(0, 3)).toEqual(['Targeted: Complete', 'Detected: Complete', 'Engaged: Current stage']);
      expect(page.moveButton).toBeDefined();
      await expect(page.element).toBeAccessible();
    });

    it('names a stage that is not on the path', async () => {
      const page = await TrackerPage.of(recordWith({ StageName: 'Prospecting' }));
      expect(page.one('.unknown-stage').textContent).toContain('Prospecting is not on the path');
      expect(page.moveButton).toBeUndefined();
    });
  });

  describe('details', () => {
    it('shows what a stage is about on demand, and hides it again', async () => {
      const page = await TrackerPage.of();
      expect(page.details).toEqual([]);
      await page.select('Engaged');
      expect(page.details).toEqual([
        'Engaged',
        ...['Entered', 'Mar 11, 2026', 'Time in stage', '8 days', 'Owned by', 'Marketing', 'SLA', '5 business days'],
        ...['Responsible', 'Marketing', 'Accountable', 'Head of Marketing', 'Informed', 'Sales, RevOps'],
        ...['Definition', 'What Engaged means.', 'Entry rule', 'When an opportunity enters Engaged.'],
        ...['Next step', 'Call the champion.'],
      ]);
      await expect(page.element).toBeAccessible();
      await page.select('Engaged');
      expect(page.details).toEqual([]);
    });

    it('opens the present stage by the button before the path', async () => {
      const page = await TrackerPage.of();
      await page.press('.slds-path__trigger');
      expect(page.details[0]).toBe('Engaged');
      expect(page.one('.slds-path__trigger').getAttribute('aria-expanded')).toBe('true');
    });

    it('reaches detours beside the path', async () => {
      const page = await TrackerPage.of();
      await page.press('[data-key="Recycled"]');
      expect(page.details[0]).toBe('Recycled');
      expect(page.one('[data-key="Recycled"]').getAttribute('aria-pressed')).toBe('true');
      expect(page.moveButton?.label).toBe('Mark as Current Stage');
    });

    it('asks a detour for its reason and its date before it moves there', async () => {
      const page = await TrackerPage.of();
      await page.press('[data-key="Recycled"]');
      const reason = page.one<HTMLElement & { options: { value: string }[] }>('.reason');
      expect(reason.options.map(({ value }) => value)).toEqual(['Timing']);
      expect(page.moveButton?.disabled).toBe(true);
      await expect(page.element).toBeAccessible();
      reason.dispatchEvent(new CustomEvent('change', { detail: { value: 'Timing' } }));
      await settle();
      expect(page.moveButton?.disabled).toBe(true);
      page.one('.nurture').dispatchEvent(new CustomEvent('change', { detail: { value: '2026-09-01' } }));
      await settle();
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({
        fields: { Id: ID, StageName: 'Recycled', Stage_Reason__c: 'Timing', Nurture_Until__c: '2026-09-01' },
      });
      expect(page.all('.reason')).toHaveLength(0);
    });
  });

  describe('moving on', () => {
    it('completes the present stage and tells so', async () => {
      const page = await TrackerPage.of(recordWith({ StageName: 'Detected' }));
      const toasts: unknown[] = [];
      page.element.addEventListener('lightning__showtoast', (event) => toasts.push((event as CustomEvent).detail));
      expect(page.moveButton?.label).toBe('Mark Stage as Complete');
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({ fields: { Id: ID, StageName: 'Engaged' } });
      expect(toasts).toEqual([expect.objectContaining({ title: 'Stage changed to Engaged.', variant: 'success' })]);
    });

    it('moves to a chosen stage, also back', async () => {
      const page = await TrackerPage.of();
      await page.select('Targeted');
      expect(page.moveButton?.label).toBe('Mark as Current Stage');
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({ fields: { Id: ID, StageName: 'Targeted' } });
      expect(page.details).toEqual([]);
    });

    it('asks for the outcome before closing', async () => {
      const page = await TrackerPage.of();
      await page.press('.move');
      expect(update).not.toHaveBeenCalled();
      const outcome = page.one<HTMLElement & { options: { value: string }[] }>('.outcome');
      expect(outcome.options.map(({ value }) => value)).toEqual(['Closed Won', 'Closed Lost']);
      expect(page.moveButton).toMatchObject({ label: 'Mark as Current Stage', disabled: true });
      await expect(page.element).toBeAccessible();
      outcome.dispatchEvent(new CustomEvent('change', { detail: { value: 'Closed Won' } }));
      await settle();
      expect(page.moveButton?.disabled).toBe(false);
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({ fields: { Id: ID, StageName: 'Closed Won' } });
    });

    it('asks why it was lost, and forgets the reason when it was won after all', async () => {
      const page = await TrackerPage.of();
      await page.press('.move');
      const outcome = page.one('.outcome');
      outcome.dispatchEvent(new CustomEvent('change', { detail: { value: 'Closed Lost' } }));
      await settle();
      expect(page.moveButton?.disabled).toBe(true);
      page.one('.reason').dispatchEvent(new CustomEvent('change', { detail: { value: 'Price' } }));
      await settle();
      expect(page.moveButton?.disabled).toBe(false);
      outcome.dispatchEvent(new CustomEvent('change', { detail: { value: 'Closed Won' } }));
      await settle();
      expect(page.all('.reason')).toHaveLength(0);
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({ fields: { Id: ID, StageName: 'Closed Won' } });
    });

    it('lets a closed opportunity change its outcome', async () => {
      const page = await TrackerPage.of(recordWith({ StageName: 'Closed Lost' }));
      expect(page.spoken.at(-1)).toContain('Lost');
      expect(page.moveButton?.label).toBe('Change Closed Stage');
      await page.press('.move');
      const outcome = page.one('.outcome');
      outcome.dispatchEvent(new CustomEvent('change', { detail: { value: 'Closed Lost' } }));
      await settle();
      expect(page.moveButton?.disabled).toBe(true);
      outcome.dispatchEvent(new CustomEvent('change', { detail: { value: 'Closed Won' } }));
      await settle();
      await page.press('.move');
      expect(update).toHaveBeenCalledWith({ fields: { Id: ID, StageName: 'Closed Won' } });
    });

    it("shows the platform's validation messages and keeps the selection", async () => {
      update.mockRejectedValue(VALIDATION_ERROR);
      const page = await TrackerPage.of();
      await page.select('Targeted');
      await page.press('.move');
      expect(page.all('[role="alert"] li').map((item) => item.textContent)).toEqual([
        'Amount: Enter the expected amount before you leave Engaged.',
      ]);
      expect(page.details[0]).toBe('Targeted');
      expect(page.moveButton?.disabled).toBe(false);
      await expect(page.element).toBeAccessible();
      await page.select('Engaged');
      expect(page.all('[role="alert"] li')).toHaveLength(0);
    });

    it('cannot be pressed twice while it saves', async () => {
      let finish: () => void = () => undefined;
      update.mockReturnValue(
        new Promise(
          (resolve) =>
            (finish = () => {
              resolve({} as never);
            }),
        ),
      );
      const page = await TrackerPage.of(recordWith({ StageName: 'Detected' }));
      await page.press('.move');
      expect(page.moveButton?.disabled).toBe(true);
      finish();
      await settle();
      expect(page.moveButton?.disabled).toBe(false);
    });

    it('offers no move to who may not edit the stage', async () => {
      const page = await TrackerPage.of();
      objectInfo.emit({ fields: { StageName: { updateable: false } } });
      await settle();
      expect(page.moveButton).toBeUndefined();
    });
  });
});
