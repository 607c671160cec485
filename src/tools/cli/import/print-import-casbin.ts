import { printRefusal } from "../../import/refusal.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted } from "../../text/counted.ts";
import type { ImportJson } from "./import-contract.ts";

/** What `claimgate import casbin` did, or would do, for people. */
export function printImportCasbin(screen: Screen, report: ImportJson): void {
  const { outcome, files, rows, routes, permissions, memberships, unreached, refused } = report;
  for (const file of files) screen.line(`${outcome === "planned" ? "would write" : "wrote"} ${file}`);
  if (outcome !== "refused") {
    screen.line(
      `${counted(rows - refused.length - unreached.length, "row")} of ${rows} converted: ${counted(routes.length, "route")}, ${counted(permissions.length, "permission")} without a route`,
    );
    if (routes.length > 0) screen.line("a `HEAD` request is decided as `GET`");
  }
  if (refused.length > 0) {
    screen.heading(outcome === "refused" ? "Refused; nothing was written" : "Refused, and left out");
    for (const one of refused) screen.line(`  ${printRefusal(one)}`);
    if (outcome === "refused") screen.line(`  ${afterRefusal(report)}`);
  }
  if (unreached.length > 0 && outcome !== "refused") {
    screen.heading("Left out: no request of the API meets these rows");
    for (const one of unreached) screen.line(`  ${printRefusal(one)}`);
  }
  if (memberships.length > 0 && outcome !== "refused") {
    screen.heading("Users to put into Cognito groups");
    for (const { user, group } of memberships) screen.line(`  ${user}: ${group}`);
  }
  if (report.next.length === 0) return;
  screen.heading("Next");
  for (const step of report.next) screen.line(`  ${step}`);
}

function afterRefusal({ mayWiden, routes, permissions }: ImportJson): string {
  // The model is refused, or each row: nothing would be left.
  if (routes.length + permissions.length === 0) return "correct these first";
  return mayWiden
    ? "one of these may deny something, so `--partial` does not leave them out"
    : "correct these, or leave them out with `--partial`";
}
