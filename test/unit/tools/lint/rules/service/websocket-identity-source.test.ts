import { websocketIdentitySource } from "../../../../../../src/tools/lint/rules/service/websocket-identity-source.ts";
import { authorizer, found } from "./support.ts";

describe("websocket-identity-source", () => {
  const check = (parts: Parameters<typeof authorizer>[0]) =>
    found(websocketIdentitySource, "", { authorizers: [authorizer({ gateway: "websocket", ...parts })] });

  it("finds an identity source that is left to the framework", () => {
    expect(check({ name: "socket", identitySources: [] })).toEqual([
      "serverless.yml:9:1: `socket` has no `identitySource`, and the default is the header `Auth`: clients that send " +
        "`Authorization` are refused; write `authorizer: { name: socket, identitySource: " +
        "[route.request.header.Authorization] }`",
    ]);
  });

  it("accepts one that is said, one that is not known, and other gateways", () => {
    expect(check({ identitySources: ["route.request.header.Auth"] })).toEqual([]);
    expect(check({ identitySources: undefined })).toEqual([]);
    expect(check({ gateway: "rest", identitySources: [] })).toEqual([]);
  });
});
