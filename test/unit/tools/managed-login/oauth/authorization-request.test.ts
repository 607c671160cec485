import { judgeAuthorization } from "../../../../../src/tools/managed-login/oauth/authorization-request.ts";
import { testClient, testConfig } from "../../../../support/user-pool.ts";

const client = {
  ...testClient({
    AllowedOAuthFlows: ["code"],
    CallbackURLs: ["http://localhost:5173/callback", "myapp://in?from=cognito"],
    SupportedIdentityProviders: ["COGNITO", "Google"],
  }),
  scopes: ["openid", "email"],
};
const config = testConfig({ clients: [client] });

const asked = {
  client_id: "webclient",
  redirect_uri: "http://localhost:5173/callback",
  response_type: "code",
};

const judged = (changes: Record<string, string>) =>
  judgeAuthorization(config, new URLSearchParams({ ...asked, ...changes }));

test("without scopes, a request asks for all that the client may ask for", () => {
  expect(judged({})).toMatchObject({ kind: "valid", request: { scopes: ["openid", "email"] } });
});

test("a request asks for the scopes that it names, each once", () => {
  expect(judged({ scope: "email  email" })).toMatchObject({ kind: "valid", request: { scopes: ["email"] } });
});

test.each([
  ["an unknown client", { client_id: "other" }, "invalid_request: the app client does not exist"],
  ["a callback that differs by a slash", { redirect_uri: `${asked.redirect_uri}/` }, "redirect_mismatch"],
  ["a callback in other letters", { redirect_uri: asked.redirect_uri.toUpperCase() }, "redirect_mismatch"],
  ["a page of somebody else", { redirect_uri: "https://evil.example/callback" }, "redirect_mismatch"],
])("%s shows a page, and sends nobody anywhere", (_case, changes, error) => {
  expect(judged(changes)).toEqual({ kind: "page", error });
});

test.each(["https://orders.example.com/v1", "http://localhost:3000", "myapp://orders"])(
  "a request names the API that it wants a token for: `%s`",
  (resource) => {
    expect(judged({ resource })).toMatchObject({ kind: "valid", request: { resource } });
  },
);

test("a request names one API at most", () => {
  const parameters = new URLSearchParams({ ...asked, resource: "https://a.example.com" });
  parameters.append("resource", "https://b.example.com");
  expect(judgeAuthorization(config, parameters)).toMatchObject({
    kind: "back",
    location: expect.stringContaining("error=invalid_target") as string,
  });
});

test.each([
  ["an API that is not a URL", { resource: "orders" }, "invalid_target"],
  ["an API over http elsewhere", { resource: "http://orders.example.com" }, "invalid_target"],
  ["an empty API", { resource: "" }, "invalid_target"],
  ["no kind of answer", { response_type: "" }, "invalid_request"],
  ["a grant that the client does not have", { response_type: "token" }, "unauthorized_client"],
  ["a scope that the client may not ask for", { scope: "openid admin" }, "invalid_scope"],
  ["a challenge without its method", { code_challenge: "a".repeat(43) }, "invalid_request"],
  [
    "a plain challenge",
    { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
    "invalid_request",
  ],
  ["a method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
  [
    "a challenge that is no digest",
    { code_challenge: "a", code_challenge_method: "S256" },
    "invalid_request",
  ],
  ["a provider that the client does not have", { identity_provider: "Facebook" }, "invalid_request"],
])("%s goes back to the app with its state", (_case, changes, error) => {
  expect(judged({ ...changes, state: "s 1" })).toEqual({
    kind: "back",
    location: `http://localhost:5173/callback?error=${error}&state=s+1`,
  });
});

test("parameters are added to the query of a callback that has one", () => {
  expect(judged({ redirect_uri: "myapp://in?from=cognito", scope: "x" })).toEqual({
    kind: "back",
    location: "myapp://in?from=cognito&error=invalid_scope",
  });
});

test("Cognito's own users are not a provider to go to", () => {
  expect(judged({ identity_provider: "COGNITO" })).toMatchObject({ request: { provider: undefined } });
  expect(judged({ identity_provider: "Google" })).toMatchObject({ request: { provider: "Google" } });
});
