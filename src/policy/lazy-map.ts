/**
 * A map with fixed keys whose values are built when they are first asked for, each from its source: a cold start must
 * not pay for what its first request does not read.
 */
export class LazyMap<Source, Value extends object> implements ReadonlyMap<string, Value> {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #build: (source: Source, key: string) => Value;
  readonly #built = new Map<string, Value>();

  /** @param build gives the same value for the same source, whenever it is called */
  constructor(sources: ReadonlyMap<string, Source>, build: (source: Source, key: string) => Value) {
    this.#sources = sources;
    this.#build = build;
  }

  get size(): number {
    return this.#sources.size;
  }

  has(key: string): boolean {
    return this.#sources.has(key);
  }

  get(key: string): Value | undefined {
    const built = this.#built.get(key);
    if (built !== undefined) return built;
    const source = this.#sources.get(key);
    if (source === undefined) return undefined;
    const value = this.#build(source, key);
    this.#built.set(key, value);
    return value;
  }

  keys(): MapIterator<string> {
    return this.#sources.keys();
  }

  values(): MapIterator<Value> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, Value]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  /** In the order of the sources, not in that of the questions. */
  #all(): ReadonlyMap<string, Value> {
    const all = new Map<string, Value>();
    for (const key of this.#sources.keys()) {
      const value = this.get(key);
      if (value !== undefined) all.set(key, value);
    }
    return all;
  }
}
