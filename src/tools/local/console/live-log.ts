import type { LogEntryJson, Outcome, RowJson } from "../../console/contract.ts";
import { outcomeOf, undecided } from "../calls/call-words.ts";
import { decidedBy } from "../calls/deciding-row.ts";
import { pairCalls } from "../calls/paired-calls.ts";
import { callerOf, type ReportedCall } from "../calls/reported-call.ts";
import type { PolicyInForce } from "../policy-in-force.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { callerName, nameOf } from "./caller-name.ts";
import type { ConsoleStack } from "./console-stack.ts";

/** An endless run keeps no endless list. */
const KEPT = 500;

/** The calls of this run with what decided them, newest first. */
export class LiveLog {
  #entries: readonly LogEntryJson[] = [];
  #next = 1;
  readonly #tell: (entry: LogEntryJson) => void;

  constructor(tell: (entry: LogEntryJson) => void) {
    this.#tell = tell;
  }

  list(): readonly LogEntryJson[] {
    return this.#entries;
  }

  /**
   * Follows a stack.
   *
   * @param policy the text of rows: where an edit was refused, the lines of the files are not those that decide
   * @returns stops following
   */
  follow(stack: ConsoleStack, policy: PolicyInForce): () => void {
    return pairCalls(stack, {
      onCall: (call, decision) => this.#add(callEntry(stack, policy, call, decision)),
      onEvent: (event, decision) => this.#add(eventEntry(stack, policy, event, decision)),
    });
  }

  #add(entry: Omit<LogEntryJson, "id">): void {
    const added = { id: this.#next++, ...entry };
    this.#entries = [added, ...this.#entries].slice(0, KEPT);
    this.#tell(added);
  }
}

function callEntry(
  stack: ConsoleStack,
  policy: PolicyInForce,
  call: ReportedCall,
  decision: LoggedDecision | undefined,
): Omit<LogEntryJson, "id"> {
  const unproven = decision !== undefined && decision.subjects.length === 0;
  const rowAt = (place: string) => policy.rowAt(place);
  const rows = rowsOf(policy, decision);
  return {
    at: call.at,
    kind: "call",
    outcome: outcomeOfCall(call, decision),
    status: call.status,
    who: unproven ? "unproven" : callerName(stack, call.caller),
    what: `${call.method} ${call.path}`,
    route: decision?.template === undefined ? null : `${decision.method} ${decision.template}`,
    why:
      rows.length > 0
        ? ""
        : decision === undefined
          ? undecided(call, stack.functionsLog)
          : decidedBy(decision, rowAt),
    rows,
    subjects: decision?.subjects ?? [],
  };
}

function outcomeOfCall({ status, refused }: ReportedCall, decision: LoggedDecision | undefined): Outcome {
  if (refused !== undefined || decision?.kind === "token-refused") return "refused";
  if (decision?.kind === "authorizer-failed") return "failed";
  if (decision?.effect === "allow" || decision?.effect === "deny") return decision.effect;
  if (decision !== undefined) return status === 403 ? "deny" : "allow";
  if (status === 401) return "refused";
  return status >= 500 ? "failed" : "other";
}

function eventEntry(
  stack: ConsoleStack,
  policy: PolicyInForce,
  event: PoolEvent,
  decision: LoggedDecision | undefined,
): Omit<LogEntryJson, "id"> {
  const named = callerOf(event.accessToken);
  const rows = rowsOf(policy, decision);
  const who = named === undefined ? nameOf(stack, event.username) : callerName(stack, named);
  return {
    at: Date.now(),
    kind: "pool",
    outcome: outcomeOfEvent(event, decision),
    status: event.status,
    who,
    what: event.operation,
    route: null,
    why: rows.length > 0 ? "" : outcomeOf(event, decision, (place) => policy.rowAt(place)),
    rows,
    subjects: [],
  };
}

function outcomeOfEvent({ error }: PoolEvent, decision: LoggedDecision | undefined): Outcome {
  if (decision?.kind === "sign-up-refused") return "deny";
  if (decision?.kind === "sign-up-allowed") return "allow";
  if (decision?.kind === "group-assignment-failed") return "failed";
  return error === undefined ? "other" : "refused";
}

function rowsOf(policy: PolicyInForce, decision: LoggedDecision | undefined): readonly RowJson[] {
  return (decision?.determining ?? []).map((place) => ({ place, row: policy.rowAt(place) }));
}
