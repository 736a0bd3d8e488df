import { LightningElement } from 'lwc';
import { context } from '../../../context';
import { refreshAll } from '../../../lds/wire-adapter';
import type { Toast } from '../toasts/toasts';

/** The frame around every page: header, navigation, the page itself, toasts. */
export default class App extends LightningElement {
  toasts: readonly Toast[] = [];

  get record(): { recordId: string; objectApiName: string; page: unknown } | undefined {
    const { route } = context();
    return route.kind === 'record' ? route : undefined;
  }

  get list(): { objectApiName: string; listViewApiName: string | null } | undefined {
    const { route } = context();
    return route.kind === 'list' ? route : undefined;
  }

  override connectedCallback(): void {
    this.template?.addEventListener('lightning__showtoast', (event) => {
      this.toasts = [...this.toasts, { ...(event as CustomEvent<Toast>).detail, key: String(Date.now()) }];
    });
    this.template?.addEventListener('lightning__refreshview', () => {
      void refreshAll();
    });
  }

  handleToastClose(event: CustomEvent<{ key: string }>): void {
    this.toasts = this.toasts.filter(({ key }) => key !== event.detail.key);
  }
}
