import type { Pool } from "../../cognito/pool.ts";
import type { PoolEvent } from "../pool/pool-event.ts";
import type { LoggedDecision } from "../watch/decision-watch.ts";
import { isAbout, Matching } from "./call-matching.ts";
import type { ReportedCall } from "./reported-call.ts";

/** The observable events of a running stack. */
export interface Watchable {
  readonly pool: Pool;
  readonly decisions: { subscribe(listener: (decision: LoggedDecision) => void): () => void };
  /** @returns stops it */
  onCall(listener: (call: ReportedCall) => void): () => void;
  /** @returns stops it */
  onPoolEvent(listener: (event: PoolEvent) => void): () => void;
}

/** Receives each call and each event of the pool once, with the decision that belongs to it. */
export interface PairedListener {
  readonly onCall: (call: ReportedCall, decision: LoggedDecision | undefined) => void;
  readonly onEvent: (event: PoolEvent, decision: LoggedDecision | undefined) => void;
}

/**
 * Pairs API calls, handshakes, sign-ups and sign-ins with the decisions that the functions log.
 *
 * @returns stops it
 */
export function pairCalls(stack: Watchable, { onCall, onEvent }: PairedListener): () => void {
  const calls = new Matching<ReportedCall>({
    isAbout,
    expects: ({ caller, path, refused }) =>
      // Without a token no gateway asks the authorizer of an HTTP or REST API.
      refused === undefined && (caller !== undefined || path === "$connect"),
    found: onCall,
  });
  const events = new Matching<PoolEvent>({
    isAbout: ({ kind }, { operation }) => DECIDED_BY.get(operation)?.test(kind) === true,
    expects: ({ operation, error }) =>
      DECIDED_BY.has(operation) && (error === undefined || error === "UserLambdaValidationException"),
    found: onEvent,
  });
  const stops = [
    stack.decisions.subscribe((decision) =>
      decision.template === undefined ? events.decision(decision) : calls.decision(decision),
    ),
    stack.onCall((call) => calls.item(call)),
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
