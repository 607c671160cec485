/** Strings that each occur once; others name them by their index. */
export class Interned {
  readonly strings: string[] = [];
  readonly #indexes = new Map<string, number>();

  /** The index of a string, which is added unless it is known; -1 for none. */
  at(text: string | undefined): number {
    if (text === undefined) return -1;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    this.#indexes.set(text, this.strings.length);
    return this.strings.push(text) - 1;
  }

  readonly all = (texts: readonly string[]): readonly number[] => texts.map((text) => this.at(text));
}
