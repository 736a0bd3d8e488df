import type { WireAdapterConstructor } from 'lwc';

type Config = Record<string, unknown>;
type Refresh = () => Promise<void>;

/** Every connected wire; a write reads all of them anew, as automation may have changed any record. */
const connected = new Set<Refresh>();

export async function refreshAll(): Promise<void> {
  await Promise.all([...connected].map((refresh) => refresh()));
}

/**
 * A wire adapter from a function that loads. It loads when every key of `required` has a value and the configuration has
 * changed; an answer that a later question has overtaken is dropped. Values are frozen, as those of Lightning Data Service are.
 */
export function wireAdapter<Data>(
  required: readonly string[],
  load: (config: Config) => Promise<Data>,
): WireAdapterConstructor {
  return class {
    readonly #emit: (value: unknown) => void;
    #config: Config | undefined;
    #asked = '';
    #turn = 0;
    readonly #refresh: Refresh = () => this.load();

    constructor(emit: (value: unknown) => void) {
      this.#emit = emit;
      emit({ data: undefined, error: undefined });
    }

    connect(): void {
      connected.add(this.#refresh);
    }

    disconnect(): void {
      connected.delete(this.#refresh);
      this.#turn += 1;
    }

    update(config: Config): void {
      const asked = JSON.stringify(config);
      if (asked === this.#asked) return;
      this.#asked = asked;
      this.#config = config;
      void this.#refresh();
    }

    async load(): Promise<void> {
      const config = this.#config;
      if (!config || required.some((key) => config[key] === undefined || config[key] === null)) return;
      const turn = ++this.#turn;
      try {
        const data = await load(config);
        if (turn === this.#turn) this.#emit({ data: freeze(data), error: undefined });
      } catch (error) {
        if (turn === this.#turn) this.#emit({ data: undefined, error: freeze(error) });
      }
    }
  };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
