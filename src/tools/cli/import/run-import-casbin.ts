import { type Conversion, convertCasbin } from "../../import/casbin/convert.ts";
import { shellWord } from "../../text/shell-word.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { apiOfService } from "./api-of-service.ts";
import type { ImportCasbinArguments } from "./import-arguments.ts";
import type { ImportJson } from "./import-contract.ts";
import { printImportCasbin } from "./print-import-casbin.ts";
import { importedFile, writeImported } from "./write-imported.ts";

/** `claimgate import casbin`. @throws CommandError */
export async function runImportCasbin(
  context: Context,
  model: string,
  policies: readonly string[],
  options: ImportCasbinArguments,
): Promise<ExitCode> {
  const { output } = context;
  const files = {
    model: importedFile(context, model),
    rows: policies.map((path) => importedFile(context, path)),
  };
  const api = options.service === true ? await apiOfService(context, options) : undefined;
  const conversion = convertCasbin({ ...files, api }, options.callers);
  const isRefused = conversion.files.length === 0 || mustRefuse(conversion, options);
  const written = writeImported(context, isRefused ? [] : conversion.files, options);
  const { rows, routes, permissions, memberships, unreached, refused, mayWiden } = conversion;
  const report: ImportJson = {
    outcome: isRefused ? "refused" : options.dryRun === true ? "planned" : "written",
    files: written,
    ...{ rows, routes, permissions, memberships, unreached, refused, mayWiden },
    next: nextSteps(conversion, options, isRefused),
  };
  if (output.format === "json") output.json(report);
  else printImportCasbin(output.screen, report);
  return refused.length > 0 ? EXIT.policyInvalid : EXIT.ok;
}

/** Without a row that may deny, the rest could allow what the old policy denied. */
function mustRefuse({ refused, mayWiden }: Conversion, { partial }: ImportCasbinArguments): boolean {
  return refused.length > 0 && (partial !== true || mayWiden);
}

function nextSteps(
  { routes, permissions }: Conversion,
  { output, dryRun }: ImportCasbinArguments,
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
