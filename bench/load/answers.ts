import { isDeepStrictEqual } from "node:util";
import { jsonIn, objectOf } from "../../src/json.ts";
import { REFRESH_INTERVAL } from "../../src/token/signing-keys-cache.ts";
import type { KeyState } from "./expected.ts";
import type { Expected } from "./gateway-answers.ts";
import type { KeyView } from "./key-server.ts";
import type { Reply } from "./runtime-api.ts";
import type { Token } from "./tokens.ts";

/** For what the process does between its fetch and its clock, on a busy machine. */
const SLACK_MS = 3_000;

/**
 * What the environment may know of a token's key, by what it has fetched (docs/authorizers.md, "Keys"). Two states are
 * possible only where neither was fetched during this invocation.
 *
 * @param before the fetches and failures when the event was sent
 * @param sentAt of `performance.now()`: the event was looked at later
 */
export function keyStates(
  keys: KeyView,
  { kid }: Token,
  before: Pick<KeyView, "fetches" | "failures">,
  sentAt: number,
): readonly KeyState[] {
  if (kid === undefined || keys.kids?.has(kid) === true) return ["known"];
  if (keys.fetches > before.fetches) return ["unpublished"];
  if (keys.failures > before.failures) return ["unavailable"];
  const longest = REFRESH_INTERVAL + SLACK_MS;
  return [
    ...(sentAt - keys.fetchedAt <= longest ? (["unpublished"] as const) : []),
    ...(sentAt - keys.failedAt <= longest ? (["unavailable"] as const) : []),
  ];
}

/** Whether the reply is exactly what is expected. */
export function isExpected(expected: Expected, { kind, body }: Reply): boolean {
  if (expected.kind !== kind) return false;
  if (expected.kind === "response") {
    // The comparison of texts is quicker, and mostly enough.
    return body === JSON.stringify(expected.answer) || isDeepStrictEqual(jsonIn(body), expected.answer);
  }
  const { errorType, errorMessage } = objectOf(jsonIn(body));
  return errorType === expected.type && errorMessage === expected.message;
}

/**
 * The kinds of answers. A bad token is `refused` where the gateway is told 401; elsewhere it is `denied`.
 */
export type Outcome = "allowed" | "denied" | "refused" | "undecided" | "token";

/** What kind of answer this is. */
export function outcomeOf({ kind, body }: Reply): Outcome {
  if (kind === "error") return body.includes('"UndecidedError"') ? "undecided" : "refused";
  if (body.includes('"triggerSource"')) return "token";
  return /"isAuthorized":true|"Effect":"Allow"/.test(body) ? "allowed" : "denied";
}
