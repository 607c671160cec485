import { createHttpPolicyAuthorizer } from "../../../src/authorizers/http-api-v2-policy.ts";
import type { GatewayDefinition } from "./gateway.ts";
import { httpApiV2 } from "./http-api-v2.ts";

export const httpApiV2Policy: GatewayDefinition = {
  ...httpApiV2,
  title: "HTTP API, IAM policy",
  functionName: "httpPolicyAuthorizer",
  keepsPolicyFor: "routeArn",
  authorizers: [createHttpPolicyAuthorizer],
};
