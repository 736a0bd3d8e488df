import { createElement } from 'lwc';
import StageTracker from 'c/stageTracker';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord } from 'lightning/uiRecordApi';
import RECORD from './data/record.json';

/** The test doubles of sfdx-lwc-jest carry more than the platform's types say. */
interface TestAdapter {
  emit(value: unknown): void;
  error(body?: unknown, status?: number, statusText?: string): void;
  getLastConfig(): Record<string, unknown>;
}
const stub = (adapter: unknown): TestAdapter => adapter as TestAdapter;

export const record = stub(getRecord);
export const objectInfo = stub(getObjectInfo);

/** Lets promises and the renderings that follow them happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The record of the test data with other field values; `undefined` leaves a field out, as for a user without access. */
export function recordWith(values: Readonly<Record<string, string | null | undefined>>): unknown {
  const changed = Object.entries(values).map(([field, value]) => [field, { displayValue: value, value }] as const);
  const fields = Object.entries({ ...RECORD.fields, ...Object.fromEntries(changed) });
  return {
    ...RECORD,
    fields: Object.fromEntries(fields.filter(([field]) => !(field in values) || values[field] !== undefined)),
  };
}

export class TrackerPage {
  readonly element: HTMLElement;

  constructor() {
    this.element = createElement('c-stage-tracker', { is: StageTracker });
    Object.assign(this.element, { recordId: RECORD.id });
    document.body.appendChild(this.element);
  }

  /** With the record read and rendered. */
  static async of(data: unknown = RECORD): Promise<TrackerPage> {
    const page = new TrackerPage();
    record.emit(data);
    await settle();
    return page;
  }

  all<E extends HTMLElement>(selector: string): E[] {
    return [...this.element.shadowRoot!.querySelectorAll<E>(selector)];
  }

  // The caller knows what it asks for, as with querySelector.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  one<E extends HTMLElement>(selector: string): E {
    const [found] = this.all<E>(selector);
    if (!found) {
      throw new Error(`nothing matches ${selector}`);
    }
    return found;
  }

  /** The links of the path, inside its own component. */
  get stops(): HTMLElement[] {
    return [...this.one('c-stage-path').shadowRoot!.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  /** What a screen reader says of each stop. */
  get spoken(): string[] {
    return this.stops.map((stop) =>
      [...stop.querySelectorAll('span')]
        .map((span) => span.textContent.trim())
        .filter(Boolean)
        .join(': '),
    );
  }

  get moveButton(): (HTMLElement & { label: string; disabled: boolean }) | undefined {
    return this.all<HTMLElement & { label: string; disabled: boolean }>('.move')[0];
  }

  get details(): string[] {
    const [details] = this.all('c-stage-details');
    return details ? [...details.shadowRoot!.querySelectorAll('h2, dt, dd')].map((node) => node.textContent) : [];
  }

  async select(stage: string): Promise<void> {
    this.stops.find((stop) => stop.textContent.includes(stage))!.click();
    await settle();
  }

  async press(selector: string): Promise<void> {
    this.one(selector).click();
    await settle();
  }
}
