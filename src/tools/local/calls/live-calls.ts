import type { Screen } from "../../machine/screen.ts";
import { printable } from "../../text/printable.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { printCall } from "./call-line.ts";
import { outcomeOf, undecided } from "./call-words.ts";
import { decidedBy, type RowAt } from "./deciding-row.ts";
import { pairCalls, type Watchable } from "./paired-calls.ts";
import { callerOf, type ReportedCall } from "./reported-call.ts";
import { shownPath } from "./shown-names.ts";
import type { WhoIsWho } from "./who-is-who.ts";

/** What a line is written to, and with. */
interface Shown {
  readonly screen: Screen;
  readonly who: WhoIsWho;
  /** The path of the functions' log, for people. */
  readonly log: string;
  readonly rowAt: RowAt;
}

/**
 * Prints one line for each API call, handshake, sign-up and sign-in: status, who, what, and the row that decided or
 * what was missing.
 *
 * @returns stops it
 */
export function showCalls(stack: Watchable, shown: Shown): () => void {
  // The story has already shown its calls, and the message of the last one may still be on its way.
  const since = Date.now();
  return pairCalls(stack, {
    onCall: (call, decision) => {
      if (call.at >= since) showCall(shown, call, decision);
    },
    onEvent: (event, decision) => showEvent(shown, event, decision),
  });
}

function showCall(
  { screen, who, log, rowAt }: Shown,
  call: ReportedCall,
  decision: LoggedDecision | undefined,
): void {
  const unproven = decision !== undefined && decision.subjects.length === 0;
  printCall(screen, {
    status: call.status,
    who: unproven ? "unproven" : who.isNamed(call.caller),
    what: `${printable(call.method)} ${shownPath(call.path)}`,
    why: decision === undefined ? undecided(call, log) : decidedBy(decision, rowAt),
  });
}

function showEvent(
  { screen, who, rowAt }: Shown,
  event: PoolEvent,
  decision: LoggedDecision | undefined,
): void {
  const named = callerOf(event.accessToken);
  printCall(screen, {
    status: event.status,
    who: named === undefined ? who.isCalled(event.username) : who.isNamed(named),
    what: printable(event.operation),
    why: outcomeOf(event, decision, rowAt),
  });
}
