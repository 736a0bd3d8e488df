import { createElement } from 'lwc';
import StagePath from 'c/stagePath';
import type { StopView } from 'c/stagePath';

const stop = (key: string, state: string): StopView => ({
  key,
  label: key,
  cssClass: `slds-path__item ${state}`,
  spoken: state,
  complete: state === 'slds-is-complete',
  date: '',
  stay: '',
});
const STOPS = [
  stop('Targeted', 'slds-is-complete'),
  stop('Detected', 'slds-is-current'),
  stop('Engaged', 'slds-is-incomplete'),
];

function mount(selectedKey?: string) {
  const element = createElement('c-stage-path', { is: StagePath });
  Object.assign(element, { label: 'Stages', stops: STOPS, selectedKey, currentKey: 'Detected' });
  const selected: unknown[] = [];
  element.addEventListener('stageselect', (event) => selected.push((event as CustomEvent<{ key: string }>).detail.key));
  document.body.appendChild(element);
  const options = () => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role="option"]')];
  return { element, options, selected };
}

const press = (option: HTMLElement, key: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  option.dispatchEvent(event);
  return event;
};

describe('c-stage-path', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('is a listbox with one tab stop, at the present stage', () => {
    const { element, options } = mount();
    expect(element.shadowRoot!.querySelector('[role="listbox"]')!.getAttribute('aria-label')).toBe('Stages');
    expect(options().map((option) => option.getAttribute('tabindex'))).toEqual(['-1', '0', '-1']);
    expect(options().map((option) => option.getAttribute('aria-selected'))).toEqual(['false', 'false', 'false']);
  });

  it('selects on click and on Enter and Space', () => {
    const { options, selected } = mount();
    options()[0]!.click();
    press(options()[1]!, 'Enter');
    expect(press(options()[2]!, ' ').defaultPrevented).toBe(true);
    expect(selected).toEqual(['Targeted', 'Detected', 'Engaged']);
  });

  it('moves the focus by arrows, Home and End, and stays within the path', async () => {
    const { element, options, selected } = mount('Detected');
    const focused = () => (element.shadowRoot!.activeElement as HTMLElement | null)?.dataset.key;
    press(options()[1]!, 'ArrowRight');
    expect(focused()).toBe('Engaged');
    press(options()[2]!, 'ArrowRight');
    expect(focused()).toBe('Engaged');
    press(options()[2]!, 'Home');
    expect(focused()).toBe('Targeted');
    press(options()[0]!, 'ArrowLeft');
    expect(focused()).toBe('Targeted');
    press(options()[0]!, 'End');
    expect(focused()).toBe('Engaged');
    await Promise.resolve();
    expect(options().map((option) => option.getAttribute('tabindex'))).toEqual(['-1', '-1', '0']);
    expect(selected).toEqual([]);
  });

  it('leaves other keys alone', () => {
    const { options, selected } = mount();
    expect(press(options()[0]!, 'Tab').defaultPrevented).toBe(false);
    expect(selected).toEqual([]);
  });

  it('is accessible', async () => {
    const { element } = mount('Detected');
    await expect(element).toBeAccessible();
  });
});
