import { foundBy, ref, resource, uri } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("cache-left-to-default", {
    A: resource("ApiGatewayV2::Authorizer", { ApiId: ref("Api"), AuthorizerUri: uri("F"), ...properties }),
  });

describe("cache-left-to-default", () => {
  it("wants caching to be said", () => {
    expect(found({ AuthorizerType: "REQUEST" })).toEqual([
      "A.AuthorizerResultTtlInSeconds: is not set, so AWS caches with its own default",
    ]);
    expect(found({ AuthorizerType: "REQUEST", AuthorizerResultTtlInSeconds: 0 })).toEqual([]);
  });

  it("leaves alone what caches nothing of ours", () => {
    expect(found({ AuthorizerType: "JWT", AuthorizerUri: undefined })).toEqual([]);
  });
});
