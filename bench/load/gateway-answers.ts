import { type Call, GATEWAYS } from "./requests.ts";
import type { Holder } from "./tokens.ts";

/** What a function must make of an event: an answer, or an error with this type and message. */
export type Expected =
  | { readonly kind: "response"; readonly answer: unknown }
  | { readonly kind: "error"; readonly type: string; readonly message: string };

/** The caller's context of an allow. */
export type Context = Readonly<Record<string, string>>;
/** What a policy says of a call. */
export type Decided = { readonly effect: "deny" } | { readonly effect: "allow"; readonly context: Context };

export const UNDECIDED: Expected = {
  kind: "error",
  type: "UndecidedError",
  message: "the authorizer could not decide",
};
/** AppSync: not a single field. */
export const NOTHING = { isAuthorized: false, ttlOverride: 0 };

/** What each gateway is told of a bad token (docs/gateways.md). */
export function refused(name: string, call: Call): Expected {
  switch (name) {
    case "httpAuthorizer":
      return { kind: "response", answer: { isAuthorized: false } };
    case "appSyncAuthorizer":
      return { kind: "response", answer: NOTHING };
    case "httpV1Authorizer":
    case "httpPolicyAuthorizer":
      return { kind: "response", answer: policy("unauthenticated", "Deny", arnOf(name, call)) };
    default:
      return { kind: "error", type: "Error", message: "Unauthorized" };
  }
}

/** What each gateway is told of a call that was decided. */
export function answered(name: string, call: Call, holder: Holder, decided: Decided): unknown {
  const isAllowed = decided.effect === "allow";
  if (name === "httpAuthorizer") {
    return isAllowed ? { isAuthorized: true, context: decided.context } : { isAuthorized: false };
  }
  const answer = policy(holder.sub, isAllowed ? "Allow" : "Deny", arnOf(name, call));
  if (!isAllowed) return answer;
  const subprotocol = name === "websocketAuthorizer" && { subprotocol: "claimgate" };
  return { ...answer, context: { ...decided.context, ...subprotocol } };
}

const arnOf = (name: string, call: Call) => GATEWAYS[name]?.arn(call) ?? "";

function policy(principalId: string, Effect: "Allow" | "Deny", arn: string) {
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource: [arn] }];
  return { principalId, policyDocument: { Version: "2012-10-17", Statement } };
}
