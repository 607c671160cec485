import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { PolicyFile } from "../../../policy/compile.ts";
import { loadPolicy } from "../../../policy/load.ts";
import type { CallerKind } from "../../import/casbin/callers.ts";
import { type Conversion, convertCasbin } from "../../import/casbin/convert.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { csvFiles } from "../../machine/policy-files.ts";
import { shippedModel } from "../../machine/shipped-model.ts";
import { shellWord } from "../../text/shell-word.ts";
import { writeChanges } from "../init/write-changes.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { apiOfService } from "./api-of-service.ts";
import type { ImportJson } from "./import-contract.ts";
import { printImport } from "./print-import.ts";

export interface ImportArguments extends StageArguments {
  readonly callers?: CallerKind;
  readonly output: string;
  readonly service?: true;
  readonly partial?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

/** `claimgate import casbin`. @throws CommandError */
export async function runImport(
  context: Context,
  model: string,
  policies: readonly string[],
  options: ImportArguments,
): Promise<ExitCode> {
  const { output, directory } = context;
  const read = (path: string): PolicyFile => ({ path, text: textOf(directory, path) });
  const files = { model: read(model), rows: policies.map(read) };
  const api = options.service === true ? await apiOfService(context, options) : undefined;
  const conversion = convertCasbin({ ...files, api }, options.callers);
  const isRefused = conversion.files.length === 0 || mustRefuse(conversion, options);
  const written = isRefused ? [] : filesOf(context, conversion, options);
  if (written.length > 0) refuseOtherRows(context, written, options);
  const how = { overwrite: options.force === true, dryRun: options.dryRun === true };
  writeChanges(directory, { files: written, edits: [] }, how);
  const { rows, routes, permissions, memberships, unreached, refused, mayWiden } = conversion;
  const report: ImportJson = {
    outcome: isRefused ? "refused" : options.dryRun === true ? "planned" : "written",
    files: written.map(({ path }) => path),
    ...{ rows, routes, permissions, memberships, unreached, refused, mayWiden },
    next: nextSteps(conversion, options, isRefused),
  };
  if (output.format === "json") output.json(report);
  else printImport(output.screen, report);
  return refused.length > 0 ? EXIT.policyInvalid : EXIT.ok;
}

/** Without a row that may deny, the rest could allow what the old policy denied. */
function mustRefuse({ refused, mayWiden }: Conversion, { partial }: ImportArguments): boolean {
  return refused.length > 0 && (partial !== true || mayWiden);
}

function filesOf(
  { directory }: Context,
  { files }: Conversion,
  options: ImportArguments,
): readonly PolicyFile[] {
  const model = { path: "model.conf", text: shippedModel() };
  // What is written loads: a row that does not is a defect of the conversion.
  loadPolicy({ model, rows: files });
  const name = relative(directory, resolve(directory, options.output)) || ".";
  return [model, ...files].map(({ path, text }) => ({ path: `${name}/${path}`, text }));
}

/** @throws CommandError `file_not_written` if rows that are there already would join the converted ones */
function refuseOtherRows(
  { directory }: Context,
  files: readonly PolicyFile[],
  { output, force }: ImportArguments,
): void {
  const full = resolve(directory, output);
  const own = new Set(files.map(({ path }) => resolve(directory, path)));
  const others = existsSync(full) ? csvFiles(full).filter((path) => !own.has(resolve(full, path))) : [];
  if (others.length === 0 || force === true) return;
  throw new CommandError(
    "file_not_written",
    `\`${output}\` already has rows: ${others.map((path) => relative(full, path)).join(", ")}`,
    {
      fix: "give an empty directory with `-o`, or add the rows to those with `--force`",
    },
  );
}

function textOf(directory: string, path: string): string {
  try {
    return new TextDecoder("utf8", { fatal: true }).decode(readFileSync(resolve(directory, path)));
  } catch (cause) {
    const reason = cause instanceof TypeError ? "it is not UTF-8" : whyNotRead(cause);
    throw new CommandError("policies_unreadable", `\`${path}\` cannot be read: ${reason}`, {
      cause,
      fix: "give the model and the policy files that your service loads",
    });
  }
}

function nextSteps(
  { routes, permissions }: Conversion,
  { output, dryRun }: ImportArguments,
  isRefused: boolean,
): readonly string[] {
  const at = output === "policies" ? "" : ` --policies ${shellWord(output)}`;
  if (isRefused) return [];
  return [
    ...(dryRun === true ? [] : [`claimgate check --service${at}`]),
    ...(permissions.length === 0 ? [] : ["write a `g2` row for each route of a permission"]),
    ...(routes.length === 0 ? [] : [`claimgate matrix --rows routes${at}`]),
  ];
}
