/** `lightning/refresh`: the shell listens for it and reads everything anew. */
export class RefreshEvent extends CustomEvent<unknown> {
  constructor() {
    super('lightning__refreshview', { composed: true, bubbles: true });
  }
}
