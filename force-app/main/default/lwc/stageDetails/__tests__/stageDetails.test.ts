import { createElement } from 'lwc';
import StageDetails from 'c/stageDetails';

describe('c-stage-details', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows facts and guidance as terms with their texts', async () => {
    const element = createElement('c-stage-details', { is: StageDetails });
    Object.assign(element, {
      heading: 'Targeted',
      factsHeading: 'Dates and responsibilities',
      guidanceHeading: 'Guidance for success',
      facts: [{ label: 'Responsible', text: 'Marketing' }],
      guidance: [{ label: 'Next step', text: 'Watch for signals.' }],
    });
    document.body.appendChild(element);
    const texts = (selector: string) =>
      [...element.shadowRoot!.querySelectorAll(selector)].map((node) => node.textContent);
    expect(texts('h2')).toEqual(['Targeted']);
    expect(texts('.facts dt, .facts dd')).toEqual(['Responsible', 'Marketing']);
    expect(texts('.guidance dt, .guidance dd')).toEqual(['Next step', 'Watch for signals.']);
    await expect(element).toBeAccessible();
  });
});
