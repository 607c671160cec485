import { clientWithoutScope } from "../../../../../../src/tools/lint/rules/service/client-without-scope.ts";
import { found } from "./support.ts";

const client = (flows: readonly string[] | undefined, scopes: readonly string[]) => ({
  clients: [{ name: "reporting", writeAttributes: [], scopes, ...(flows && { flows }) }],
});

describe("client-without-scope", () => {
  it("finds a machine client that has no scope", () => {
    expect(found(clientWithoutScope, "", client(["client_credentials"], []))).toEqual([
      "serverless.yml:1:1: the app client `reporting` uses client credentials and has no scope, which Cognito refuses; " +
        "add a row `p, scope:IDENTIFIER/SCOPE, PERMISSION, allow` to the policy, or remove the app client",
    ]);
  });

  it("accepts one with a scope, and clients of other flows", () => {
    expect(found(clientWithoutScope, "", client(["client_credentials"], ["a/b"]))).toEqual([]);
    expect(found(clientWithoutScope, "", client(["code"], []))).toEqual([]);
    expect(found(clientWithoutScope, "", client(undefined, []))).toEqual([]);
  });
});
