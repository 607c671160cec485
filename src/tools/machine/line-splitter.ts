/** A longer line is no log line; keeping it would take the memory of the machine. In UTF-16 code units. */
const LONGEST_LINE = 2 ** 28;

/** Makes lines of text that comes in pieces. Each piece is looked through once, however long a line gets. */
export class LineSplitter {
  #parts: string[] = [];
  #length = 0;

  /** The lines that end in this piece. @throws Error where one is longer than {@link LONGEST_LINE} */
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

  /** What follows the last line end. */
  end(): string {
    return this.#parts.join("");
  }
}
