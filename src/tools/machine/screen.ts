import { styleText } from "node:util";
import { printableLines } from "../text/printable.ts";

type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** What {@link Screen.style} makes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal knows styles by the escape character
const STYLED = /(\u001b\[(?:1|2|22|31|32|33|39)m)/;

/** Where a program tells a person something. Readable without colour; colour only where a person looks and wants it. */
export class Screen {
  readonly #write: (text: string) => void;
  readonly #colour: boolean;

  constructor(write: (text: string) => void, colour: boolean) {
    this.#write = write;
    this.#colour = colour;
  }

  /** What is in the text and would steer a terminal or a CI service is spelled out; the styles of a screen stay. */
  line(text = ""): void {
    const parts = this.#colour ? text.split(STYLED) : [text];
    this.#write(`${parts.map((part, index) => (index % 2 === 1 ? part : printableLines(part))).join("")}\n`);
  }

  /** A document of some format, which has its own way to escape; line ends included. */
  document(text: string): void {
    this.#write(text);
  }

  heading(text: string): void {
    this.line(`\n${this.style("bold", text)}`);
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }
}

/**
 * Whether to colour: `FORCE_COLOR` decides where it is set, as for Node (nothing, 1, 2, 3 and true mean yes, all else
 * no); then `NO_COLOR` (no-color.org) and `TERM=dumb` say no; then it is yes on a terminal.
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused = "", TERM: terminal } = env;
  if (forced !== undefined) return ["", "1", "2", "3", "true"].includes(forced);
  if (refused !== "" || terminal === "dumb") return false;
  return stream.isTTY === true;
}

/** The screen of a process. */
export function screenOf(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  return new Screen((text) => stream.write(text), wantsColour(stream, env));
}
