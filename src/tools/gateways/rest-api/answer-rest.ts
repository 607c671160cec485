import type { RestApi } from "../apis.ts";
import { askAuthorizer, type GatewayWorld } from "../authorizers/ask-authorizer.ts";
import { identityOf } from "../authorizers/identity-sources.ts";
import type { Verdict } from "../authorizers/verdict.ts";
import { proxyAnswer } from "../proxy-answer.ts";
import {
  type ClientRequest,
  decodedOnce,
  type GatewayAnswer,
  headerValues,
  jsonAnswer,
  pathOf,
} from "../request.ts";
import { methodsOfResource, selectRoute } from "../route-paths.ts";
import { acceptsBinary } from "./binary-media.ts";
import { type GatewayError, gatewayAnswer } from "./gateway-responses.ts";
import { answerPreflight } from "./preflight.ts";
import { authorizerEvent, functionEvent, methodArnOf, type RestCall } from "./rest-events.ts";

const FUNCTION_LIMIT_MS = 29_000;

/** Whether a path belongs to the stage of a REST API. */
export function isOfStage({ stage }: RestApi, path: string): boolean {
  return path === `/${stage}` || path.startsWith(`/${stage}/`);
}

/** Answers a request as a REST API does. */
export async function answerRest(
  api: RestApi,
  request: ClientRequest,
  world: GatewayWorld,
): Promise<GatewayAnswer> {
  const answer = await answerIn(api, request, world);
  return { ...answer, headers: [...answer.headers, ["x-amzn-requestid", request.id]] };
}

async function answerIn(api: RestApi, request: ClientRequest, world: GatewayWorld): Promise<GatewayAnswer> {
  const refuse = (type: GatewayError["type"], message: string | null) =>
    gatewayAnswer(api.responses, { type, message, requestId: request.id });
  const call = callOf(api, request);
  if (call === undefined) {
    // API Gateway takes the header for a signature where no authorizer reads it.
    return headerValues(request, "authorization").length > 0
      ? refuse("INVALID_SIGNATURE", "Authorization header requires 'Credential' parameter.")
      : refuse("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
  }
  const verdict = await verdictFor(call, world);
  switch (verdict.kind) {
    case "not-simulated":
      return jsonAnswer(500, {
        message: `the local stack does not simulate ${verdict.what}`,
      });
    case "unauthenticated":
      return refuse("UNAUTHORIZED", "Unauthorized");
    case "failed":
      return refuse("AUTHORIZER_CONFIGURATION_ERROR", null);
    case "deny":
      return refuse("ACCESS_DENIED", verdict.explicit ? `${DENIED} with an explicit deny` : DENIED);
    case "allow":
    case "open":
      return answerOfMethod(call, verdict.kind === "allow" ? verdict : undefined, world, refuse);
  }
}

const DENIED = "User is not authorized to access this resource";

function callOf(api: RestApi, request: ClientRequest): RestCall | undefined {
  const path = pathOf(request).slice(api.stage.length + 1) || "/";
  const found = selectRoute(
    methodsOfResource(api.methods, path, decodedOnce),
    request.method,
    path,
    decodedOnce,
  );
  return found === undefined
    ? undefined
    : { api, request, path, method: found.route, parameters: found.parameters };
}

type Ruling = Verdict | { readonly kind: "open" } | { readonly kind: "not-simulated"; readonly what: string };

async function verdictFor(call: RestCall, world: GatewayWorld): Promise<Ruling> {
  const { guard, tokenExpression } = call.method;
  if (guard.kind !== "lambda") return guard;
  const { authorizer } = guard;
  const identity = identityOf(authorizer.identitySources, call.request, contextVariables(call));
  const [token = ""] = identity.values;
  if (identity.missing || tokenExpression?.test(token) === false) return { kind: "unauthenticated" };
  return askAuthorizer(world, {
    authorizer,
    identity: identity.values,
    event: authorizerEvent(call, identity.values),
    arn: methodArnOf(call),
    at: call.request.at,
  });
}

function contextVariables({ api, method, request, path }: RestCall): Record<string, string> {
  return {
    path: `/${api.stage}${path}`,
    httpMethod: request.method,
    resourcePath: method.template,
    stage: api.stage,
    apiId: api.apiId,
    "identity.sourceIp": request.sourceIp,
  };
}

async function answerOfMethod(
  call: RestCall,
  verdict: Verdict | undefined,
  { invoke }: GatewayWorld,
  refuse: (type: GatewayError["type"], message: string | null) => GatewayAnswer,
): Promise<GatewayAnswer> {
  const { functionName, preflight } = call.method;
  if (preflight !== undefined) return answerPreflight(preflight, call.request);
  if (functionName === undefined) {
    return jsonAnswer(500, {
      message: "the local stack does not simulate methods without a function of this service",
    });
  }
  const invocation = await invoke(functionName, functionEvent(call, verdict), FUNCTION_LIMIT_MS);
  if (invocation.kind === "timed-out") return refuse("INTEGRATION_TIMEOUT", "Endpoint request timed out");
  if (invocation.kind === "too-large") return refuse("REQUEST_TOO_LARGE", "Request Entity Too Large");
  const isDecoded = acceptsBinary(call.api.binaryMediaTypes, call.request);
  const answer =
    invocation.kind === "answered"
      ? proxyAnswer(invocation.payload, "application/json", isDecoded)
      : undefined;
  return answer ?? refuse("DEFAULT_5XX", "Internal server error");
}
