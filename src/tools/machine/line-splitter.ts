/** A longer line is not a log line, and could exhaust memory. In UTF-16 code units. */
const LONGEST_LINE = 2 ** 28;

/** Splits streamed text into lines. Scans each chunk once, regardless of the length of lines. */
export class LineSplitter {
  #parts: string[] = [];
  #length = 0;

  /** The lines that end in this chunk. @throws Error if one is longer than {@link LONGEST_LINE} */
  take(piece: string): readonly string[] {
    const lines = piece.split("\n");
    const rest = lines.pop() ?? "";
    if (lines.length > 0) {
      lines[0] = this.#parts.join("") + (lines[0] ?? "");
      this.#parts = [];
      this.#length = 0;
    }
    this.#parts.push(rest);
    this.#length += rest.length;
    if (this.#length > LONGEST_LINE) throw new Error("a line is longer than 256 MiB");
    return lines;
  }

  /** The rest after the last line end. */
  end(): string {
    return this.#parts.join("");
  }
}
