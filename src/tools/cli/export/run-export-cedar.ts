import { resolve } from "node:path";
import { cedarFiles, isCedarFile, policyFiles, SHAPE_FILE } from "../../export/cedar/cedar-files.ts";
import type { SkippedRow } from "../../export/cedar/cedar-policies.ts";
import { type CedarExport, exportCedar } from "../../export/cedar/export-cedar.ts";
import { namespaceProblem } from "../../export/cedar/namespace.ts";
import { overQuota } from "../../export/cedar/quotas.ts";
import { CommandError } from "../../machine/command-error.ts";
import { counted } from "../../text/counted.ts";
import { shellWord } from "../../text/shell-word.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { policyOf } from "../terminal/read-policy.ts";
import type { ExportCedarArguments } from "./export-arguments.ts";
import type { ExportCedarJson } from "./export-cedar-contract.ts";
import { writeExport } from "./export-directory.ts";

/** `claimgate export cedar`. @throws CommandError, PolicyError */
export function runExportCedar(context: Context, options: ExportCedarArguments): Promise<ExitCode> {
  const problem = namespaceProblem(options.namespace);
  if (problem !== undefined) {
    throw new CommandError("command_usage", `\`--namespace ${options.namespace}\`: ${problem}`, {
      fix: "write a name such as `Orders`",
    });
  }
  const exported = exportCedar(policyOf(context, options), options.namespace);
  const isRefused = exported.refused.length > 0;
  const files = isRefused ? new Map<string, string>() : cedarFiles(exported);
  if (!isRefused) {
    writeExport(resolve(context.directory, options.output), options.output, files, {
      mark: SHAPE_FILE,
      isOwn: isCedarFile,
    });
  }
  const report = reportOf(exported, options.output, [...files.keys()].sort());
  if (context.output.format === "json") context.output.json(report);
  else print(context, report);
  return Promise.resolve(isRefused ? EXIT.policyInvalid : EXIT.ok);
}

function reportOf(exported: CedarExport, directory: string, files: readonly string[]): ExportCedarJson {
  const names = policyFiles(exported.policies);
  const isRefused = exported.refused.length > 0;
  return {
    outcome: isRefused ? "refused" : "written",
    directory,
    files,
    policyVersion: exported.shape.policyVersion,
    policies: isRefused
      ? []
      : exported.policies.map((one) => ({
          id: one.id,
          file: names.get(one) ?? "",
          effect: one.effect,
          rows: one.rows.map((row) => ({ ...row, reason: null })),
        })),
    without: exported.without,
    refused: exported.refused,
    otherRows: exported.otherRows,
    publicRoutes: exported.publicRoutes,
    overQuota: overQuota(exported),
  };
}

function print({ output: { screen } }: Context, report: ExportCedarJson): void {
  const { directory, policies, without, refused, otherRows, publicRoutes, overQuota: over } = report;
  if (refused.length > 0) {
    screen.heading("Refused; nothing was written");
    for (const one of refused) screen.line(`  ${described(one)}`);
    return;
  }
  const forbids = policies.filter(({ effect }) => effect === "forbid").length;
  screen.line(
    `wrote ${counted(policies.length, "policy").replace(/ys$/, "ies")} to ${shellWord(directory)}: ${policies.length - forbids} permit, ${forbids} forbid`,
  );
  if (without.length > 0) {
    screen.heading("Left out: these rows have no effect on any request");
    for (const one of without) screen.line(`  ${described(one)}`);
  }
  if (otherRows + publicRoutes.length > 0) screen.heading("Not for Cedar");
  if (otherRows > 0) screen.line(`  ${counted(otherRows, "row")} about sign-up and directories`);
  for (const route of publicRoutes) screen.line(`  ${route} is public`);
  if (over.length > 0) {
    screen.heading("Over the default quotas of Verified Permissions");
    for (const one of over) screen.line(`  ${one}`);
  }
  screen.heading("Next");
  screen.line(`  ${shellWord(`${directory}/README.md`)} says how to load it and how to ask`);
}

function described({
  file,
  line,
  row,
  reason,
}: Omit<SkippedRow, "reason"> & { reason: string | null }): string {
  return `${file}:${line} ${row}: ${reason ?? ""}`;
}
