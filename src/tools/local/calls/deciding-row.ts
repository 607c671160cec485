import { printable } from "../../text/printable.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";

/** Reasons that name no row, for people. */
const WITHOUT_ROW: Readonly<Record<string, (permissions: string) => string>> = {
  nothing_granted: (permissions) => `no row grants ${permissions}`,
  app_not_allowed: (permissions) => `no p3 row lets the app use ${permissions}`,
  route_unknown: () => "no g2 row has this route",
  route_without_permission: () => "no g2 row gives this route a permission",
};

/**
 * The text of the row at a place such as `policies/roles.csv:12`, in the policy that the functions decide by: after an
 * edit that was refused, the files have other rows there. Empty if it has none.
 */
export type RowAt = (place: string) => string;

/** The row that decided, with its place, or what was missing. */
export function decidedBy(decision: LoggedDecision | undefined, rowAt: RowAt): string {
  if (decision === undefined) return "no decision was logged; see the log of the functions";
  const [place] = decision.determining;
  if (place !== undefined) return printable(`${place}  ${rowAt(place)}`.trimEnd());
  const reason = decision.reason ?? decision.kind;
  return printable(WITHOUT_ROW[reason]?.(decision.permissions.join(" or ")) ?? reason);
}
