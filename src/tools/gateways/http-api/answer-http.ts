import type { HttpApi, HttpRoute } from "../apis.ts";
import { askAuthorizer, type GatewayWorld } from "../authorizers/ask-authorizer.ts";
import { identityOf } from "../authorizers/identity-sources.ts";
import type { Verdict } from "../authorizers/verdict.ts";
import { proxyAnswer, proxyAnswerV2 } from "../proxy-answer.ts";
import { type ClientRequest, decodedOnce, type GatewayAnswer, jsonAnswer, pathOf } from "../request.ts";
import { selectRoute } from "../route-paths.ts";
import { isPreflight, preflightAnswer, withCors } from "./cors.ts";
import { authorizerEvent, functionEvent, type HttpCall, routeArnOf } from "./http-events.ts";

const FUNCTION_LIMIT_MS = 30_000;

/** Answers a request as an HTTP API does. */
export async function answerHttp(
  api: HttpApi,
  request: ClientRequest,
  world: GatewayWorld,
): Promise<GatewayAnswer> {
  const call = callOf(api, request);
  // A route that takes OPTIONS comes first, with its authorizer.
  if (call === undefined && api.cors !== undefined && isPreflight(request)) {
    return preflightAnswer(api.cors, request);
  }
  const answer = call === undefined ? message(404, "Not Found") : await answerCall(call, world);
  const named = [...answer.headers, ["apigw-requestid", request.id] as const];
  return withCors({ ...answer, headers: named }, api.cors, request);
}

/** The route: a fitting template, then a greedy one, then `$default`. */
function callOf(api: HttpApi, request: ClientRequest): HttpCall | undefined {
  const path = pathInStage(api, pathOf(request));
  if (path === undefined) return undefined;
  const found = selectRoute(api.routes, request.method, path, decodedOnce);
  if (found !== undefined) return { api, request, ...found };
  const route = api.routes.find(({ key }) => key === "$default");
  return route === undefined ? undefined : { api, route, request, parameters: {} };
}

function pathInStage({ stage }: HttpApi, path: string): string | undefined {
  if (stage === "$default") return path;
  if (path === `/${stage}`) return "/";
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}

async function answerCall(call: HttpCall, world: GatewayWorld): Promise<GatewayAnswer> {
  const verdict = await verdictFor(call, world);
  if (verdict === undefined) return answerOfFunction(call, undefined, world);
  switch (verdict.kind) {
    case "allow":
      return answerOfFunction(call, verdict, world);
    case "deny":
      return message(403, "Forbidden");
    case "unauthenticated":
      return message(401, "Unauthorized");
    case "failed":
      return message(500, "Internal Server Error");
    case "not-simulated":
      return message(500, notSimulated(verdict.what));
  }
}

type Ruling = Verdict | { readonly kind: "not-simulated"; readonly what: string };

/** Undefined for an open route. */
async function verdictFor(call: HttpCall, world: GatewayWorld): Promise<Ruling | undefined> {
  const { guard } = call.route;
  if (guard.kind !== "lambda") return guard.kind === "open" ? undefined : guard;
  const { authorizer } = guard;
  const identity = identityOf(authorizer.identitySources, call.request, contextVariables(call));
  if (identity.missing) return { kind: "unauthenticated" };
  return askAuthorizer(world, {
    authorizer,
    identity: identity.values,
    event: authorizerEvent(call, identity.values),
    arn: routeArnOf(call),
    at: call.request.at,
  });
}

function contextVariables({ api, route, request }: HttpCall): Record<string, string> {
  return {
    routeKey: route.key,
    path: decodedOnce(pathOf(request)),
    httpMethod: request.method,
    stage: api.stage,
    apiId: api.apiId,
    "identity.sourceIp": request.sourceIp,
  };
}

async function answerOfFunction(
  call: HttpCall,
  verdict: Verdict | undefined,
  { invoke }: GatewayWorld,
): Promise<GatewayAnswer> {
  const { functionName, payload }: HttpRoute = call.route;
  if (functionName === undefined)
    return message(500, notSimulated("routes without a function of this service"));
  const invocation = await invoke(functionName, functionEvent(call, verdict), FUNCTION_LIMIT_MS);
  if (invocation.kind === "timed-out") return message(503, "Service Unavailable");
  if (invocation.kind === "too-large") return message(413, "Request Entity Too Large");
  const answer =
    invocation.kind !== "answered"
      ? undefined
      : payload === "2.0"
        ? proxyAnswerV2(invocation.payload)
        : proxyAnswer(invocation.payload, "text/plain;charset=UTF-8");
  return answer ?? message(500, "Internal Server Error");
}

function message(status: number, text: string): GatewayAnswer {
  return jsonAnswer(status, { message: text });
}

function notSimulated(what: string): string {
  return `the local stack does not simulate ${what}`;
}
