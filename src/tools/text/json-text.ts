/** A JSON value that knows where it stands in its text; offsets count from 0. */
export type JsonNode =
  | { readonly kind: "object"; readonly offset: number; readonly members: readonly JsonMember[] }
  | { readonly kind: "string"; readonly offset: number; readonly value: string }
  /** Anything else: no configuration of ours has one, so it is not kept. */
  | { readonly kind: "other"; readonly offset: number };

export interface JsonMember {
  readonly name: string;
  /** Of the name. */
  readonly offset: number;
  readonly value: JsonNode;
}

/** Reads JSON (RFC 8259), or tells the offset at which it stops being JSON. */
export function readJson(text: string): { readonly node: JsonNode } | { readonly unexpectedAt: number } {
  const reader = new JsonReader(text);
  const node = reader.value();
  reader.skip();
  return node === undefined || !reader.atEnd ? { unexpectedAt: reader.offset } : { node };
}

const DEEPEST = 100;

class JsonReader {
  offset = 0;
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.offset >= this.#text.length;
  }

  skip(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  /** Undefined where there is no value; `offset` is then at what stands there instead. */
  value(): JsonNode | undefined {
    this.skip();
    const { offset } = this;
    const first = this.#text[offset];
    if (first === '"') {
      const value = this.#string();
      return value === undefined ? undefined : { kind: "string", offset, value };
    }
    if (first !== "{" && first !== "[") {
      const scalar = this.#match(
        /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y,
      );
      return scalar === undefined ? undefined : { kind: "other", offset };
    }
    if (this.#depth >= DEEPEST) return undefined;
    this.#depth += 1;
    const node = first === "{" ? this.#object() : this.#array();
    this.#depth -= 1;
    return node;
  }

  #object(): JsonNode | undefined {
    const { offset } = this;
    const members: JsonMember[] = [];
    const complete = this.#list("}", () => {
      const at = this.offset;
      const name = this.#string();
      this.skip();
      if (name === undefined || !this.#take(":")) return false;
      const value = this.value();
      if (value === undefined) return false;
      members.push({ name, offset: at, value });
      return true;
    });
    return complete ? { kind: "object", offset, members } : undefined;
  }

  #array(): JsonNode | undefined {
    const { offset } = this;
    return this.#list("]", () => this.value() !== undefined) ? { kind: "other", offset } : undefined;
  }

  /** Items between the bracket that stands here and the closing one, separated by commas. */
  #list(close: string, item: () => boolean): boolean {
    this.offset += 1;
    this.skip();
    if (this.#take(close)) return true;
    for (;;) {
      this.skip();
      if (!item()) return false;
      this.skip();
      if (this.#take(close)) return true;
      if (!this.#take(",")) return false;
    }
  }

  #string(): string | undefined {
    const start = this.offset;
    const raw = this.#match(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy);
    if (raw === undefined) return undefined;
    const value: unknown = JSON.parse(raw);
    if (typeof value === "string") return value;
    this.offset = start;
    return undefined;
  }

  #take(character: string): boolean {
    if (this.#text[this.offset] !== character) return false;
    this.offset += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.offset += found.length;
    return found;
  }
}
