import fc from "fast-check";
import { withCors } from "../../../../src/tools/stack/cors.ts";
import { PARAMETER_RULES } from "../../../../src/tools/stack/parameter-rules/parameter-rules.ts";
import { checkParameters } from "../../../../src/tools/stack/parameters.ts";

const stack = {
  provider: {
    httpApi: { payload: "2.0", cors: { allowedOrigins: "x", allowedMethods: ["GET"], maxAge: 600 } },
  },
  functions: {
    orders: {
      environment: { A: "1" },
      events: [{ http: { path: "x", cors: { origins: ["x"] } } }, { httpApi: "*" }],
    },
    jobs: { events: [{ http: { path: "y" } }] },
  },
  resources: {
    Resources: {
      Denied: {
        Type: "AWS::ApiGateway::GatewayResponse",
        Properties: {
          ResponseType: "ACCESS_DENIED",
          ResponseParameters: { "gatewayresponse.header.X": "'1'" },
        },
      },
      Topic: { Type: "AWS::SNS::Topic" },
    },
  },
};

function allowOrigin(origins: readonly string[]): unknown {
  const { resources } = withCors(stack, origins);
  const { Denied } = resources["Resources"] as typeof stack.resources.Resources;
  return (Denied.Properties.ResponseParameters as Record<string, string>)[
    "gatewayresponse.header.Access-Control-Allow-Origin"
  ];
}

const faults = (value: string) =>
  checkParameters(PARAMETER_RULES, new Map([["corsOrigins", value]])).map(({ message }) => message);

describe("the origins of a stage", () => {
  it.each([
    "https://app.example.com",
    "https://a.example.com,http://localhost:5173",
    '["https://a.example.com","http://127.0.0.1:5173"]',
    "*",
  ])("may be %s", (value) => {
    expect(faults(value)).toEqual([]);
  });

  it.each([
    "https://app.example.com/",
    "https://app.example.com/path",
    "app.example.com",
    "https://a.example.com https://b.example.com",
    "",
    '["https://a.example.com", 1]',
    "[]",
    "https://*.example.com",
    "https://App.example.com",
  ])("are refused as %s, which no browser sends or no gateway reads", (value) => {
    expect(faults(value).join()).toContain("origins in lower case and without a path");
  });

  it("reach both preflights, and the function that has to name them itself", () => {
    const { provider, functions } = withCors(stack, ["https://a.example.com", "https://b.example.com"]);
    expect(provider).toEqual({
      httpApi: {
        payload: "2.0",
        cors: {
          allowedOrigins: ["https://a.example.com", "https://b.example.com"],
          allowedMethods: ["GET"],
          maxAge: 600,
        },
      },
    });
    expect(functions).toEqual({
      orders: {
        environment: { A: "1", CLAIMGATE_CORS_ORIGINS: "https://a.example.com https://b.example.com" },
        events: [
          { http: { path: "x", cors: { origins: ["https://a.example.com", "https://b.example.com"] } } },
          { httpApi: "*" },
        ],
      },
      jobs: stack.functions.jobs,
    });
  });

  it("are in every answer of the gateway: the origin itself where there is one, else `*`", () => {
    expect(allowOrigin(["https://a.example.com"])).toBe("'https://a.example.com'");
    expect(allowOrigin(["https://a.example.com", "https://b.example.com"])).toBe("'*'");
  });

  it("take no other header from an answer, and touch no other resource", () => {
    const resources = withCors(stack, ["*"]).resources["Resources"] as typeof stack.resources.Resources;
    expect(resources.Topic).toEqual(stack.resources.Resources.Topic);
    expect(resources.Denied.Properties.ResponseParameters).toMatchObject({
      "gatewayresponse.header.X": "'1'",
    });
  });

  it("make no CORS where serverless.yml has none", () => {
    const bare = { provider: { httpApi: {} }, functions: { jobs: stack.functions.jobs }, resources: {} };
    expect(withCors(bare, ["*"])).toMatchObject({ provider: bare.provider, functions: bare.functions });
  });
});

describe("the methods of a stage", () => {
  const methods = (...events: readonly unknown[]) => {
    const source = {
      provider: { httpApi: { cors: true } },
      functions: { a: { events }, b: {} },
      resources: {},
    };
    const { provider } = withCors(source, ["https://a.example.com"]);
    return (provider["httpApi"] as { readonly cors: { readonly allowedMethods: readonly string[] } }).cors
      .allowedMethods;
  };
  const ALL = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

  it.each([
    [
      [{ httpApi: "GET /a" }, { httpApi: { method: "put", path: "/a" } }, { http: "post a" }],
      ["GET", "PUT"],
    ],
    [[{ httpApi: { method: "*", path: "/a" } }], ALL],
    [[{ httpApi: { method: "any", path: "/a" } }], ALL],
    [[{ httpApi: "*" }], ALL],
    [[{ httpApi: { path: "*" } }], ALL],
    [[], []],
  ])("are those of the routes: %j", (events, expected) => {
    expect(methods(...events)).toEqual(expected);
  });

  it("hold every method of every route, each once, and no other", () => {
    const method = fc.constantFrom(...ALL);
    fc.assert(
      fc.property(fc.array(method), (own) => {
        const events = own.map((name, index) => ({ httpApi: { method: name, path: `/a${index}` } }));
        expect(methods(...events)).toEqual(ALL.filter((name) => own.includes(name)));
      }),
    );
  });
});
