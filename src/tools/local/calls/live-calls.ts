import type { Screen } from "../../machine/screen.ts";
import { printable } from "../../text/printable.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { printCall } from "./call-line.ts";
import { outcomeOf, undecided } from "./call-words.ts";
import { decidedBy } from "./deciding-row.ts";
import { pairCalls, type Watchable } from "./paired-calls.ts";
import { callerOf, type ReportedCall } from "./reported-call.ts";
import { shownPath } from "./shown-names.ts";
import type { WhoIsWho } from "./who-is-who.ts";

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
  return pairCalls(stack, {
    onCall: (call, decision) => {
      if (call.at >= since) showCall({ screen, who, log }, call, decision);
    },
    onEvent: (event, decision) => showEvent(screen, who, event, decision),
  });
}

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
