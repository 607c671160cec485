import { convertOpenApi, type OpenApiConversion } from "../../import/openapi/convert.ts";
import { printRefusal } from "../../import/refusal.ts";
import type { Screen } from "../../machine/screen.ts";
import { readOpenApi } from "../../openapi/read-document.ts";
import { counted } from "../../text/counted.ts";
import { shellWord } from "../../text/shell-word.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { apiOfService } from "./api-of-service.ts";
import type { ImportOpenApiArguments } from "./import-arguments.ts";
import type { ImportOpenApiJson } from "./import-contract.ts";
import { importedFile, writeImported } from "./write-imported.ts";

/** `claimgate import openapi`. @throws CommandError */
export async function runImportOpenApi(
  context: Context,
  path: string,
  options: ImportOpenApiArguments,
): Promise<ExitCode> {
  const { output } = context;
  const file = importedFile(context, path);
  const document = readOpenApi(file.path, file.text);
  const api = options.service === true ? await apiOfService(context, options) : undefined;
  const { apps = [], basePath } = options;
  const conversion = convertOpenApi({ document, apps, basePath, api });
  const { refused, mayWiden } = conversion;
  const isLeftOut = options.partial === true && !mayWiden;
  const isRefused = conversion.files.length === 0 || (refused.length > 0 && !isLeftOut);
  const files = writeImported(context, isRefused ? [] : conversion.files, options, [ROWS_TO_COME]);
  const { files: _, ...found } = conversion;
  const report: ImportOpenApiJson = {
    ...found,
    outcome: isRefused ? "refused" : options.dryRun === true ? "planned" : "written",
    files,
    next: isRefused ? [] : nextSteps(conversion, options),
  };
  if (output.format === "json") output.json(report);
  else printImport(output.screen, report);
  return refused.length > 0 ? EXIT.policyInvalid : EXIT.ok;
}

/** A document with permissions alone gives no `p` row, and a policy without one does not load. */
const ROWS_TO_COME = { path: "to-come.csv", text: "p, role:to-come, to-come:call, allow\n" };

function nextSteps(
  { files, permissions }: OpenApiConversion,
  options: ImportOpenApiArguments,
): readonly string[] {
  const at = options.output === "policies" ? "" : ` --policies ${shellWord(options.output)}`;
  const hasGrants = files.some(({ path }) => path === "roles.csv");
  return [
    ...(permissions.length === 0
      ? []
      : [`write \`p\` rows that say who holds ${counted(permissions.length, "permission")}`]),
    ...(permissions.length > 0 || hasGrants || files.length === 0 ? [] : [NO_GRANTS]),
    ...(options.dryRun === true ? [] : [`claimgate check --service${at}`]),
    ...(hasGrants && options.dryRun !== true ? [`claimgate matrix --rows routes${at}`] : []),
  ];
}

const NO_GRANTS =
  "write the first `p` row: everyone may call each operation, and a policy without a `p` row does not load";

function printImport(screen: Screen, report: ImportOpenApiJson): void {
  const { outcome, files, operations, routes, refused, unreached, undescribed, mayWiden, next } = report;
  for (const file of files) screen.line(`${outcome === "planned" ? "would write" : "wrote"} ${file}`);
  if (outcome !== "refused") {
    screen.line(`${counted(routes.length, "operation")} of ${operations} converted`);
    screen.line("a `HEAD` request is decided as `GET`");
  }
  const section = (heading: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    screen.heading(heading);
    for (const line of lines) screen.line(`  ${line}`);
  };
  if (outcome === "refused") {
    const partial = mayWiden
      ? "requests of one of these would be decided by the row of another, so `--partial` does not leave it out"
      : "correct these, or leave them out with `--partial`";
    const after = routes.length === 0 ? "correct these first" : partial;
    section("Refused; nothing was written", [...refused.map(printRefusal), after]);
  } else {
    section("Refused, and left out", refused.map(printRefusal));
    section("Left out: the API has no route for these operations", unreached.map(printRefusal));
    section("Denied: the document does not have these routes", undescribed);
  }
  section("Next", next);
}
