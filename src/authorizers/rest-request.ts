import { ClaimgateError } from "../errors.ts";
import { type AuthorizerDependencies, authorize, type GatewayRequest } from "./authorize.ts";
import { type CallerContext, encodeCaller } from "./caller.ts";
import { headerValues, malformed, pathParameters, property, text } from "./event-shape.ts";
import { methodOverride } from "./method-override.ts";
import { UndecidedError } from "./undecided.ts";

/** The answer of a REST API authorizer: an IAM policy of one statement. */
export interface RestAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
      {
        readonly Action: "execute-api:Invoke";
        readonly Effect: "Allow" | "Deny";
        readonly Resource: readonly [string];
      },
    ];
  };
  readonly context?: CallerContext;
}

/**
 * The longest resource that API Gateway takes in an answer, in characters
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
export const MAX_ARN_LENGTH = 512;

/** What is denied where the request's own ARN cannot be named: this caller, everywhere. */
const EVERYTHING = "*";

// arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH; the path may hold anything, colons included.
const METHOD_ARN = /^arn:[a-z-]+:execute-api:[^:/]+:[^:/]+:[^:/]+\/[^/]+\/[A-Z]+\/.*$/s;

/**
 * The authorizer of a REST API, type REQUEST
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
 *
 * The answer names the exact ARN of the request, in an explicit Allow or an explicit Deny. A bad token is
 * `Unauthorized`, thrown with exactly this text, which the gateway answers 401; {@link UndecidedError} is 500.
 */
export function createRestAuthorizer(deps: AuthorizerDependencies): (event: unknown) => Promise<RestAnswer> {
  return async (event) => {
    const outcome = await authorize(deps, "rest-request", () => decodeRestEvent(event));
    switch (outcome.kind) {
      case "allow": {
        const context = encodeCaller(outcome.caller);
        return { ...answer(outcome.caller.sub, "Allow", text(event, "methodArn")), context };
      }
      case "deny":
        return answer(outcome.sub, "Deny", nameable(text(event, "methodArn")) ?? EVERYTHING);
      case "unauthenticated":
        throw new Error("Unauthorized");
      case "failed":
        throw new UndecidedError();
    }
  };
}

/** Reads the event. @throws ClaimgateError request_malformed */
export function decodeRestEvent(event: unknown): GatewayRequest {
  if (property(event, "type") !== "REQUEST") throw malformed("type `REQUEST`");
  const methodArn = text(event, "methodArn");
  if (!METHOD_ARN.test(methodArn)) throw malformed("`methodArn` that is the ARN of a method");
  const method = text(event, "httpMethod");
  return {
    requestId: text(property(event, "requestContext"), "requestId"),
    authorization: headerValues(event, "authorization"),
    matched: {
      method,
      template: text(event, "resource"),
      path: text(event, "path"),
      encoding: "encoded",
      parameters: pathParameters(event),
    },
    obstacle: arnObstacle(methodArn) ?? methodOverride(event, method),
  };
}

function answer(principalId: string, effect: "Allow" | "Deny", resource: string): RestAnswer {
  return {
    principalId,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: [resource] }],
    },
  };
}

/** The ARN where an answer can name exactly it: `*` and `?` in a policy's resource are wildcards. */
function nameable(methodArn: string): string | undefined {
  return arnObstacle(methodArn) === undefined ? methodArn : undefined;
}

function arnObstacle(methodArn: string): ClaimgateError | undefined {
  if (methodArn.length > MAX_ARN_LENGTH) {
    return new ClaimgateError(
      "request_arn_too_long",
      `the request's ARN is longer than ${MAX_ARN_LENGTH} characters`,
    );
  }
  if (/[*?$]/.test(methodArn)) {
    return new ClaimgateError("request_not_canonical", "the request's ARN holds one of `* ? $`");
  }
  return undefined;
}
