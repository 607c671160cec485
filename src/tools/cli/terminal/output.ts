import { whyNotWritten } from "../../machine/file-reason.ts";
import { type Screen, screenOf } from "../../machine/screen.ts";
import { COMMAND_MARK, printable, printableLines } from "../../text/printable.ts";
import { EXIT } from "./exit-code.ts";

export const FORMATS = ["pretty", "json"] as const;

/** The formats of every command. */
type CommonFormat = (typeof FORMATS)[number];

/** All formats, including those of single commands, which list them in their options. */
export type Format = CommonFormat | "sarif" | "github" | "junit" | "markdown" | "csv" | "html" | "patch";

/** The part of a process that commands use for output. */
export interface Terminal {
  /** One writer for standard output and one for standard error, so that each failure is reported once. */
  readonly write: (text: string) => void;
  readonly note: (text: string) => void;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a command prints results, progress and errors. */
export interface Output {
  readonly format: Format;
  /** For a person, on standard output. */
  readonly screen: Screen;
  /** For a person, on standard error. */
  readonly notes: Screen;
  /** For a program, on standard output. */
  json(value: unknown): void;
  /** Prints progress on standard error, only to a terminal. */
  progress(text: string): void;
}

export function createOutput({ write, note, stdout, stderr, env }: Terminal, format: Format): Output {
  return {
    format,
    screen: screenOf(stdout, env, write),
    notes: screenOf(stderr, env, note),
    json: (value) => write(`${jsonText(value)}\n`),
    progress: (text) => {
      if (stderr.isTTY === true) note(`${printableLines(text)}\n`);
    },
  };
}

/** JSON does not escape some characters that control a terminal; programs read the escapes as the same. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(COMMAND_MARK, "\\u0023");
}

/** Writes to standard output; if that fails, prints it on standard error and sets a failing exit status. */
export function standardOutput(
  stdout: NodeJS.WriteStream,
  note: (text: string) => void,
): (text: string) => void {
  return writerTo(stdout, (error) => {
    note(`error: standard output cannot be written: ${whyNotWritten(error)} [file_not_written]\n`);
    // The result of the command is lost.
    process.once("exit", () => {
      process.exitCode = EXIT.couldNotRun;
    });
  });
}

/**
 * Writes until the reader closes the pipe, as in `claimgate doctor | head -1`; the command still finishes with its own
 * exit status.
 *
 * @param failed called once if writing fails, e.g. on a full disk
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
