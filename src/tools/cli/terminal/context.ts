import type { CommonOptions } from "./common-options.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Output } from "./output.ts";

/** What a command is run with. */
export interface Context {
  readonly output: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the service is. */
  readonly directory: string;
  /** How wide the terminal is, in characters. */
  readonly columns: number;
}

/** Runs the body of a command: with its output made, its errors told and its exit code kept. */
export type Run = (options: CommonOptions, body: (context: Context) => Promise<ExitCode>) => Promise<void>;
