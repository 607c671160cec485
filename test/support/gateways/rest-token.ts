import { createRestTokenAuthorizer } from "../../../src/authorizers/rest-token.ts";
import { restTokenEvent } from "../authorization.ts";
import { type GatewayDefinition, partsOf, tokenIn } from "./gateway.ts";

export const restToken: GatewayDefinition = {
  title: "REST API, TOKEN",
  functionName: "restTokenAuthorizer",
  says401: true,
  hasPaths: true,
  hasHeaders: false,
  keepsPolicyFor: "methodArn",
  eventOf: (attempt) => {
    const { method, path } = partsOf(attempt);
    return restTokenEvent({ token: tokenIn(attempt), method, path });
  },
  authorizers: [
    (deps) => createRestTokenAuthorizer(deps),
    (deps) => createRestTokenAuthorizer(deps, { wholeApi: true }),
  ],
};
