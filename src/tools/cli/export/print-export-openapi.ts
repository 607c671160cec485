import type { Screen } from "../../machine/screen.ts";
import { counted } from "../../text/counted.ts";
import type { ExportOpenApiArguments } from "./export-arguments.ts";
import type { ExportOpenApiJson } from "./export-openapi-contract.ts";

/** What `claimgate export openapi` wrote, or would write, for people. */
export function printExportOpenApi(
  screen: Screen,
  { file, written, stale, operations, changed, unknown, missing, leftOut }: ExportOpenApiJson,
  { check, into }: Pick<ExportOpenApiArguments, "check" | "into">,
): void {
  const count = counted(into === undefined ? operations : changed.length, "operation");
  if (written) screen.line(`wrote ${file}: ${count}${into === undefined ? "" : " changed"}`);
  else if (!stale) screen.line(`${file} is current`);
  else if (check === true)
    screen.line(
      `${file} is stale${changed.length > 0 && into !== undefined ? `: ${changed.join(", ")}` : ""}`,
    );
  const section = (heading: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    screen.heading(heading);
    for (const line of lines) screen.line(`  ${line}`);
  };
  section(
    "Not in the policy: these operations stayed as they are",
    unknown.map(({ operation, line, column, isOutdated }) => {
      const old = isOutdated ? ", with permissions of a former policy: remove them" : "";
      return `${file}:${line}:${column}: ${operation}${old}`;
    }),
  );
  section("Not in the document", missing);
  section(
    "Left out",
    leftOut.map(({ route, reason }) => `${route}: ${reason}`),
  );
}
