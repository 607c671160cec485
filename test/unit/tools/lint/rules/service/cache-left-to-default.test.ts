import { cacheLeftToDefault } from "../../../../../../src/tools/lint/rules/service/cache-left-to-default.ts";
import { authorizer, found } from "./support.ts";

const REST = {
  gateway: "rest",
  name: "rest",
  simpleResponses: undefined,
  payloadVersion: undefined,
} as const;

describe("cache-left-to-default", () => {
  const check = (parts: Parameters<typeof authorizer>[0]) =>
    found(cacheLeftToDefault, "", { authorizers: [authorizer({ resultTtl: undefined, ...parts })] });

  it("finds the string form and the object form without a TTL", () => {
    expect(check({ ...REST, type: "token", stringForm: true })).toEqual([
      "serverless.yml:9:1: `rest` is written as a plain string, so its answers are cached for 300 s and reused for " +
        "other requests; write `authorizer: { name: rest, type: request, resultTtlInSeconds: 0 }`",
    ]);
    expect(check(REST)[0]).toContain(
      "`rest` has no `resultTtlInSeconds`, so its answers are cached for 300 s",
    );
  });

  it("finds an HTTP API authorizer whose caching nobody documents", () => {
    expect(check({})[0]).toContain(
      "AWS does not document the default for HTTP APIs; set `resultTtlInSeconds: 0`",
    );
  });

  it("accepts a TTL that is set, an HTTP API without a key, and WebSocket APIs, which have no cache", () => {
    expect(check({ resultTtl: 0 })).toEqual([]);
    expect(check({ resultTtl: 300 })).toEqual([]);
    expect(check({ identitySources: [] })).toEqual([]);
    expect(check({ gateway: "websocket" })).toEqual([]);
  });
});
