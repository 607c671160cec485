import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { policiesDirectory } from "../../machine/policy-files.ts";
import { printable } from "../../text/printable.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";

/** Reasons that name no row, for people. */
const WITHOUT_ROW: Readonly<Record<string, (permissions: string) => string>> = {
  nothing_granted: (permissions) => `no row grants ${permissions}`,
  route_unknown: () => "no g2 row has this route",
  route_without_permission: () => "no g2 row gives this route a permission",
};

/** The row that decided, with its place, or what was missing. */
export function decidedBy(decision: LoggedDecision | undefined): string {
  if (decision === undefined) return "no decision was logged; see the log of the functions";
  const [place] = decision.determining;
  if (place !== undefined) return printable(`${place}  ${rowAt(place)}`);
  const reason = decision.reason ?? decision.kind;
  return printable(WITHOUT_ROW[reason]?.(decision.permissions.join(" or ")) ?? reason);
}

/** The text of the row that decided, as in the file; places are relative to the parent of the directory. */
function rowAt(place: string): string {
  const colon = place.lastIndexOf(":");
  const file = resolve(policiesDirectory(process.env), "..", place.slice(0, colon));
  try {
    return readFileSync(file, "utf8").split(/\r?\n/)[Number(place.slice(colon + 1)) - 1] ?? "";
  } catch {
    return "";
  }
}
