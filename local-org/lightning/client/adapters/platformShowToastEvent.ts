/** `lightning/platformShowToastEvent`: the shell listens for it. */
export class ShowToastEvent extends CustomEvent<unknown> {
  constructor(toast: unknown) {
    super('lightning__showtoast', { composed: true, cancelable: true, bubbles: true, detail: toast });
  }
}
