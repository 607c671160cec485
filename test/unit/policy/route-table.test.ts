import { ClaimgateError } from "../../../src/errors.ts";
import type { MatchedRoute } from "../../../src/policy/route-table.ts";
import { createRouteTable, resolveRoute, routeForPath } from "../../../src/policy/route-table.ts";

const routes = createRouteTable([
  "GET /",
  "GET /orders",
  "GET /orders/{orderId}",
  "GET /orders/latest",
  "ANY /orders/{orderId}",
  "DELETE /files/{name}",
  "ANY /files/{proxy+}",
  "ANY /files/public/{proxy+}",
  "$default",
  "$connect",
]);

function resolve(matched: Partial<MatchedRoute> & Pick<MatchedRoute, "template" | "path">) {
  return resolveRoute({ routes }, { method: "GET", encoding: "encoded", parameters: {}, ...matched });
}

function refusal(matched: Partial<MatchedRoute> & Pick<MatchedRoute, "template" | "path">): string {
  try {
    resolve(matched);
  } catch (error) {
    if (error instanceof ClaimgateError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "resolved";
}

describe("a request on a plain template", () => {
  it("is decided on that route, with its parameters decoded once", () => {
    const matched = {
      template: "/orders/{orderId}",
      path: "/orders/a%20b",
      parameters: { orderId: "a%20b" },
    };
    expect(resolve(matched)).toEqual({ route: "GET /orders/{orderId}", parameters: { orderId: "a b" } });
  });

  it("is decided on the ANY route where its own method is not declared", () => {
    const matched = {
      method: "PUT",
      template: "/orders/{orderId}",
      path: "/orders/1",
      parameters: { orderId: "1" },
    };
    expect(resolve(matched).route).toBe("ANY /orders/{orderId}");
  });

  it("is decided on that route although another one is literal where it has a parameter", () => {
    const matched = {
      template: "/orders/{orderId}",
      path: "/orders/latest",
      parameters: { orderId: "latest" },
    };
    expect(resolve(matched).route).toBe("GET /orders/{orderId}");
  });

  it("has no route where the policy declares none", () => {
    expect(resolve({ template: "/nothing", path: "/nothing" }).route).toBeUndefined();
    expect(resolve({ method: "POST", template: "/orders", path: "/orders" }).route).toBeUndefined();
  });

  it("may come under a custom domain's base path", () => {
    const matched = { template: "/orders/{orderId}", path: "/v1/orders/7", parameters: { orderId: "7" } };
    expect(resolve(matched)).toEqual({ route: "GET /orders/{orderId}", parameters: { orderId: "7" } });
  });

  it("may be the root", () => {
    expect(resolve({ template: "/", path: "/" }).route).toBe("GET /");
  });

  it("gives parameters that inherit nothing", () => {
    const { parameters } = resolve({ template: "/orders", path: "/orders" });
    expect(Object.getPrototypeOf(parameters)).toBeNull();
  });
});

describe("a request on a greedy template or on $default", () => {
  const greedy = (path: string, method = "GET") =>
    resolve({ method, template: "/{proxy+}", path, parameters: { proxy: path.slice(1) } });

  it.each([
    ["/orders/latest", "GET", "GET /orders/latest"],
    ["/orders/17", "GET", "GET /orders/{orderId}"],
    ["/orders/17", "PUT", "ANY /orders/{orderId}"],
    ["/files/a", "GET", "ANY /files/{proxy+}"],
    ["/files/a", "DELETE", "DELETE /files/{name}"],
    ["/files/public/a/b", "GET", "ANY /files/public/{proxy+}"],
  ])("%s %s is decided on the declared route that API Gateway would choose", (path, method, route) => {
    expect(greedy(path, method).route).toBe(route);
    expect(resolve({ method, template: "$default", path }).route).toBe(route);
  });

  it("falls back to `$default` only where that is what the gateway matched", () => {
    expect(resolve({ template: "$default", path: "/elsewhere" }).route).toBe("$default");
    expect(greedy("/elsewhere").route).toBeUndefined();
  });

  it("never leaves the template that the gateway matched for a route of another API that fits the path", () => {
    const two = createRouteTable(["ANY /files/{proxy+}", "GET /{tenant}/{item}", "GET /files/readme"]);
    const files = (path: string, proxy: string) =>
      resolveRoute(
        { routes: two },
        { method: "GET", template: "/files/{proxy+}", path, encoding: "encoded", parameters: { proxy } },
      ).route;
    expect(files("/files/x", "x")).toBe("ANY /files/{proxy+}");
    expect(files("/files/readme", "readme")).toBe("GET /files/readme");
  });

  it("gives the greedy rest as one parameter", () => {
    expect(greedy("/files/a/b%20c").parameters).toEqual({ proxy: "a/b c" });
  });
});

describe("a path that two readers could read differently is refused", () => {
  it.each([
    ["/orders/..", "the path has a dot segment"],
    ["/orders/%2e%2E", "the path has a dot segment"],
    ["/orders/.", "the path has a dot segment"],
    ["//orders", "the path has an empty segment"],
    ["/orders/", "the path has an empty segment"],
    ["/orders/a%2Fb", "a path segment contains a slash or a backslash"],
    ["/orders/a%5Cb", "a path segment contains a slash or a backslash"],
    ["/orders/*", "the path contains one of `* ? $ #`"],
    ["/orders/%3F", "the path contains one of `* ? $ #`"],
    ["/orders/a%23b", "the path contains one of `* ? $ #`"],
    ["/orders/$x", "the path contains one of `* ? $ #`"],
    ["/orders/a%0Ab", "the path contains a control or invisible character"],
    ["/orders/a%E2%80%8Bb", "the path contains a control or invisible character"],
    ["/orders/%252e", "the path is escaped twice"],
    ["/orders/%zz", "the path contains an invalid percent escape"],
    ["/orders/%ff", "the path contains an invalid percent escape"],
    ["orders/1", "the path does not begin with a slash"],
  ])("%s", (path, message) => {
    expect(refusal({ template: "$default", path })).toBe(`request_not_canonical: ${message}`);
  });

  it("in the decoded form, an escape that is still there", () => {
    expect(refusal({ template: "$default", path: "/orders/%2e", encoding: "decoded" })).toBe(
      "request_not_canonical: the path is escaped twice",
    );
    expect(resolve({ template: "$default", path: "/orders/100%", encoding: "decoded" }).parameters).toEqual({
      orderId: "100%",
    });
  });

  it("that does not fit the template it is said to have matched", () => {
    const template = "/orders/{orderId}";
    const message = "request_not_canonical: the event's path and its route template do not agree";
    expect(refusal({ template, path: "/users/1", parameters: { orderId: "1" } })).toBe(message);
    expect(refusal({ template, path: "/1", parameters: { orderId: "1" } })).toBe(message);
  });

  it("whose parameters are not those that the backend will read", () => {
    const message = "request_not_canonical: the event's path and its path parameters do not agree";
    const template = "/orders/{orderId}";
    expect(refusal({ template, path: "/orders/1", parameters: { orderId: "2" } })).toBe(message);
    expect(refusal({ template, path: "/orders/1", parameters: {} })).toBe(message);
  });
});

describe("a path that a caller sends, without the template that matched", () => {
  const table = createRouteTable([
    "GET /a/{id}",
    "GET /a/{id}/b/{rest+}",
    "GET /a/{id}/b/c/{rest+}",
    "GET /x/{rest+}",
    "GET /x/{one}/y",
    "ANY /a/fixed",
  ]);
  const routeOf = (path: string, method = "GET") => routeForPath(table, method, path.slice(1).split("/"));

  it.each([
    ["/a/7", "GET /a/{id}"],
    ["/a/fixed", "ANY /a/fixed"],
    ["/a/7/b/z", "GET /a/{id}/b/{rest+}"],
    ["/a/7/b/z/z", "GET /a/{id}/b/{rest+}"],
    ["/a/7/b/c/z", "GET /a/{id}/b/c/{rest+}"],
    ["/a/7/b/c", "GET /a/{id}/b/{rest+}"],
    ["/a/7/b", undefined],
    ["/x", undefined],
    ["/x/1", "GET /x/{rest+}"],
    ["/x/1/y", "GET /x/{one}/y"],
    ["/x/1/z", "GET /x/{rest+}"],
    ["/none", undefined],
  ])("%s is %s", (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});

describe("an event that names no path template", () => {
  it("of a field or a WebSocket route is decided on the route of that name, with no parameters", () => {
    const special = createRouteTable(["Query.orders", "$connect", "$default"]);
    const routeFor = (template: string) =>
      resolveRoute(
        { routes: special },
        { method: "POST", template, path: "/x", encoding: "encoded", parameters: { id: "1" } },
      );
    expect(routeFor("Query.orders")).toEqual({ route: "Query.orders", parameters: {} });
    expect(routeFor("$connect").route).toBe("$connect");
    expect(routeFor("Query.users")).toEqual({ route: undefined, parameters: {} });
    expect(Object.getPrototypeOf(routeFor("Query.users").parameters)).toBeNull();
  });

  it("of a REST API is decided on a path route, and never on `$default`", () => {
    expect(resolve({ template: undefined, path: "/orders/7" })).toEqual({
      route: "GET /orders/{orderId}",
      parameters: { orderId: "7" },
    });
    expect(resolve({ template: undefined, path: "/nothing" })).toEqual({ route: undefined, parameters: {} });
  });

  it("is refused on `$default` where a base path may come first and a path route could be meant", () => {
    const unplaced = "the domain `x` is not listed";
    expect(refusal({ template: "$default", path: "/orders", unplaced })).toBe(
      "request_domain_unlisted: the called route cannot be determined: the domain `x` is not listed",
    );
    expect(refusal({ template: "/orders", path: "/orders", unplaced })).toBe("resolved");
    const only = createRouteTable(["DELETE /orders", "$default"]);
    const asked = {
      template: "$default",
      path: "/v1/orders",
      encoding: "encoded",
      parameters: {},
      unplaced,
    } as const;
    expect(resolveRoute({ routes: only }, { method: "GET", ...asked })).toEqual({
      route: "$default",
      parameters: {},
    });
    expect(() => resolveRoute({ routes: only }, { method: "DELETE", ...asked })).toThrow(unplaced);
  });

  it("has no route without `$default`", () => {
    const none = { routes: createRouteTable(["GET /a"]) };
    const asked = {
      method: "GET",
      template: "$default",
      path: "/b",
      encoding: "encoded",
      parameters: {},
    } as const;
    expect(resolveRoute(none, asked)).toEqual({ route: undefined, parameters: {} });
  });
});

describe("a template and its path", () => {
  it("is refused if the template is not valid", () => {
    expect(refusal({ template: "/orders/*", path: "/orders/1" })).toBe(
      "request_not_canonical: the event's route template is not valid",
    );
  });

  it.each([
    ["/v1/stage/a/x/b/c", { id: "x", rest: "b/c" }, { id: "x", rest: "b/c" }],
    ["/a/x/b", { id: "x", rest: "b" }, { id: "x", rest: "b" }],
    ["/a/%20/b%20c/d", { id: "%20", rest: "b%20c/d" }, { id: " ", rest: "b c/d" }],
  ])("agree on %s: the rest is as long as its parameter", (path, parameters, decided) => {
    const routes = createRouteTable(["GET /a/{id}/{rest+}"]);
    const matched = { method: "GET", template: "/a/{id}/{rest+}", encoding: "encoded" } as const;
    expect(resolveRoute({ routes }, { ...matched, path, parameters })).toEqual({
      route: "GET /a/{id}/{rest+}",
      parameters: decided,
    });
  });

  it.each([
    ["/a/x/b/c", { id: "x", rest: "c" }],
    ["/a/x/b/c", { id: "x" }],
    ["/a/x/b/c", { id: "x", rest: "c/b" }],
    ["/a/x/b", { id: "x", rest: "x/b/c" }],
    ["/a/x", { id: "x", rest: "" }],
    ["/a/x/b", { id: "x/y", rest: "b" }],
    ["/b/x/b", { id: "x", rest: "b" }],
  ])("do not agree on %s with %j", (path, parameters: Record<string, string>) => {
    expect(refusal({ template: "/a/{id}/{rest+}", path, parameters })).toMatch(
      /^request_not_canonical: the event's path and its (?:route template|path parameters) do not agree$/,
    );
  });

  it("take no parameter that the event inherits", () => {
    const parameters = Object.create({ orderId: "1" }) as Record<string, string>;
    expect(refusal({ template: "/orders/{orderId}", path: "/orders/1", parameters })).toContain(
      "do not agree",
    );
  });

  it("of the root fits under a base path too", () => {
    expect(resolve({ template: "/", path: "/v1" })).toEqual({ route: "GET /", parameters: {} });
  });

  it("decide a HEAD as GET, and by the route of its own if there is one", () => {
    expect(resolve({ method: "HEAD", template: "/orders", path: "/orders" }).route).toBe("GET /orders");
    expect(
      resolve({ method: "HEAD", template: "/{proxy+}", path: "/orders", parameters: { proxy: "orders" } })
        .route,
    ).toBe("GET /orders");
  });
});

describe("a route that refines the greedy template", () => {
  const table = createRouteTable(["GET /{a}/x", "GET /files/{b}", "ANY /{rest+}", "GET /files/{b}/{more+}"]);
  const refined = (path: string, template: string, parameters: Record<string, string>) =>
    resolveRoute({ routes: table }, { method: "GET", template, path, encoding: "encoded", parameters }).route;

  it.each([
    ["/files/{proxy+}", "/files/x", { proxy: "x" }, "GET /files/{b}"],
    ["/files/{proxy+}", "/files/y", { proxy: "y" }, "GET /files/{b}"],
    ["/files/{proxy+}", "/files/y/z", { proxy: "y/z" }, "GET /files/{b}/{more+}"],
    ["/other/{proxy+}", "/other/x", { proxy: "x" }, undefined],
    ["/{one}/{proxy+}", "/other/x", { one: "other", proxy: "x" }, "GET /{a}/x"],
    ["/{one}/{proxy+}", "/files/x", { one: "files", proxy: "x" }, "GET /files/{b}"],
    ["/{one}/{proxy+}", "/other/y", { one: "other", proxy: "y" }, undefined],
    ["/{proxy+}", "/other/y", { proxy: "other/y" }, "ANY /{rest+}"],
  ])("%s with %s %j is %s", (template, path, parameters: Record<string, string>, route) => {
    expect(refined(path, template, parameters)).toBe(route);
  });
});
