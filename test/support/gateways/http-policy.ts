import { createHttpPolicyAuthorizer } from "../../../src/authorizers/http-policy.ts";
import type { GatewayDefinition } from "./gateway.ts";
import { http } from "./http.ts";

export const httpPolicy: GatewayDefinition = {
  ...http,
  title: "HTTP API, IAM policy",
  functionName: "httpPolicyAuthorizer",
  keepsPolicyFor: "routeArn",
  authorizers: [createHttpPolicyAuthorizer],
};
