import { loadPolicy } from "../../../../../src/policy/load.ts";
import { apiOperations } from "../../../../../src/tools/export/openapi/api-operations.ts";
import { responses, securityScheme } from "../../../../../src/tools/export/openapi/components.ts";
import type { ServiceRoute } from "../../../../../src/tools/service/service.ts";
import { MODEL } from "../../../../support/policy.ts";

function operationsOf(rows: string, routes?: readonly Pick<ServiceRoute, "route" | "authorizer">[]) {
  const policy = loadPolicy({
    model: MODEL,
    rows: [{ path: "policy.csv", text: `${rows}\np, role:clerk, *, allow\n` }],
  });
  const at = { file: "serverless.yml", line: 1, column: 1 };
  const service = routes?.map((one): ServiceRoute => ({ ...one, gateway: "http", functionName: "f", at }));
  const { operations, leftOut } = apiOperations(policy, service);
  return {
    operations: Array.from(operations.values(), ({ method, path, permissions }) =>
      [`${method} ${path}`, ...permissions].join(" "),
    ),
    leftOut,
  };
}

const lambda = { kind: "lambda", name: "claimgate" } as const;

describe("the operations of an API", () => {
  it("are each method of `ANY` without a row of its own; `HEAD` is decided as `GET`", () => {
    expect(operationsOf("g2, ANY /a, a:any\ng2, GET /a, a:read").operations).toEqual([
      "GET /a a:read",
      "HEAD /a a:read",
      "POST /a a:any",
      "PUT /a a:any",
      "PATCH /a a:any",
      "DELETE /a a:any",
      "OPTIONS /a a:any",
    ]);
  });

  it("leave out with the reason what OpenAPI cannot say", () => {
    const { operations, leftOut } = operationsOf(
      "g2, GET /a, a:b\ng2, $default, a:b\ng2, $connect, a:b\ng2, Query.x, a:b\ng2, Tool.x, a:b\ng2, ANY /f/{proxy+}, a:b",
    );
    expect(operations).toEqual(["GET /a a:b"]);
    expect(leftOut.map(({ route }) => route)).toEqual([
      "$connect",
      "$default",
      "ANY /f/{proxy+}",
      "Query.x",
      "Tool.x",
    ]);
  });

  it("are those of serverless.yml, each by the row that decides it", () => {
    const { operations, leftOut } = operationsOf(
      "g2, ANY /a, a:any\ng2, GET /open, public\ng2, GET /gone, a:b",
      [
        { route: "GET /a", authorizer: lambda },
        { route: "GET /open", authorizer: undefined },
        { route: "GET /b", authorizer: lambda },
        { route: "POST /a", authorizer: undefined },
        { route: "PUT /a", authorizer: { kind: "native", name: "jwt", scopes: [] } },
      ],
    );
    expect(operations).toEqual(["GET /a a:any", "GET /open"]);
    expect(leftOut.map(({ route, reason }) => `${route}: ${reason}`)).toEqual([
      "GET /b: no `g2` row opens it, so it is always denied",
      "POST /a: the policy guards it, and serverless.yml gives it no authorizer",
      "PUT /a: the authorizer `jwt` decides, not the policy",
    ]);
  });
});

describe("what operations refer to", () => {
  it("is a bearer token, or the endpoints of the pool", () => {
    const described = { scheme: "s", gateways: new Set<"http">() };
    expect(securityScheme({ ...described, loginUrl: undefined })).toMatchObject({
      type: "http",
      scheme: "bearer",
    });
    expect(securityScheme({ ...described, loginUrl: "https://auth.example.com/" })).toMatchObject({
      type: "oauth2",
      flows: {
        authorizationCode: {
          authorizationUrl: "https://auth.example.com/oauth2/authorize",
          tokenUrl: "https://auth.example.com/oauth2/token",
        },
      },
    });
  });

  it("says which gateway answers 403 to a bad token", () => {
    const said = (...gateways: readonly ("http" | "rest")[]) =>
      JSON.stringify(responses({ scheme: "s", loginUrl: undefined, gateways: new Set(gateways) }));
    expect(said("http")).toContain("The token is not valid, or the caller has none");
    expect(said("rest")).toContain("no token, or one that is not valid");
    expect(said("rest")).toContain("WWW-Authenticate");
    expect(said()).toContain("An HTTP API also answers so");
  });
});
