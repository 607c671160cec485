import { nativeAuthorizerWithoutScopes } from "../../../../../../src/tools/lint/rules/service/native-authorizer-without-scopes.ts";
import { found, route } from "./support.ts";

describe("native-authorizer-without-scopes", () => {
  const check = (parts: Parameters<typeof route>[1]) =>
    found(nativeAuthorizerWithoutScopes, "", { routes: [route("GET /a", parts)] });

  it("finds JWT and COGNITO_USER_POOLS authorizers without scopes", () => {
    const native = { kind: "native", name: "pool", scopes: [] } as const;
    expect(check({ authorizer: native })).toEqual([
      "serverless.yml:7:1: the JWT authorizer `pool` of `GET /a` requires no scopes, so it accepts ID tokens; use " +
        "the authorizer function of claimgate, or set `scopes` on the event",
    ]);
    expect(check({ gateway: "rest", authorizer: native })[0]).toContain(
      "COGNITO_USER_POOLS authorizer `pool`",
    );
  });

  it("accepts scopes and authorizer functions", () => {
    expect(check({ authorizer: { kind: "native", name: "pool", scopes: ["orders/read"] } })).toEqual([]);
    expect(check({})).toEqual([]);
  });
});
