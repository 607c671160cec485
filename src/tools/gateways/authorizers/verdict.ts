import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { Invocation } from "../invoke.ts";
import { effectOf } from "./execute-policy.ts";

/** What a gateway makes of a request after its authorizer was asked. */
export type Verdict =
  | {
      readonly kind: "allow";
      readonly context: JsonObject;
      /** Of a policy answer. */
      readonly principalId: string | undefined;
    }
  | { readonly kind: "deny"; readonly explicit: boolean }
  /** 401 */
  | { readonly kind: "unauthenticated" }
  /** 500 */
  | { readonly kind: "failed" };

/** How an authorizer answers. */
export type AnswerForm = "policy" | "policy-with-plain-context" | "simple";

/** The one error by which an authorizer refuses a token; anything else is a failure. */
const REFUSAL = "Unauthorized";

/**
 * Reads the answer of an authorizer's function (API Gateway developer guide, "Output from an API Gateway Lambda
 * authorizer", "Control access to HTTP APIs with AWS Lambda authorizers").
 *
 * - Only the booleans `true` and `false` are simple answers; anything else is a failure.
 * - `policy-with-plain-context` is a REST or WebSocket API: its context is delivered as strings, and an object or a
 *   list in it is a failure.
 *
 * @param arn of the request that is decided now; a cached answer may have been made for another one
 */
export function verdictOf(invocation: Invocation, form: AnswerForm, arn: string): Verdict {
  if (invocation.kind === "threw" && invocation.message === REFUSAL) return { kind: "unauthenticated" };
  if (invocation.kind !== "answered") return { kind: "failed" };
  const { payload } = invocation;
  return form === "simple" ? simpleVerdict(objectOf(payload)) : policyVerdict(objectOf(payload), form, arn);
}

function simpleVerdict({ isAuthorized, context }: JsonObject): Verdict {
  if (isAuthorized === true) return { kind: "allow", context: objectOf(context), principalId: undefined };
  return isAuthorized === false ? { kind: "deny", explicit: false } : { kind: "failed" };
}

function policyVerdict(answer: JsonObject, form: AnswerForm, arn: string): Verdict {
  const principalId = textOf(answer["principalId"]);
  const effect = effectOf(answer["policyDocument"], arn);
  if (principalId === undefined || effect === undefined) return { kind: "failed" };
  const given = objectOf(answer["context"]);
  const context = form === "policy-with-plain-context" ? asTexts(given) : given;
  if (context === undefined) return { kind: "failed" };
  if (effect === "allow") return { kind: "allow", context, principalId };
  return { kind: "deny", explicit: effect === "explicit-deny" };
}

function asTexts(context: JsonObject): JsonObject | undefined {
  const entries = Object.entries(context);
  const isPlain = ([, value]: [string, unknown]) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return entries.every(isPlain)
    ? Object.fromEntries(entries.map(([key, value]) => [key, String(value)]))
    : undefined;
}
