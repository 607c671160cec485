import { Screen, wantsColour } from "../../machine/screen.ts";
import { COMMAND_MARK, printable, printableLines } from "../../text/printable.ts";
import { EXIT } from "./exit-code.ts";

export const FORMATS = ["pretty", "json"] as const;

/** What every command can print. */
type CommonFormat = (typeof FORMATS)[number];

/** The formats of single commands as well; such a command says in its options which ones it has. */
export type Format = CommonFormat | "sarif" | "github" | "junit" | "markdown" | "csv" | "html" | "patch";

/** The part of a process that commands write to. */
export interface Terminal {
  /** To standard output, and to standard error: one writer each, so that each failure is told once. */
  readonly write: (text: string) => void;
  readonly note: (text: string) => void;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a command says what it found, what it is doing and what went wrong. */
export interface Output {
  readonly format: Format;
  /** For a person, on standard output. */
  readonly screen: Screen;
  /** For a person, on standard error. */
  readonly notes: Screen;
  /** For a program, on standard output. */
  json(value: unknown): void;
  /** Says what takes more than a moment, on standard error and only where a person looks. */
  progress(text: string): void;
}

export function createOutput({ write, note, stdout, stderr, env }: Terminal, format: Format): Output {
  return {
    format,
    screen: new Screen(write, wantsColour(stdout, env)),
    notes: new Screen(note, wantsColour(stderr, env)),
    json: (value) => write(`${jsonText(value)}\n`),
    progress: (text) => {
      if (stderr.isTTY === true) note(`${printableLines(text)}\n`);
    },
  };
}

/** JSON leaves some characters as they are that steer a terminal; as escapes they are the same to a program. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(COMMAND_MARK, "\\u0023");
}

/** Writes to standard output; where that is impossible, standard error says so, and the exit code is no success. */
export function standardOutput(
  stdout: NodeJS.WriteStream,
  note: (text: string) => void,
): (text: string) => void {
  return writerTo(stdout, (error) => {
    note(`error: standard output cannot be written: ${error.message} [file_not_written]\n`);
    // Whatever the command came to, nobody has it.
    process.once("exit", () => {
      process.exitCode = EXIT.couldNotRun;
    });
  });
}

/**
 * Writes until nobody reads any more. `claimgate doctor | head -1` closes the pipe early; the command still
 * finishes, and ends with its own exit code.
 *
 * @param failed is told once why nothing can be written, such as for a full disk
 */
export function writerTo(
  stream: NodeJS.WriteStream,
  failed: (error: Error) => void = () => {},
): (text: string) => void {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    const first = open;
    open = false;
    if (first && error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") failed(error);
  });
  return (text) => {
    if (open) stream.write(text);
  };
}
