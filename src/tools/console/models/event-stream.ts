/** Reads server-sent events from pieces of text, which may end anywhere. */
export class EventStreamReader {
  #rest = "";

  /** The data of each event that is complete with this piece. Comments are left out. */
  take(piece: string): readonly string[] {
    const blocks = (this.#rest + piece).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const data = block.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : []));
      return data.length === 0 ? [] : [data.join("\n")];
    });
  }
}
