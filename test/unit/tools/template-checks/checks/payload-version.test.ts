import { foundBy, ref, resource, uri } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("payload-version", template);
const authorizer = (properties: Record<string, unknown>) =>
  resource("ApiGatewayV2::Authorizer", {
    ApiId: ref("Api"),
    AuthorizerType: "REQUEST",
    AuthorizerUri: uri("F"),
    ...properties,
  });
const integration = (properties: Record<string, unknown>) =>
  resource("ApiGatewayV2::Integration", { ApiId: ref("Api"), IntegrationType: "AWS_PROXY", ...properties });

describe("payload-version", () => {
  it("finds a version that is left to a default", () => {
    expect(found({ A: authorizer({}), I: integration({}) }).map((line) => line.split(":")[0])).toEqual([
      "A.AuthorizerPayloadFormatVersion",
      "I.PayloadFormatVersion",
    ]);
  });

  it("finds simple answers to events that have none", () => {
    expect(
      found({ A: authorizer({ AuthorizerPayloadFormatVersion: "1.0", EnableSimpleResponses: true }) }),
    ).toHaveLength(1);
  });

  it("lets said versions pass, and kinds that have none", () => {
    const Socket = resource("ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" });
    expect(
      found({
        Socket,
        A: authorizer({ AuthorizerPayloadFormatVersion: "2.0", EnableSimpleResponses: true }),
        B: authorizer({ AuthorizerPayloadFormatVersion: "1.0" }),
        C: authorizer({ AuthorizerType: "JWT" }),
        D: authorizer({ ApiId: ref("Socket") }),
        I: integration({ PayloadFormatVersion: "2.0" }),
        J: integration({ ApiId: ref("Socket") }),
        K: integration({ IntegrationType: "HTTP_PROXY" }),
      }),
    ).toEqual([]);
  });
});
