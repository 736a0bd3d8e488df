import { LightningElement, api } from 'lwc';

/** A field that can be edited, and what it may hold. */
export interface Editable {
  readonly field: string;
  readonly label: string;
  readonly dataType: string;
  readonly value: unknown;
  readonly required: boolean;
  /** Of a picklist; null for other fields. */
  readonly options: readonly { readonly label: string; readonly value: string }[] | null;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  Currency: 'number',
  Double: 'number',
  Int: 'number',
  Percent: 'number',
  Date: 'date',
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Boolean: 'checkbox',
};

/** Field types that have an input here; others stay readable only. */
export const EDITABLE_TYPES: readonly string[] = [...Object.keys(INPUT_TYPES), 'String', 'TextArea', 'Picklist'];

/** One input of a form. Fires `fieldchange` with `detail.field` and `detail.value`, in the types of the UI API. */
export default class InputField extends LightningElement {
  @api editable?: Editable;

  get type(): string {
    return INPUT_TYPES[this.editable?.dataType ?? ''] ?? 'text';
  }

  get step(): string {
    return this.editable?.dataType === 'Int' ? '1' : 'any';
  }

  get isTextArea(): boolean {
    return this.editable?.dataType === 'TextArea';
  }

  get isCheckbox(): boolean {
    return this.type === 'checkbox';
  }

  get checked(): boolean {
    return this.editable?.value === true;
  }

  get options(): { label: string; value: string; selected: boolean }[] | undefined {
    const { options, value } = this.editable ?? {};
    if (!options) return undefined;
    const none = { label: '--None--', value: '', selected: value === null };
    return [none, ...options.map((option) => ({ ...option, selected: option.value === value }))];
  }

  handleSelect(event: Event): void {
    this.change((event.target as HTMLSelectElement).value);
  }

  handleChange(event: CustomEvent<{ value?: string; checked?: boolean }>): void {
    const { value, checked } = event.detail;
    this.change(this.isCheckbox ? checked === true : (value ?? ''));
  }

  private change(given: string | boolean): void {
    const number = this.type === 'number' && given !== '' ? Number(given) : given;
    const value = number === '' ? null : number;
    this.dispatchEvent(new CustomEvent('fieldchange', { detail: { field: this.editable?.field, value } }));
  }
}
