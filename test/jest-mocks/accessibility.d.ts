/** The matcher that accessibility.cjs adds. */
declare namespace jest {
  // The parameters must be those of Jest's own declaration.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface Matchers<R, T> {
    /** Checks what is rendered against the rules of @sa11y/preset-rules. */
    toBeAccessible(): Promise<R>;
  }
}
