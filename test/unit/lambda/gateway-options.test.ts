import { appSyncOptions, httpOptions } from "../../../src/lambda/gateway-options.ts";

describe("the options of AppSync", () => {
  it("have no scheme unless one is configured", () => {
    expect(appSyncOptions({})).toMatchObject({ ttl: 0, scheme: undefined });
    expect(appSyncOptions({ CLAIMGATE_APPSYNC_SCHEME: "Token" })).toMatchObject({ scheme: "Token" });
  });

  it.each(["Token ", "Two words", "Token:", "\u212Aey"])("do not take `%s` for a scheme", (value) => {
    expect(() => appSyncOptions({ CLAIMGATE_APPSYNC_SCHEME: value })).toThrow(
      `environment variable \`CLAIMGATE_APPSYNC_SCHEME\` is \`${value}\`; expected one word, such as \`Token\``,
    );
  });
});

describe("the options of HTTP APIs", () => {
  it("throw `Unauthorized` only if the stage asks for it", () => {
    expect(httpOptions({})).toMatchObject({ throwUnauthorized: false });
    expect(httpOptions({ CLAIMGATE_THROW_UNAUTHORIZED: "true" })).toMatchObject({ throwUnauthorized: true });
    expect(() => httpOptions({ CLAIMGATE_THROW_UNAUTHORIZED: "yes" })).toThrow(
      "environment variable `CLAIMGATE_THROW_UNAUTHORIZED` is `yes`; expected `true` or `false`",
    );
  });
});
