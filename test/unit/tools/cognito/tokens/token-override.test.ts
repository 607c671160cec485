import { CognitoError } from "../../../../../src/tools/cognito/cognito-error.ts";
import { applyOverride, type TokenClaims } from "../../../../../src/tools/cognito/tokens/token-override.ts";

const claims: TokenClaims = {
  access: { sub: "s", client_id: "c", scope: "a b", "cognito:groups": ["g"], username: "u" },
  id: { sub: "s", aud: "c", email: "e", "cognito:groups": ["g"], "cognito:roles": ["r"] },
};

const v2 = (details: unknown) => applyOverride(claims, "V3_0", { claimsAndScopeOverrideDetails: details });
const v1 = (details: unknown) => applyOverride(claims, "V1_0", { claimsOverrideDetails: details });

test.each([null, undefined, {}])("an answer without details (%p) changes nothing", (details) => {
  expect(v2(details)).toEqual(claims);
  expect(v1(details)).toEqual(claims);
});

test("claims are added and replaced, of any JSON type", () => {
  const { access, id } = v2({
    accessTokenGeneration: { claimsToAddOrOverride: { roles: ["x"], level: 3, deep: { a: true } } },
    idTokenGeneration: { claimsToAddOrOverride: { email: "other" } },
  });

  expect(access).toMatchObject({ roles: ["x"], level: 3, deep: { a: true } });
  expect(id).toMatchObject({ email: "other" });
  expect(id).not.toHaveProperty("roles");
});

test.each([
  "sub",
  "username",
  "client_id",
  "iss",
  "exp",
  "token_use",
  "version",
  "scope",
  "cognito:groups",
  "dev:x",
])("the reserved claim %s is neither added nor replaced", (claim) => {
  const { access } = v2({ accessTokenGeneration: { claimsToAddOrOverride: { [claim]: "mine" } } });

  expect(access).toEqual(claims.access);
});

test("what is added and suppressed is suppressed; what is reserved cannot be", () => {
  const { access } = v2({
    accessTokenGeneration: { claimsToAddOrOverride: { roles: ["x"] }, claimsToSuppress: ["roles", "sub"] },
  });

  expect(access).toEqual(claims.access);
});

test("suppressing the groups also removes the IAM roles", () => {
  const { id } = v2({ idTokenGeneration: { claimsToSuppress: ["cognito:groups"] } });

  expect(id).toEqual({ sub: "s", aud: "c", email: "e" });
});

test("scopes are added once and suppressed by name", () => {
  const { access } = v2({ accessTokenGeneration: { scopesToAdd: ["b", "c"], scopesToSuppress: ["a"] } });

  expect(access["scope"]).toBe("b c");
});

test("an audience is taken only where it is the client", () => {
  const audience = (aud: string) =>
    v2({ accessTokenGeneration: { claimsToAddOrOverride: { aud } } }).access["aud"];

  expect(audience("c")).toBe("c");
  expect(audience("other")).toBeUndefined();
});

test("an override of the groups replaces them in both tokens", () => {
  const { access, id } = v2({
    groupOverrideDetails: { groupsToOverride: ["h"], iamRolesToOverride: ["q"], preferredRole: "q" },
  });

  expect(access["cognito:groups"]).toEqual(["h"]);
  expect(id).toMatchObject({
    "cognito:groups": ["h"],
    "cognito:roles": ["q"],
    "cognito:preferred_role": "q",
  });
});

test.each([null, {}, { groupsToOverride: [] }])("an empty override (%p) removes the groups", (details) => {
  const { access, id } = v2({ groupOverrideDetails: details });

  expect(access).not.toHaveProperty("cognito:groups");
  expect(id).not.toHaveProperty("cognito:roles");
});

test("V1 changes the identity token only, by strings only", () => {
  const { access, id } = v1({ claimsToAddOrOverride: { roles: "x y" }, claimsToSuppress: ["email"] });

  expect(access).toEqual(claims.access);
  expect(id).toMatchObject({ roles: "x y" });
  expect(id).not.toHaveProperty("email");
  expect(() => v1({ claimsToAddOrOverride: { roles: ["x"] } })).toThrow(CognitoError);
});

test.each(["text", { accessTokenGeneration: [] }, { accessTokenGeneration: { scopesToAdd: ["a b"] } }])(
  "the answer %j is unrecognizable",
  (details) => {
    expect(() => v2(details)).toThrow("Unrecognizable lambda output");
  },
);
