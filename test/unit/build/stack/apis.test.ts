import { type ApiChoice, selectApis } from "../../../../src/build/stack/apis.ts";

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

function select(choice: Partial<ApiChoice>) {
  return selectApis({ functions, provider }, { http: false, rest: false, shared: false, ...choice });
}

describe("the APIs of a stage", () => {
  it("are all of serverless.yml where both are on", () => {
    expect(select({ http: true, rest: true })).toEqual({ functions, provider });
  });

  it("without the REST API have none of its events, and not the authorizer that only it asked", () => {
    const selected = select({ http: true });
    expect(Object.keys(selected.functions)).toEqual(["preSignUp", "httpAuthorizer", "orders", "reports"]);
    expect(selected.functions["orders"]).toEqual({ handler: "d", events: [{ httpApi: "GET /health" }] });
    expect(selected.functions["reports"]).toEqual({ handler: "e", events: [{ schedule: "rate(1 day)" }] });
    expect(selected.provider).toEqual(provider);
  });

  it("without the HTTP API have no authorizer that the framework would look for", () => {
    const selected = select({ rest: true });
    expect(Object.keys(selected.functions)).toEqual(["preSignUp", "restAuthorizer", "orders", "reports"]);
    expect(selected.provider).toEqual({ name: "aws" });
  });

  it("of other stacks keep both authorizers here, and no function that nobody calls", () => {
    const selected = select({ shared: true });
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
    const selected = selectApis({ functions: both, provider }, { http: false, rest: true, shared: false });
    expect(Object.keys(selected.functions)).toContain("httpAuthorizer");
  });

  it("leave a function alone that authorizers of another service are named like", () => {
    const foreign = { orders: { events: [{ http: { authorizer: "elsewhere" } }] }, jobs: { handler: "j" } };
    const selected = selectApis(
      { functions: foreign, provider: {} },
      { http: true, rest: false, shared: false },
    );
    expect(Object.keys(selected.functions)).toEqual(["jobs"]);
  });
});
