import { selectApis } from "../../../../src/tools/stack/apis.ts";

const provider = {
  name: "aws",
  httpApi: { authorizers: { claimgate: { type: "request", functionName: "httpAuthorizer" } } },
};
const functions = {
  preSignUp: { handler: "a" },
  httpAuthorizer: { handler: "b" },
  restAuthorizer: { handler: "c" },
  orders: {
    handler: "d",
    events: [
      { httpApi: "GET /health" },
      { http: { path: "x", method: "get", authorizer: { name: "restAuthorizer" } } },
    ],
  },
  reports: { handler: "e", events: [{ http: "GET reports" }, { schedule: "rate(1 day)" }] },
};

const on = (...parameters: readonly string[]) => new Map(parameters.map((name) => [name, "true"]));
const select = (...parameters: readonly string[]) => selectApis({ functions, provider }, on(...parameters));

describe("the APIs of a stage", () => {
  it("are all of serverless.yml where both are on", () => {
    expect(select("httpApi", "restApi")).toEqual({ functions, provider });
  });

  it("without the REST API have none of its events, and not the authorizer that only it asked", () => {
    const selected = select("httpApi");
    expect(Object.keys(selected.functions)).toEqual(["preSignUp", "httpAuthorizer", "orders", "reports"]);
    expect(selected.functions["orders"]).toEqual({ handler: "d", events: [{ httpApi: "GET /health" }] });
    expect(selected.functions["reports"]).toEqual({ handler: "e", events: [{ schedule: "rate(1 day)" }] });
    expect(selected.provider).toEqual(provider);
  });

  it("without the HTTP API have no authorizer that the framework would look for", () => {
    const selected = select("restApi");
    expect(Object.keys(selected.functions)).toEqual(["preSignUp", "restAuthorizer", "orders", "reports"]);
    expect(selected.provider).toEqual({ name: "aws" });
  });

  it("of other stacks keep both authorizers here, and no function that nobody calls", () => {
    const selected = select("sharedAuthorizers");
    expect(Object.keys(selected.functions)).toEqual([
      "preSignUp",
      "httpAuthorizer",
      "restAuthorizer",
      "reports",
    ]);
  });

  it("keep an authorizer that the API which is left asks as well", () => {
    const both = {
      ...functions,
      orders: { events: [{ http: { authorizer: "httpAuthorizer" } }, { httpApi: "*" }] },
    };
    const selected = selectApis({ functions: both, provider }, on("restApi"));
    expect(Object.keys(selected.functions)).toContain("httpAuthorizer");
  });

  it("leave a function alone that authorizers of another service are named like", () => {
    const foreign = { orders: { events: [{ http: { authorizer: "elsewhere" } }] }, jobs: { handler: "j" } };
    const selected = selectApis({ functions: foreign, provider: {} }, on("httpApi"));
    expect(Object.keys(selected.functions)).toEqual(["jobs"]);
  });

  it("have no authorizer that a parameter of its name leaves out, and none of its routes", () => {
    const events = [
      { http: { path: "a", authorizer: { name: "restTokenAuthorizer" } } },
      { http: { path: "b", authorizer: { name: "restAuthorizer" } } },
    ];
    const more = { ...functions, restTokenAuthorizer: { handler: "t" }, orders: { events } };
    const without = selectApis({ functions: more, provider }, on("restApi"));
    expect(Object.keys(without.functions)).not.toContain("restTokenAuthorizer");
    expect(without.functions["orders"]).toEqual({ events: [events[1]] });
    const withIt = selectApis({ functions: more, provider }, on("restApi", "restTokenAuthorizer"));
    expect(withIt.functions).toMatchObject({ restTokenAuthorizer: { handler: "t" }, orders: { events } });
    const alone = selectApis({ functions: more, provider }, on("restTokenAuthorizer"));
    expect(Object.keys(alone.functions)).toContain("restTokenAuthorizer");
  });

  it("without a WebSocket API have no function of its messages, and not its authorizer", () => {
    const events = [{ websocket: { route: "$connect", authorizer: { name: "websocketAuthorizer" } } }];
    const more = { ...functions, websocketAuthorizer: { handler: "w" }, feed: { events } };
    const without = selectApis({ functions: more, provider }, on("httpApi"));
    expect(Object.keys(without.functions)).toEqual(["preSignUp", "httpAuthorizer", "orders", "reports"]);
    const withIt = selectApis({ functions: more, provider }, on("websocketApi"));
    expect(Object.keys(withIt.functions)).toEqual(["preSignUp", "reports", "websocketAuthorizer", "feed"]);
  });
});
