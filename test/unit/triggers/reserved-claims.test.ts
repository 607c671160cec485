import { ConfigurationError } from "../../../src/errors.ts";
import { createCopiedClaims } from "../../../src/triggers/reserved-claims.ts";
import { createScopePrefix } from "../../../src/triggers/token-content.ts";

it.each(
  (
    "sub username client_id token_use scope roles aud identities version device_key event_id jti origin_jti iss " +
    "iat exp nbf auth_time acr amr at_hash azp nonce cognito:groups cognito:username cognito:anything dev:custom " +
    "__proto__ constructor toString hasOwnProperty"
  ).split(" "),
)("the claim `%s` cannot be copied from an attribute", (claim) => {
  expect(() => createCopiedClaims(new Map([[claim, "custom:tenant_id"]]))).toThrow(ConfigurationError);
});

it.each(["tenant id", "", 'a"b', "é", "x".repeat(65)])("`%s` is not a claim name", (claim) => {
  expect(() => createCopiedClaims(new Map([[claim, "custom:tenant_id"]]))).toThrow(ConfigurationError);
});

it("nothing is copied from a name of Object.prototype", () => {
  expect(() => createCopiedClaims(new Map([["tenant_id", "constructor"]]))).toThrow(ConfigurationError);
});

it("other claims can", () => {
  const claims = new Map([
    ["tenant_id", "custom:tenant_id"],
    ["custom:plan", "custom:plan"],
  ]);

  expect(createCopiedClaims(claims)).toEqual(claims);
});

it.each(["orders api/", 'a"', "a\\", "é", "aws.cognito.signin.user.", "x".repeat(257)])(
  "`%s` is not a valid scope prefix",
  (prefix) => {
    expect(() => createScopePrefix(prefix)).toThrow(ConfigurationError);
  },
);

it("`orders-api/` is, and a missing prefix stays missing", () => {
  expect(createScopePrefix("orders-api/")).toBe("orders-api/");
  expect(createScopePrefix(undefined)).toBeUndefined();
});
