import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { systemCodeOf } from "../../../errors.ts";
import { jsonIn, sameJson } from "../../../json.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead, whyNotWritten } from "../../machine/file-reason.ts";
import type { ClientJson } from "../client/client-contract.ts";
import type { TypesJson } from "../types/types-contract.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

/** Where a generated file goes. */
export interface GeneratedArguments {
  /** A file, or `-` for standard output. */
  readonly output: string;
  readonly check?: true;
}

/**
 * A name that compilers would read as something else is refused.
 *
 * @param isRight of the name of a file
 * @param expected `.ts or .d.ts`
 * @throws CommandError `command_usage`
 */
export function assertOutputName(file: string, isRight: RegExp, expected: string): void {
  if (file === "-" || isRight.test(file)) return;
  throw new CommandError("command_usage", `\`${file}\` would not be read as what is written into it`, {
    fix: `give \`-o\` a name that ends in ${expected}`,
  });
}

/**
 * Writes a generated file, prints it, or with `--check` compares it.
 *
 * @param summary what it has, for people
 * @throws CommandError `file_not_written`, `command_usage`
 */
export function generateFile(
  context: Context,
  { output: file, check }: GeneratedArguments,
  text: string,
  summary: string,
): ExitCode {
  const { output, directory } = context;
  if (file === "-") {
    if (check === true) {
      throw new CommandError("command_usage", "`--check` compares a file, and `-` is standard output", {
        fix: "give the file with `-o`",
      });
    }
    output.screen.document(text);
    return EXIT.ok;
  }
  const path = resolve(directory, file);
  const stale = staleness(path, text);
  if (check !== true) write(path, file, text);
  const result: TypesJson & ClientJson = { file, written: check !== true, stale: stale ?? null };
  if (output.format === "json") output.json(result);
  else if (check !== true) output.screen.line(`wrote ${file}: ${summary}`);
  else
    output.screen.line(stale === undefined ? `${file} is current: ${summary}` : `${file} is stale: ${stale}`);
  return check === true && stale !== undefined ? EXIT.no : EXIT.ok;
}

/** Git may have given the file the line endings of Windows, and a formatter of JSON other blanks. */
function staleness(path: string, text: string): string | undefined {
  try {
    const written = readFileSync(path, "utf8");
    const isSame = path.endsWith(".json")
      ? sameJson(jsonIn(written), jsonIn(text))
      : written.replaceAll("\r\n", "\n") === text;
    return isSame ? undefined : "the policy has changed";
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return "the file does not exist";
    return `it cannot be read: ${whyNotRead(error)}`;
  }
}

function write(path: string, file: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new CommandError("file_not_written", `${file} could not be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another file with `-o`",
    });
  }
}
