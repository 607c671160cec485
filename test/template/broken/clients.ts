import type { BrokenTemplate } from "../broken-templates.ts";
import { type Editable, set } from "../editing.ts";

const web = (path: string, value: unknown) => (t: Editable) =>
  set(t, "WebClient", `Properties.${path}`, value);
const reporting = (path: string, value: unknown) => (t: Editable) =>
  set(t, "ReportingClient", `Properties.${path}`, value);

/** App clients. */
export const BROKEN_CLIENTS: readonly BrokenTemplate[] = [
  {
    what: "a wrong enum: a flow that does not exist",
    breakIt: web("ExplicitAuthFlows", ["ALLOW_MAGIC"]),
    checks: [],
    rules: ["E3030"],
  },
  {
    what: "an access token of one minute",
    breakIt: (t) => {
      web("AccessTokenValidity", 1)(t);
      web("TokenValidityUnits.AccessToken", "minutes")(t);
    },
    checks: ["token-validity"],
    rules: [],
  },
  {
    what: "an access token of two days",
    breakIt: (t) => {
      web("AccessTokenValidity", 2)(t);
      web("TokenValidityUnits.AccessToken", "days")(t);
    },
    checks: ["token-validity"],
    rules: [],
  },
  {
    what: "fifteen hours where fifteen minutes were meant, refresh tokens of eleven years",
    breakIt: (t) => {
      web("RefreshTokenValidity", 4000)(t);
      web("TokenValidityUnits.RefreshToken", "days")(t);
    },
    checks: ["token-validity"],
    rules: [],
  },
  {
    what: "the implicit flow",
    breakIt: web("AllowedOAuthFlows", ["code", "implicit"]),
    checks: ["implicit-flow"],
    rules: [],
  },
  {
    what: "one client for people and machines",
    breakIt: reporting("AllowedOAuthFlows", ["code", "client_credentials"]),
    checks: ["callback-url", "client-flows"],
    rules: [],
  },
  {
    what: "flows that nothing switches on",
    breakIt: web("AllowedOAuthFlowsUserPoolClient", false),
    checks: ["client-flows"],
    rules: [],
  },
  {
    what: "flows in the old and the new spelling",
    breakIt: web("ExplicitAuthFlows", ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]),
    checks: ["client-flows"],
    rules: [],
  },
  {
    what: "a secret for a browser",
    breakIt: web("GenerateSecret", true),
    checks: ["client-secret"],
    rules: [],
    replaced: ["WebClient"],
  },
  {
    what: "a machine without a secret",
    breakIt: reporting("GenerateSecret", false),
    checks: ["client-secret"],
    rules: [],
    replaced: ["ReportingClient"],
  },
  {
    what: "rotated refresh tokens beside the flow that does not rotate them",
    breakIt: (t) => {
      web("RefreshTokenRotation", { Feature: "ENABLED", RetryGracePeriodSeconds: 10 })(t);
      web("ExplicitAuthFlows", ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])(t);
    },
    checks: ["refresh-rotation"],
    rules: [],
  },
  {
    what: "a callback over http to another machine",
    breakIt: web("CallbackURLs", ["https://app.example.com/callback", "http://app.example.com/callback"]),
    checks: ["callback-url"],
    rules: [],
  },
  {
    what: "no callback at all",
    breakIt: web("CallbackURLs", undefined),
    checks: ["callback-url"],
    rules: [],
  },
  {
    what: "a marker that users may clear",
    breakIt: web("WriteAttributes", ["email", "custom:claimgate_assigned"]),
    checks: ["client-writes"],
    rules: [],
  },
  {
    what: "a tenant that users may choose",
    breakIt: web("WriteAttributes", ["email", "custom:tenant_id"]),
    checks: ["client-writes"],
    rules: [],
  },
  {
    what: "a client that does not say what it may write",
    breakIt: web("WriteAttributes", undefined),
    checks: ["client-writes", "directory-attribute-writable"],
    rules: [],
  },
  {
    what: "a client that reads an attribute which the pool does not have",
    breakIt: web("ReadAttributes", ["email", "custom:department"]),
    checks: ["unknown-attribute"],
    rules: [],
  },
  {
    what: "a scope that no resource server has",
    breakIt: reporting("AllowedOAuthScopes", ["orders-api/everything"]),
    checks: ["client-needs"],
    rules: [],
  },
  {
    what: "a client that may be made before its scopes",
    breakIt: (t) => {
      set(t, "ReportingClient", "DependsOn", undefined);
      reporting("AllowedOAuthScopes", ["orders-api/reports.read"])(t);
    },
    checks: ["client-needs"],
    rules: [],
  },
  {
    what: "a provider that the stack does not have",
    breakIt: web("SupportedIdentityProviders", ["COGNITO", "Nobody"]),
    checks: ["client-needs"],
    rules: [],
  },
  {
    what: "fifty-one scopes",
    breakIt: (t) =>
      reporting(
        "AllowedOAuthScopes",
        Array.from({ length: 51 }, () => "orders-api/reports.read"),
      )(t),
    checks: [],
    rules: ["E3032"],
  },
  {
    what: "a client's secret among the outputs",
    breakIt: (t) => {
      t.Outputs["ReportingSecret"] = { Value: { "Fn::GetAtt": ["ReportingClient", "ClientSecret"] } };
    },
    checks: ["plain-secret"],
    rules: [],
  },
  {
    what: "a secret in the environment of a function",
    breakIt: (t) =>
      set(
        t,
        "OrdersLambdaFunction",
        "Properties.Environment.Variables.API_KEY",
        "{{resolve:secretsmanager:orders:SecretString:key}}",
      ),
    checks: ["plain-secret"],
    rules: [],
  },
];
