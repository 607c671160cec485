import { Screen } from "../runtime/screen.ts";

export const FORMATS = ["pretty", "json"] as const;

/** What every command can print. */
export type CommonFormat = (typeof FORMATS)[number];

/** The formats of single commands as well; such a command says in its options which ones it has. */
export type Format = CommonFormat | "sarif" | "github" | "junit" | "markdown" | "csv" | "html" | "patch";

/** The part of a process that commands write to. */
export interface Terminal {
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

export function createOutput({ stdout, stderr, env }: Terminal, format: Format): Output {
  const write = writerTo(stdout);
  const note = writerTo(stderr);
  return {
    format,
    screen: new Screen(write, wantsColour(stdout, env)),
    notes: new Screen(note, wantsColour(stderr, env)),
    json: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    progress: (text) => {
      if (stderr.isTTY === true) note(`${text}\n`);
    },
  };
}

/** Colour on a terminal, unless NO_COLOR is set to anything (no-color.org). */
function wantsColour(stream: NodeJS.WriteStream, env: Terminal["env"]): boolean {
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return stream.isTTY === true && !refused;
}

/**
 * Writes until nobody reads any more. `claimgate doctor | head -1` closes the pipe early; the command still
 * finishes, and ends with its own exit code.
 */
export function writerTo(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
  });
  return (text) => {
    if (open) stream.write(text);
  };
}
