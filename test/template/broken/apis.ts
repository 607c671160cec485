import type { BrokenTemplate } from "../broken-templates.ts";
import { drop, type Editable, set } from "../editing.ts";

const http = (path: string, value: unknown) => (t: Editable) =>
  set(t, "HttpApiAuthorizerClaimgate", `Properties.${path}`, value);
const rest = (path: string, value: unknown) => (t: Editable) =>
  set(t, "RestAuthorizerApiGatewayAuthorizer", `Properties.${path}`, value);
const route = (path: string, value: unknown) => (t: Editable) =>
  set(t, "HttpApiRouteGetOrders", `Properties.${path}`, value);
const method = (path: string, value: unknown) => (t: Editable) =>
  set(t, "ApiGatewayMethodOrdersOrderidVarGet", `Properties.${path}`, value);

/** Routes, authorizers and who may call the functions. */
export const BROKEN_APIS: readonly BrokenTemplate[] = [
  {
    what: "an open route of the HTTP API",
    breakIt: (t) => {
      route("AuthorizationType", "NONE")(t);
      route("AuthorizerId", undefined)(t);
    },
    checks: ["route-without-authorizer"],
    rules: [],
  },
  {
    what: "an open route of the REST API",
    breakIt: (t) => {
      method("AuthorizationType", "NONE")(t);
      method("AuthorizerId", undefined)(t);
    },
    checks: ["route-without-authorizer"],
    rules: [],
  },
  {
    what: "a route with an authorizer that it does not name",
    breakIt: route("AuthorizerId", undefined),
    checks: ["route-without-authorizer"],
    rules: [],
  },
  {
    what: "a route that is decided by API Gateway itself",
    breakIt: route("AuthorizationType", "JWT"),
    checks: ["route-decided-elsewhere"],
    rules: [],
  },
  {
    what: "a kind of authorization that does not exist",
    breakIt: (t) => {
      route("AuthorizationType", "PERHAPS")(t);
      method("AuthorizationType", "PERHAPS")(t);
    },
    checks: ["property-value", "route-decided-elsewhere"],
    rules: [],
  },
  {
    what: "a route in lower case",
    breakIt: (t) => set(t, "HttpApiRouteGetHealth", "Properties.RouteKey", "get /health"),
    checks: ["property-value", "route-without-authorizer"],
    rules: [],
  },
  {
    what: "answers cached for the whole HTTP API",
    breakIt: http("AuthorizerResultTtlInSeconds", 300),
    checks: ["cache-reuses-answers"],
    rules: [],
  },
  {
    what: "answers cached by route, for all orders of it",
    breakIt: (t) => {
      http("AuthorizerResultTtlInSeconds", 60)(t);
      http("IdentitySource", ["$request.header.Authorization", "$context.routeKey"])(t);
    },
    checks: ["cache-reuses-answers"],
    rules: [],
  },
  {
    what: "caching left to AWS",
    breakIt: http("AuthorizerResultTtlInSeconds", undefined),
    checks: ["cache-left-to-default"],
    rules: [],
  },
  {
    what: "answers cached by token on the REST API",
    breakIt: (t) => {
      rest("Type", "TOKEN")(t);
      rest("AuthorizerResultTtlInSeconds", 300)(t);
    },
    checks: ["cache-reuses-answers"],
    rules: [],
  },
  {
    what: "answers cached for three hours",
    breakIt: (t) => {
      http("AuthorizerResultTtlInSeconds", 10_800)(t);
      http("IdentitySource", ["$request.header.Authorization", "$context.path", "$context.httpMethod"])(t);
    },
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "identity sources that do not exist",
    breakIt: (t) => {
      http("IdentitySource", ["header.Authorization"])(t);
      rest("IdentitySource", "header.Authorization")(t);
    },
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a kind of authorizer that does not exist",
    breakIt: http("AuthorizerType", "TOKEN"),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "an event whose version is left to a default",
    breakIt: http("AuthorizerPayloadFormatVersion", undefined),
    checks: ["payload-version"],
    rules: [],
  },
  {
    what: "simple answers to an event that has none",
    breakIt: http("AuthorizerPayloadFormatVersion", "1.0"),
    checks: ["payload-version"],
    rules: [],
  },
  {
    what: "versions that do not exist",
    breakIt: (t) => {
      set(t, "HttpApiIntegrationOrders", "Properties.PayloadFormatVersion", "9.0");
      http("EnableSimpleResponses", false)(t);
      http("AuthorizerPayloadFormatVersion", "9.0")(t);
    },
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "less than no throttling",
    breakIt: (t) => {
      set(t, "HttpApiStage", "Properties.DefaultRouteSettings.ThrottlingBurstLimit", -1);
      set(t, "HttpApiStage", "Properties.DefaultRouteSettings.ThrottlingRateLimit", -1);
    },
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a trigger that Cognito may not call",
    breakIt: (t) => drop(t, "PreSignUpPermission"),
    checks: ["missing-permission"],
    rules: [],
  },
  {
    what: "an authorizer that the HTTP API may not call",
    breakIt: (t) => drop(t, "ClaimgateLambdaAuthorizerPermissionHttpApi"),
    checks: ["missing-permission"],
    rules: [],
  },
  {
    what: "an authorizer that the REST API may not call",
    breakIt: (t) => drop(t, "RestAuthorizerLambdaPermissionApiGateway"),
    checks: ["missing-permission"],
    rules: [],
  },
  {
    what: "a permission for the wrong API",
    breakIt: (t) =>
      set(t, "RestAuthorizerLambdaPermissionApiGateway", "Properties.SourceArn", {
        "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*",
      }),
    checks: ["missing-permission"],
    rules: [],
  },
  {
    what: "a WebSocket token where the authorizer does not look for it",
    breakIt: (t) =>
      set(t, "WebsocketAuthorizerWebsocketsAuthorizer", "Properties.IdentitySource", [
        "route.request.header.Authorization",
      ]),
    checks: ["token-place"],
    rules: [],
  },
  {
    what: "a trigger that every pool of AWS may call",
    breakIt: (t) => set(t, "PreSignUpPermission", "Properties.SourceArn", undefined),
    checks: ["wide-permission"],
    rules: [],
  },
  {
    what: "a permission for an action that does not exist",
    breakIt: (t) => set(t, "PreSignUpPermission", "Properties.Action", "lambda:Invoke"),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a trigger that outlasts Cognito's patience",
    breakIt: (t) => set(t, "PreSignUpLambdaFunction", "Properties.Timeout", 10),
    checks: ["trigger-timeout"],
    rules: [],
  },
];
