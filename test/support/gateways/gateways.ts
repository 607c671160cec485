import type { Gateway } from "../../../src/authorizers/outcome.ts";
import type { AuthorizerDependencies } from "../../../src/authorizers/run-authorizer.ts";
import { type Answer, answerOf } from "./answer.ts";
import { appSync } from "./appsync.ts";
import type { Attempt, GatewayDefinition } from "./gateway.ts";
import { httpApiV1 } from "./http-api-v1.ts";
import { httpApiV2 } from "./http-api-v2.ts";
import { httpApiV2Policy } from "./http-api-v2-policy.ts";
import { restRequest } from "./rest-request.ts";
import { restToken } from "./rest-token.ts";
import { websocket } from "./websocket.ts";

/** Every gateway that claimgate can decide for. The compiler asks for each name of {@link Gateway}. */
const DEFINITIONS: Readonly<Record<Gateway, GatewayDefinition>> = {
  "http-api-v2": httpApiV2,
  "rest-request": restRequest,
  "rest-token": restToken,
  "http-api-v1": httpApiV1,
  "http-api-v2-policy": httpApiV2Policy,
  websocket,
  appsync: appSync,
};

/** A gateway with its authorizer. */
export interface GatewayUnderTest extends GatewayDefinition {
  readonly name: Gateway;
  readonly ask: (deps: AuthorizerDependencies, attempt: Attempt) => Promise<Answer>;
}

export const GATEWAYS_UNDER_TEST: readonly GatewayUnderTest[] = Object.entries(DEFINITIONS).map(
  ([name, definition]) => ({
    ...definition,
    name: name as Gateway,
    ask: (deps, attempt) => answerOf(definition.authorizers[0](deps)(definition.eventOf(attempt))),
  }),
);
