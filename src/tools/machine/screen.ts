import { styleText } from "node:util";
import { printableLines } from "../text/printable.ts";

type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** The output of {@link Screen.style}. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal knows styles by the escape character
const STYLED = /(\u001b\[(?:1|2|22|31|32|33|39)m)/;

/** The output for people. Readable without colour; coloured only on a terminal that wants it. */
export class Screen {
  readonly #write: (text: string) => void;
  readonly #colour: boolean;

  constructor(write: (text: string) => void, colour: boolean) {
    this.#write = write;
    this.#colour = colour;
  }

  /** Escapes whatever would control a terminal or a CI service, but keeps the styles of a screen. */
  line(text = ""): void {
    const parts = this.#colour ? text.split(STYLED) : [text];
    this.#write(`${parts.map((part, index) => (index % 2 === 1 ? part : printableLines(part))).join("")}\n`);
  }

  /** A document of some format, with its own escapes and line ends. */
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
 * Whether to colour: `FORCE_COLOR` decides if it is set, as for Node (empty, 1, 2, 3 and true mean yes, anything else
 * no); then `NO_COLOR` (no-color.org) and `TERM=dumb` mean no; then yes on a terminal.
 */
function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused = "", TERM: terminal } = env;
  if (forced !== undefined) return ["", "1", "2", "3", "true"].includes(forced);
  if (refused !== "" || terminal === "dumb") return false;
  return stream.isTTY === true;
}

/** The screen of a stream, by default one that writes to it. */
export function screenOf(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void = (text) => stream.write(text),
): Screen {
  return new Screen(write, wantsColour(stream, env));
}
