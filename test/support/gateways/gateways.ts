import type { Gateway } from "../../../src/authorizers/outcome.ts";
import type { AuthorizerDependencies } from "../../../src/authorizers/run-authorizer.ts";
import { type Answer, answerOf } from "./answer.ts";
import { appSync } from "./appsync.ts";
import type { Attempt, GatewayDefinition } from "./gateway.ts";
import { http } from "./http.ts";
import { httpPolicy } from "./http-policy.ts";
import { httpV1 } from "./http-v1.ts";
import { restRequest } from "./rest-request.ts";
import { restToken } from "./rest-token.ts";
import { websocket } from "./websocket.ts";

/** Every gateway that claimgate can decide for. The compiler asks for each name of {@link Gateway}. */
const DEFINITIONS: Readonly<Record<Gateway, GatewayDefinition>> = {
  http: http,
  "rest-request": restRequest,
  "rest-token": restToken,
  "http-v1": httpV1,
  "http-policy": httpPolicy,
  websocket,
  appsync: appSync,
};

/** A gateway with its authorizer. */
export interface GatewayUnderTest extends GatewayDefinition {
  readonly name: Gateway;
  readonly ask: (deps: AuthorizerDependencies, attempt: Attempt) => Promise<Answer>;
}

/** The authorizers that read the token where {@link Attempt} puts it: others of a WebSocket API read it elsewhere. */
export function authorizersOf({ name, authorizers }: GatewayUnderTest): GatewayDefinition["authorizers"] {
  return name === "websocket" ? [authorizers[0]] : authorizers;
}

export const GATEWAYS_UNDER_TEST: readonly GatewayUnderTest[] = Object.entries(DEFINITIONS).map(
  ([name, definition]) => ({
    ...definition,
    name: name as Gateway,
    ask: (deps, attempt) => answerOf(definition.authorizers[0](deps)(definition.eventOf(attempt))),
  }),
);
