import { TrackerPage, record, recordWith } from './mount-tracker';

/** An org whose opportunities carry their type in the picklist `Type`, not in a record type. */
jest.mock(
  'c/waterfallStages',
  () => {
    const { STAGES } = jest.requireActual<{ STAGES: Record<string, unknown> }>('./data/stages');
    return { TYPE_FIELD: 'Opportunity.Type', STAGES: { 'New Business': STAGES.Acquisition } };
  },
  { virtual: true },
);

describe('c-stage-tracker where Type carries the opportunity type', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('finds the stages by the value of Type', async () => {
    const page = await TrackerPage.of(recordWith({ Type: 'New Business' }));
    expect(page.stops).toHaveLength(4);
    expect(record.getLastConfig().optionalFields).toEqual(expect.arrayContaining(['Opportunity.Type']));
    await expect(page.element).toBeAccessible();
  });

  it('does so without a record type, too', async () => {
    const page = await TrackerPage.of(recordWith({ Type: 'New Business', RecordType: undefined }));
    expect(page.stops).toHaveLength(4);
  });

  it.each([
    ['of another type', 'Partner Deal'],
    ['without a type', null],
    ['whose type is hidden', undefined],
  ])('politely has nothing to show for an opportunity %s', async (_what, Type) => {
    const page = await TrackerPage.of(recordWith({ Type }));
    expect(page.one('.notice').textContent).toContain('does not belong to the revenue waterfall');
    await expect(page.element).toBeAccessible();
  });
});
