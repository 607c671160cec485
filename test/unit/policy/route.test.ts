import {
  decidingMethods,
  isFieldRoute,
  isSpecialRoute,
  likelyRoute,
  parsePathRoute,
  parseTemplate,
} from "../../../src/policy/route.ts";

const literal = (text: string) => ({ kind: "literal", text });

describe("a route", () => {
  it.each([
    ["GET /", "GET", []],
    ["ANY /orders", "ANY", [literal("orders")]],
    [
      "DELETE /a.b_c~d:e-1/{order-Id._1}/{rest+}",
      "DELETE",
      [literal("a.b_c~d:e-1"), { kind: "parameter", name: "order-Id._1" }, { kind: "greedy", name: "rest" }],
    ],
    ["HEAD /...", "HEAD", [literal("...")]],
    [
      "PUT /{a}/{A}",
      "PUT",
      [
        { kind: "parameter", name: "a" },
        { kind: "parameter", name: "A" },
      ],
    ],
  ])("%s is its method and segments", (text, method, segments) => {
    expect(parsePathRoute(text)).toEqual({ route: { method, segments } });
  });

  it.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"])(
    "may have the method %s",
    (method) => {
      expect(parsePathRoute(`${method} /`)).toEqual({ route: { method, segments: [] } });
    },
  );

  const SHAPE = "spell the route as API Gateway does, e.g. `GET /orders/{orderId}`";
  const METHODS =
    "use one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY, with one row for each method";
  const LETTERS = "use letters, digits and `. _ ~ : -`, or `{name}` for a parameter";
  const SLASH = "remove the double or trailing slash";
  const WILDCARD = "write `{name}` for one segment or `{name+}` for all that follow";
  const NAMED = "write the parameter as `{name}`";

  it.each([
    ["", 0, "`` is not a route", SHAPE],
    ["GET orders", 0, "`GET orders` is not a route", SHAPE],
    ["GET  /orders", 0, "`GET  /orders` is not a route", SHAPE],
    ["GET /orders x", 0, "`GET /orders x` is not a route", SHAPE],
    ["x GET /orders", 0, "`x GET /orders` is not a route", SHAPE],
    ["/orders/a b", 0, "`/orders/a b` is not a route", "put the method before it, as in `GET /orders/a b`"],
    ["get /orders", 0, "`get` is not a method of a route", METHODS],
    ["GET //orders", 5, "the path has an empty segment", SLASH],
    ["POST /orders/", 13, "the path has an empty segment", SLASH],
    ["GET /a/:id", 7, "`:id` is not the syntax of a parameter", NAMED],
    ["GET /:", 5, "`:` is not a path segment", LETTERS],
    ["GET /:a*", 5, "`:a*` contains a wildcard, which a route cannot have", WILDCARD],
    ["GET /a:b*", 5, "`a:b*` contains a wildcard, which a route cannot have", WILDCARD],
    ["GET /a/..", 7, "`..` is not a path segment", LETTERS],
    ["GET /.", 5, "`.` is not a path segment", LETTERS],
    ["GET /a%20b", 5, "`a%20b` is not a path segment", LETTERS],
    ["GET /a/{}", 7, "`{}` is not a path segment", LETTERS],
    ["GET /{:a", 5, "`{:a` is not a path segment", LETTERS],
    ["GET /x{a}", 5, "`x{a}` is not a path segment", LETTERS],
    ["GET /{a}x", 5, "`{a}x` is not a path segment", LETTERS],
    ["GET /{a++}", 5, "`{a++}` is not a path segment", LETTERS],
    [
      "GET /a/{b+}/c",
      7,
      "the greedy parameter `{b+}` is not the last segment",
      "use `{b}`, or end the route here",
    ],
    [
      "GET /{b}/{b+}",
      9,
      "the parameter `{b}` appears twice in the route",
      "give each parameter its own name",
    ],
    [`GET /${"a".repeat(1_020)}`, 0, "the route is longer than 1024 characters", "shorten it"],
  ])("%.30j is not a route: the problem has its place and its fix", (text, offset, message, fix) => {
    expect(parsePathRoute(text)).toEqual({ problem: { offset, message, fix } });
  });

  it("may have 1,024 characters", () => {
    expect(parsePathRoute(`GET /${"a".repeat(1_019)}`)).toHaveProperty("route");
  });
});

it.each([
  ["get /orders", "GET /orders"],
  ["Delete /orders/:id/items/:item-Id._1", "DELETE /orders/{id}/items/{item-Id._1}"],
  ["GET /a:b/:c", "GET /a:b/{c}"],
  ["fetch /orders", undefined],
  ["GET /orders/*", undefined],
  ["GET orders", undefined],
  ["GET /a b", undefined],
  ["x get /a", undefined],
  ["2get /a", undefined],
  ["", undefined],
])("%s probably means %s", (text, meant) => {
  expect(likelyRoute(text)).toBe(meant);
});

describe("a template", () => {
  it("is its segments, and the root has none", () => {
    expect(parseTemplate("/")).toEqual([]);
    expect(parseTemplate("/a/{b}/{c+}")).toEqual([
      literal("a"),
      { kind: "parameter", name: "b" },
      { kind: "greedy", name: "c" },
    ]);
  });

  it.each(["", "a", "ab", "a/b", "/a/", "//a", "/*", "/{a", "/.", "/.."])("is not `%s`", (template) => {
    expect(parseTemplate(template)).toBeUndefined();
  });
});

describe("a route without a path", () => {
  it.each([
    ["$default", false],
    ["$connect", false],
    ["$disconnect", false],
    ["Query.orders", true],
    ["Mutation._a1", true],
    ["Subscription.B", true],
    ["Tool.refundOrder", false],
    ["Tool.admin.orders-v2_list", false],
    [`Tool.${"a".repeat(128)}`, false],
  ])("may be %s", (text, isField) => {
    expect(isSpecialRoute(text)).toBe(true);
    expect(isFieldRoute(text)).toBe(isField);
  });

  it.each([
    "",
    "default",
    "$other",
    "$default2",
    "x$default",
    "Query",
    "Query.",
    "Query.1",
    "Query.a-b",
    "xQuery.a",
    "Type.a",
    "Tool",
    "Tool.",
    "tool.refundOrder",
    "Tool.refund order",
    "Tool.refund/order",
    "Tool.r\u00e9fund",
    `Tool.${"a".repeat(129)}`,
    "GET /",
  ])("is never `%s`", (text) => {
    expect(isSpecialRoute(text)).toBe(false);
    expect(isFieldRoute(text)).toBe(false);
  });
});

it.each([
  ["GET", ["GET", "ANY"]],
  ["HEAD", ["HEAD", "GET", "ANY"]],
  ["BREW", ["BREW", "ANY"]],
])("a %s request is decided by rows of %j, the first that is declared", (method, methods) => {
  expect(decidingMethods(method)).toEqual(methods);
});
