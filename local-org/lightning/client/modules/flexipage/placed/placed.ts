import { LightningElement, api, getComponentDef } from 'lwc';
import type { PlacedComponent } from '../../../../page/flexipage-tree.ts';
import { registered } from '../../../registered';

/** A component that a page's metadata names. What the local org does not have, and what fails, says so in its place. */
export default class Placed extends LightningElement {
  @api component?: PlacedComponent;
  @api recordId?: string;
  @api objectApiName?: string;

  failure?: string;

  get constructorOf(): typeof LightningElement | undefined {
    return registered.get(this.component?.name ?? '');
  }

  get visibleIf(): string | undefined {
    return this.component?.visibleIf;
  }

  get missing(): boolean {
    return this.constructorOf === undefined;
  }

  /** Only what the component declares: the platform sets no other properties. */
  get properties(): Record<string, unknown> {
    const { component, recordId, objectApiName } = this;
    const given: Record<string, unknown> = { ...component?.properties, ...component?.facets, recordId, objectApiName };
    const declared = this.constructorOf ? getComponentDef(this.constructorOf).props : {};
    return Object.fromEntries(Object.entries(given).filter(([name]) => name in declared));
  }

  get name(): string {
    return this.component?.name ?? '';
  }

  override errorCallback(error: Error): void {
    this.failure = error.message;
  }
}
