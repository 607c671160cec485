import { compilePolicy, type PolicySources } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import { formatRows } from "../../lint/fixes/format-rows.ts";
import { CommandError } from "../../machine/command-error.ts";
import { writePolicyFile } from "../../machine/write-policy-file.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, placeIn, readPolicies } from "../terminal/policy-options.ts";
import type { FmtJson } from "./check-contract.ts";

export interface FmtArguments extends CommonOptions, PolicyOptions {
  readonly check?: true;
  readonly sort?: true;
}

/** `claimgate fmt`. @throws CommandError, and PolicyError for a file that is not text */
export function runFmt(context: Context, options: FmtArguments): Promise<ExitCode> {
  const before = readPolicies(context, options);
  const formatted = before.rows.map(({ path, text }) => ({
    path,
    text: formatRows(path, text, { sort: options.sort === true }),
  }));
  const changed = formatted.filter(({ text }, index) => text !== before.rows[index]?.text);
  requireSamePolicy(before, { ...before, rows: formatted });
  if (options.check !== true) for (const file of changed) writePolicyFile(placeIn(context, options), file);
  const { output } = context;
  const files = changed.map(({ path }) => path);
  if (output.format === "json") {
    output.json({ changed: files, written: options.check !== true } satisfies FmtJson);
  } else for (const file of files) output.screen.line(options.check === true ? `${file} would change` : file);
  return Promise.resolve(options.check === true && files.length > 0 ? EXIT.no : EXIT.ok);
}

/** A policy that does not load has no version; its readable lines are formatted all the same. */
function versionOf(sources: PolicySources): string | undefined {
  try {
    return compilePolicy(sources).version;
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** @throws CommandError `unexpected`: a defect of claimgate; nothing was written */
function requireSamePolicy(before: PolicySources, after: PolicySources): void {
  const version = versionOf(before);
  if (version === undefined || version === versionOf(after)) return;
  throw new CommandError("unexpected", "the formatted policy would decide differently; nothing was written", {
    fix: "please report this with the policy",
  });
}
