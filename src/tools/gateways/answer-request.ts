import type { Apis } from "./apis.ts";
import type { GatewayWorld } from "./authorizers/ask-authorizer.ts";
import { answerHttp } from "./http-api/answer-http.ts";
import { type ClientRequest, type GatewayAnswer, jsonAnswer, pathOf } from "./request.ts";
import { answerRest, isOfStage } from "./rest-api/answer-rest.ts";

/** Answers a request at the one address of both APIs: the REST API is below its stage, the HTTP API is the rest. */
export async function answerRequest(
  { http, rest }: Apis,
  request: ClientRequest,
  world: GatewayWorld,
): Promise<GatewayAnswer> {
  if (!request.target.startsWith("/")) return jsonAnswer(400, { message: "Bad Request" });
  if (rest !== undefined && isOfStage(rest, pathOf(request))) return answerRest(rest, request, world);
  return http === undefined ? jsonAnswer(404, { message: "Not Found" }) : answerHttp(http, request, world);
}
