import { type CallerContext, encodeCaller } from "./caller.ts";
import { unnameable } from "./method-arn.ts";
import type { Outcome } from "./outcome.ts";

/** One statement of an answer. */
export interface IamStatement {
  readonly Action: "execute-api:Invoke";
  readonly Effect: "Allow" | "Deny";
  readonly Resource: readonly string[];
}

/**
 * The answer of REST APIs, WebSocket APIs and, without simple responses, HTTP APIs: an IAM policy
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
 */
export interface IamAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly IamStatement[];
  };
  readonly context?: CallerContext;
  /** The value of the caller's API key, if the API gets its keys from the authorizer. */
  readonly usageIdentifierKey?: string;
}

/** Denied if a policy cannot name the request's ARN: this caller, everywhere. */
const EVERYTHING = "*";

/** The principal of a refused caller, which the gateway requires. */
const NOBODY = "unauthenticated";

/**
 * The answer for exactly one request. Both effects are explicit: without a Deny, a resource policy that allows would
 * win.
 *
 * @param arn of the request; used only if a policy can name exactly it
 */
export function answerFor(outcome: Exclude<Outcome, { kind: "failed" }>, arn: string): IamAnswer {
  if (outcome.kind === "allow") {
    const context = encodeCaller(outcome.caller);
    const { principalId, policyDocument } = answerOf(outcome.caller.sub, [statement("Allow", [arn])]);
    return { principalId, policyDocument, context };
  }
  const resource = unnameable(arn) === undefined ? arn : EVERYTHING;
  const principalId = outcome.kind === "deny" ? outcome.sub : NOBODY;
  return answerOf(principalId, [statement("Deny", [resource])]);
}

export function answerOf(principalId: string, statements: readonly IamStatement[]): IamAnswer {
  return { principalId, policyDocument: { Version: "2012-10-17", Statement: statements } };
}

export function statement(Effect: "Allow" | "Deny", Resource: readonly string[]): IamStatement {
  return { Action: "execute-api:Invoke", Effect, Resource };
}
