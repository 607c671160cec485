import { jsonIn, objectOf, textsOf } from "../../../json.ts";
import type { Pool } from "../../cognito/pool.ts";
import type { Screen } from "../../machine/screen.ts";
import { printable } from "../../text/printable.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { printCall } from "./call-line.ts";
import { isAbout, Matching } from "./call-matching.ts";
import { decidedBy } from "./deciding-row.ts";
import { callerOf, type ReportedCall } from "./reported-call.ts";
import { shownPath } from "./shown-names.ts";
import type { WhoIsWho } from "./who-is-who.ts";

/** The observable events of a running stack. */
export interface Watchable {
  readonly pool: Pool;
  readonly decisions: { subscribe(listener: (decision: LoggedDecision) => void): () => void };
  /** @returns stops it */
  onCall(listener: (call: ReportedCall) => void): () => void;
  /** @returns stops it */
  onPoolEvent(listener: (event: PoolEvent) => void): () => void;
}

/**
 * Prints one line for each API call, handshake, sign-up and sign-in: status, who, what, and the row that decided or
 * what was missing.
 *
 * @param log the path of the functions' log, for people
 * @returns stops it
 */
export function showCalls(stack: Watchable, screen: Screen, who: WhoIsWho, log: string): () => void {
  // The story has already shown its calls, and the message of the last one may still be on its way.
  const since = Date.now();
  const calls = new Matching<ReportedCall>({
    isAbout,
    expects: ({ caller, path, refused }) =>
      // Without a token no gateway asks the authorizer of an HTTP or REST API.
      refused === undefined && (caller !== undefined || path === "$connect"),
    found: (call, decision) => showCall({ screen, who, log }, call, decision),
  });
  const events = new Matching<PoolEvent>({
    isAbout: ({ kind }, { operation }) => DECIDED_BY.get(operation)?.test(kind) === true,
    expects: ({ operation, error }) =>
      DECIDED_BY.has(operation) && (error === undefined || error === "UserLambdaValidationException"),
    found: (event, decision) => showEvent(screen, who, event, decision),
  });
  const stops = [
    stack.decisions.subscribe((decision) =>
      decision.template === undefined ? events.decision(decision) : calls.decision(decision),
    ),
    stack.onCall((call) => {
      if (call.at >= since) calls.item(call);
    }),
    stack.onPoolEvent((event) => events.item(event)),
    () => calls.stop(),
    () => events.stop(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Operations of the pool whose trigger decides -> the kinds of its log line. */
const DECIDED_BY: ReadonlyMap<string, RegExp> = new Map([
  ["SignUp", /^sign-up-/],
  ["AdminCreateUser", /^sign-up-/],
  ["ConfirmSignUp", /^group/],
]);

function showCall(
  { screen, who, log }: { readonly screen: Screen; readonly who: WhoIsWho; readonly log: string },
  call: ReportedCall,
  decision: LoggedDecision | undefined,
): void {
  const unproven = decision !== undefined && decision.subjects.length === 0;
  printCall(screen, {
    status: call.status,
    who: unproven ? "unproven" : who.isNamed(call.caller),
    what: `${printable(call.method)} ${shownPath(call.path)}`,
    why: decision === undefined ? undecided(call, log) : decidedBy(decision),
  });
}

function undecided({ status, caller, refused }: ReportedCall, log: string): string {
  if (refused !== undefined) return printable(refused);
  if (status === 404) return "no such route";
  if (caller !== undefined) return `no decision found in ${printable(log)}`;
  return status === 401 ? "no token" : "open to everyone";
}

function showEvent(
  screen: Screen,
  who: WhoIsWho,
  event: PoolEvent,
  decision: LoggedDecision | undefined,
): void {
  const named = callerOf(event.accessToken);
  printCall(screen, {
    status: event.status,
    who: named === undefined ? who.isCalled(event.username) : who.isNamed(named),
    what: printable(event.operation),
    why: outcomeOf(event, decision),
  });
}

function outcomeOf(
  { error, accessToken, operation, challenge }: PoolEvent,
  decision: LoggedDecision | undefined,
): string {
  if (decision?.kind === "groups-assigned") return inGroups("put in", decision.groups);
  if (decision !== undefined) return decidedBy(decision);
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
