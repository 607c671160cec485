import { waysAroundOAuth } from "../../../../src/tools/cloudformation/ways-around-oauth.ts";

it("an app client signs in over OAuth only without other flows and without the scope for self-service", () => {
  expect(
    waysAroundOAuth({ ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"], AllowedOAuthScopes: ["openid"] }),
  ).toEqual([]);
  expect(waysAroundOAuth({})).toEqual(["`ExplicitAuthFlows` is not set, which allows SRP"]);
  expect(waysAroundOAuth({ ExplicitAuthFlows: [] })).toHaveLength(1);
  expect(
    waysAroundOAuth({
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH"],
      AllowedOAuthScopes: ["openid", "aws.cognito.signin.user.admin"],
    }),
  ).toEqual([
    "`ExplicitAuthFlows` has `ALLOW_USER_AUTH`",
    "`ExplicitAuthFlows` has `ALLOW_CUSTOM_AUTH`",
    "`AllowedOAuthScopes` has `aws.cognito.signin.user.admin`",
  ]);
});
