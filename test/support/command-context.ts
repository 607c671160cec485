import type { Context } from "../../src/tools/cli/terminal/context.ts";
import { createOutput, type Format } from "../../src/tools/cli/terminal/output.ts";

/** What a command is run with in this process, and what it has written. */
export function contextIn(
  directory: string,
  format: Format = "pretty",
): { readonly context: Context; readonly written: () => string } {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const { stdout, stderr } = process;
  const output = createOutput({ write, note: write, stdout, stderr, env: {} }, format);
  return { context: { output, env: {}, directory, columns: 100 }, written: () => text };
}
