import { cacheReusesAnswers } from "../../../../../../src/tools/lint/rules/service/cache-reuses-answers.ts";
import { atLine, authorizer, found, route } from "./support.ts";

const REST = {
  gateway: "rest",
  name: "rest",
  simpleResponses: undefined,
  payloadVersion: undefined,
} as const;
const TOKEN = "method.request.header.Authorization";

describe("cache-reuses-answers", () => {
  const check = (...authorizers: ReturnType<typeof authorizer>[]) =>
    found(cacheReusesAnswers, "", { authorizers });

  it("finds a cached HTTP API authorizer whose key is the token alone", () => {
    expect(check(authorizer({ resultTtl: 300 }))).toEqual([
      "serverless.yml:9:1: answers of `claimgate` are cached for 300 s and reused for other requests: its identity " +
        "sources lack `$context.path`, `$context.routeKey`; set `resultTtlInSeconds: 0`",
    ]);
  });

  it("finds that the route key alone does not tell paths apart", () => {
    const identitySources = ["$request.header.Authorization", "$context.routeKey"];
    expect(check(authorizer({ resultTtl: 60, identitySources }))[0]).toContain("lack `$context.path`;");
  });

  it("finds that the route key of an ANY route does not tell methods apart", () => {
    const identitySources = ["$request.header.Authorization", "$context.routeKey", "$context.path"];
    const authorizers = [authorizer({ resultTtl: 60, identitySources })];
    expect(found(cacheReusesAnswers, "", { authorizers, routes: [route("GET /a")] })).toEqual([]);
    expect(found(cacheReusesAnswers, "", { authorizers, routes: [route("ANY /a")] })[0]).toContain(
      "lack `$context.httpMethod`;",
    );
  });

  it("finds a key without the caller's token", () => {
    const identitySources = ["$context.path", "$context.httpMethod"];
    expect(check(authorizer({ resultTtl: 60, identitySources }))[0]).toContain(
      "lack `$request.header.Authorization`;",
    );
  });

  it("finds cached REST authorizers: TOKEN always, REQUEST without path and method", () => {
    expect(check(authorizer({ ...REST, type: "token", resultTtl: 300, identitySources: [] }))[0]).toContain(
      "`rest` are cached for 300 s and reused for other requests: the cache key of a TOKEN authorizer",
    );
    expect(check(authorizer({ ...REST, resultTtl: 5, identitySources: [TOKEN] }))[0]).toContain(
      "its identity sources lack `context.path`, `context.httpMethod`;",
    );
  });

  it("finds any cache of an authorizer that takes the token from a cookie", () => {
    const identitySources = [TOKEN, "context.path", "context.httpMethod"];
    const cached = authorizer({ ...REST, resultTtl: 5, identitySources });
    expect(check(cached)).toEqual([]);
    expect(check({ ...cached, tokenCookie: true })[0]).toContain("the token may be in a cookie");
  });

  it("says it once for settings that several events share", () => {
    const one = authorizer({ ...REST, resultTtl: 5, identitySources: [TOKEN] });
    expect(check(one, { ...one, at: atLine(20) })).toHaveLength(1);
  });

  it("accepts no cache, a key that tells everything apart, and what is not known", () => {
    expect(
      check(
        authorizer(),
        authorizer({
          resultTtl: 60,
          identitySources: ["$request.header.authorization", "$context.path", "$context.httpMethod"],
        }),
        authorizer({
          ...REST,
          resultTtl: 60,
          identitySources: [TOKEN, "context.path", "context.httpMethod"],
        }),
        authorizer({ resultTtl: 60, identitySources: undefined }),
        authorizer({ resultTtl: undefined }),
        authorizer({ gateway: "websocket", resultTtl: undefined }),
      ),
    ).toEqual([]);
  });
});
