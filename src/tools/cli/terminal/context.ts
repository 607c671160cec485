import type { CommonOptions } from "./common-options.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Output } from "./output.ts";

/** The environment of a command. */
export interface Context {
  readonly output: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory of the service. */
  readonly directory: string;
  /** The width of the terminal, in characters. */
  readonly columns: number;
}

/** Runs the body of a command: creates its output, prints its errors and keeps its exit status. */
export type Run = (options: CommonOptions, body: (context: Context) => Promise<ExitCode>) => Promise<void>;
