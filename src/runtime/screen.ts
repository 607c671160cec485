import { styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** Where a program tells a person something. Readable without colour; colour only where a person looks and wants it. */
export class Screen {
  readonly #write: (text: string) => void;
  readonly #colour: boolean;

  constructor(write: (text: string) => void, colour: boolean) {
    this.#write = write;
    this.#colour = colour;
  }

  line(text = ""): void {
    this.#write(`${text}\n`);
  }

  /** As it stands, line ends included. */
  text(text: string): void {
    this.#write(text);
  }

  heading(text: string): void {
    this.line(`\n${this.style("bold", text)}`);
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** The screen of a process: colour on a terminal, unless NO_COLOR says no. */
export function screenOf(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return new Screen((text) => stream.write(text), stream.isTTY === true && !refused);
}
