import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ClaimgateError } from "../../../errors.ts";
import type { CompiledPolicy } from "../../../policy/compile.ts";
import { compileDirectory } from "../../checking/compile-directory.ts";
import { CommandError } from "../../machine/command-error.ts";
import { fileStaleness } from "../../machine/compiled-file.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, policiesOf, unreadable } from "../terminal/policy-options.ts";
import type { CompileJson } from "./compile-contract.ts";

export interface CompileArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  readonly check?: true;
}

/** `claimgate compile`. @throws CommandError, PolicyError if the policy has errors */
export function runCompile(context: Context, options: CompileArguments): Promise<ExitCode> {
  const compiled = compiledOf(context, options);
  const path = resolve(context.directory, options.output);
  const stale = fileStaleness(path, compiled);
  if (options.check !== true) write(path, options.output, compiled);
  report(context, options, {
    file: options.output,
    version: compiled.version,
    written: options.check !== true,
    stale: stale ?? null,
  });
  return Promise.resolve(options.check === true && stale !== undefined ? EXIT.no : EXIT.ok);
}

function compiledOf(context: Context, options: CompileArguments): CompiledPolicy {
  try {
    return compileDirectory(policiesOf(context, options));
  } catch (cause) {
    if (cause instanceof ClaimgateError) throw cause;
    throw unreadable(context, options, cause);
  }
}

function write(path: string, name: string, compiled: CompiledPolicy): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(compiled)}\n`);
  } catch (cause) {
    throw new CommandError("file_not_written", `${name} could not be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another file with `-o`",
    });
  }
}

function report({ output }: Context, { check }: CompileArguments, result: CompileJson): void {
  if (output.format === "json") output.json(result);
  else if (check !== true) output.screen.line(`wrote ${result.file}: policy version ${result.version}`);
  else if (result.stale === null)
    output.screen.line(`${result.file} is current: policy version ${result.version}`);
  else output.screen.line(`${result.file} is stale: ${result.stale}`);
}
