import { maxAgeCached } from "../../../../../../src/tools/lint/rules/service/max-age-cached.ts";
import { authorizer, found } from "./support.ts";

const POLICY = "g2, POST /x, x:y\np, role:a, x:y, allow, max_age=300";

describe("max-age-cached", () => {
  it("finds a cache, however narrow its key", () => {
    const identitySources = ["$request.header.Authorization", "$context.path", "$context.httpMethod"];
    const authorizers = [authorizer({ resultTtl: 60, identitySources })];
    expect(found(maxAgeCached, POLICY, { authorizers })).toEqual([
      expect.stringContaining("answers of `claimgate` are cached for 60 s, so a sign-in counts longer than"),
    ]);
  });

  it("finds the cache that a REST API has by default, and each gateway's by itself", () => {
    const authorizers = [
      authorizer({ resultTtl: undefined, gateway: "rest" }),
      authorizer({ resultTtl: 60, gateway: "http" }),
    ];
    expect(found(maxAgeCached, POLICY, { authorizers })).toEqual([
      expect.stringContaining("are cached for 300 s by default, so"),
      expect.stringContaining("are cached for 60 s, so"),
    ]);
  });

  it("accepts a cache of a policy without ages", () => {
    const authorizers = [authorizer({ resultTtl: 60 })];
    expect(
      found(maxAgeCached, "g2, POST /x/{id}, x:y\np, role:a, x:y, allow, {id}=sub", { authorizers }),
    ).toEqual([]);
  });

  it("accepts authorizers without a cache, WebSocket APIs, and answers for a whole API", () => {
    const authorizers = [
      authorizer({ resultTtl: 0 }),
      authorizer({ resultTtl: 60, gateway: "websocket" }),
      authorizer({ resultTtl: 60, gateway: "rest", wholeApi: true }),
    ];
    expect(found(maxAgeCached, POLICY, { authorizers })).toEqual([]);
  });
});
