/** Work that goes on behind the requests, one piece after the other turn about. */
export interface Background {
  /** Begins with the work at this id when the present turn is over. */
  run(id: string): void;
  /** Asks all work to end early and waits for it. */
  close(): Promise<void>;
}

/** `work` must not throw; it looks at `closing` between its pieces and leaves the rest for the next start. */
export function createBackground(work: (id: string, closing: () => boolean) => Promise<void>): Background {
  let closing = false;
  const running = new Set<Promise<void>>();
  return {
    run(id) {
      const one = new Promise<void>((done) => setImmediate(done))
        .then(() => (closing ? undefined : work(id, () => closing)))
        .finally(() => running.delete(one));
      running.add(one);
    },
    async close() {
      closing = true;
      await Promise.all(running);
    },
  };
}
