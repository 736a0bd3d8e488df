import { LightningElement, api } from 'lwc';

/** One stop as it is drawn: texts are ready, classes are chosen. */
export interface StopView {
  readonly key: string;
  readonly label: string;
  /** `slds-path__item` with its state classes. */
  readonly cssClass: string;
  /** Complete, skipped …, date and days in words, for people who do not see colour and place. */
  readonly spoken: string;
  readonly complete: boolean;
  readonly date: string;
  readonly stay: string;
}

interface Option extends StopView {
  readonly selected: 'true' | 'false';
  readonly tabIndex: '0' | '-1';
}

const STEP_OF_KEY: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The path itself, after the SLDS blueprint `path`: a listbox with one tab stop; arrows, Home and End move the focus, Enter or
 * Space selects. Fires `stageselect` with `detail.key`.
 */
export default class StagePath extends LightningElement {
  /** Accessible name of the listbox. */
  @api label = '';
  @api stops: readonly StopView[] = [];
  /** Key of the stop whose details are shown; undefined for none. */
  @api selectedKey?: string;
  /** Key of the stop that the opportunity is at. */
  @api currentKey?: string;

  focusedKey?: string;
  /** The present stop that was brought into view last. */
  private shownKey?: string;

  get options(): Option[] {
    const tabStop = this.focusedKey ?? this.selectedKey ?? this.currentKey ?? this.stops[0]?.key;
    return this.stops.map((stop) => ({
      ...stop,
      selected: stop.key === this.selectedKey ? 'true' : 'false',
      tabIndex: stop.key === tabStop ? '0' : '-1',
    }));
  }

  /** Where the path is wider than its place, the present stop is in the middle of what is seen. */
  override renderedCallback(): void {
    const scroller = this.template?.querySelector<HTMLElement>('.slds-path__scroller');
    const current = this.stopElements.find((stop) => stop.dataset.key === this.currentKey);
    if (!scroller || !current || this.shownKey === this.currentKey) {
      return;
    }
    this.shownKey = this.currentKey;
    const [around, stop] = [scroller.getBoundingClientRect(), current.getBoundingClientRect()];
    scroller.scrollLeft += stop.left + stop.width / 2 - (around.left + around.width / 2);
  }

  handleClick(event: Event): void {
    this.select((event.currentTarget as HTMLElement).dataset.key);
  }

  handleKeyDown(event: KeyboardEvent): void {
    const key = (event.currentTarget as HTMLElement).dataset.key;
    if (event.key === 'Enter' || event.key === ' ') {
      this.select(key);
    } else if (!this.moveFocus(event.key, key)) {
      return;
    }
    event.preventDefault();
  }

  private select(key: string | undefined): void {
    this.focusedKey = key;
    this.dispatchEvent(new CustomEvent('stageselect', { detail: { key } }));
  }

  /** Returns whether the pressed key is one that moves the focus. */
  private moveFocus(pressed: string, from: string | undefined): boolean {
    const last = this.stops.length - 1;
    const place = this.stops.findIndex((stop) => stop.key === from);
    const step = STEP_OF_KEY[pressed];
    const target = pressed === 'Home' ? 0 : pressed === 'End' ? last : step === undefined ? undefined : place + step;
    if (target === undefined) {
      return false;
    }
    this.focusedKey = this.stops[Math.min(last, Math.max(0, target))]?.key;
    this.stopElements.find((stop) => stop.dataset.key === this.focusedKey)?.focus();
    return true;
  }

  private get stopElements(): HTMLElement[] {
    return [...(this.template?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
  }
}
