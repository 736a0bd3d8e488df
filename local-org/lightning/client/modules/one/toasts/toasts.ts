import { LightningElement, api } from 'lwc';

export interface Toast {
  readonly key: string;
  readonly title: string;
  readonly message?: string;
  readonly variant?: string;
  readonly mode?: string;
}

/** As on the platform, a toast that needs no answer goes after three seconds (ShowToastEvent, mode dismissible). */
const SHOWN_MILLISECONDS = 3000;

/** Messages at the top of the page. Fires `close` with `detail.key`. */
export default class Toasts extends LightningElement {
  shown: readonly (Toast & { cssClass: string; icon: string })[] = [];
  known = new Set<string>();

  @api
  get toasts(): readonly Toast[] {
    return this.shown;
  }
  set toasts(toasts: readonly Toast[]) {
    this.shown = toasts.map((toast) => {
      const variant = toast.variant ?? 'info';
      return { ...toast, cssClass: `slds-notify slds-notify_toast slds-theme_${variant}`, icon: `utility:${variant}` };
    });
    for (const { key, mode } of toasts) {
      if (mode !== 'sticky' && !this.known.has(key)) {
        this.known.add(key);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- the toast has to go by itself
        setTimeout(() => {
          this.close(key);
        }, SHOWN_MILLISECONDS);
      }
    }
  }

  handleClose(event: Event): void {
    this.close((event.currentTarget as HTMLElement).dataset.key ?? '');
  }

  close(key: string): void {
    this.dispatchEvent(new CustomEvent('close', { detail: { key } }));
  }
}
