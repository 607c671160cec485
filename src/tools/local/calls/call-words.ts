import { jsonIn, objectOf, textsOf } from "../../../json.ts";
import { printable } from "../../text/printable.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { decidedBy, type RowAt } from "./deciding-row.ts";
import type { ReportedCall } from "./reported-call.ts";

/** What happened to a call that no authorizer logged. @param log the path of the functions' log, for people */
export function undecided({ status, caller, refused }: ReportedCall, log: string): string {
  if (refused !== undefined) return printable(refused);
  if (status === 404) return "no such route";
  if (caller !== undefined) return `no decision found in ${printable(log)}`;
  return status === 401 ? "no token" : "open to everyone";
}

/** What came of a sign-up, a sign-in, or another call of the pool. */
export function outcomeOf(
  { error, accessToken, operation, challenge }: PoolEvent,
  decision: LoggedDecision | undefined,
  rowAt: RowAt,
): string {
  if (decision?.kind === "groups-assigned") return inGroups("put in", decision.groups);
  if (decision !== undefined) return decidedBy(decision, rowAt);
  if (error !== undefined) return printable(error);
  if (challenge !== undefined) return `asks for ${printable(challenge)}`;
  if (accessToken === undefined || operation === "GlobalSignOut") return "";
  const payload = Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8");
  const claims = objectOf(jsonIn(payload));
  const groups = textsOf(claims["cognito:groups"]);
  return claims["username"] === undefined ? "a token" : `tokens, ${inGroups("in", groups)}`;
}

const inGroups = (verb: string, groups: readonly string[]) =>
  printable(groups.length === 0 ? `${verb} no group` : `${verb} ${groups.join(", ")}`);
