import { parseRows } from "../../../../src/policy/parse.ts";
import { inexpressibleRoutes } from "../../../../src/tools/lint/whole-api.ts";

const found = (...rows: readonly string[]) =>
  inexpressibleRoutes(parseRows("policies/test.csv", rows.join("\n")).rows).map(({ row, why }) => ({
    route: row.route,
    why,
  }));

describe("one answer for a whole API", () => {
  it("can tell routes apart whose patterns match nothing of each other", () => {
    expect(
      found(
        "g2, GET /orders, orders:list",
        "g2, GET /orders/{orderId}, orders:read",
        "g2, POST /orders/{orderId}, orders:write",
        "g2, GET /reports, reports:read",
      ),
    ).toEqual([]);
  });

  it("need not tell routes apart that the same permissions open", () => {
    expect(
      found("g2, GET /orders/{orderId}, orders:read", "g2, GET /orders/{orderId}/items, orders:read"),
    ).toEqual([]);
  });

  it("cannot tell a path below a parameter from the parameter", () => {
    expect(
      found("g2, GET /orders/{orderId}, orders:read", "g2, GET /orders/{orderId}/notes, notes:read"),
    ).toEqual([
      {
        route: "GET /orders/{orderId}",
        why: "the pattern `GET/orders/*` also matches requests of `GET /orders/{orderId}/notes`",
      },
      {
        route: "GET /orders/{orderId}/notes",
        why: "the pattern `GET/orders/*/notes` also matches requests of `GET /orders/{orderId}`",
      },
    ]);
  });

  it("cannot tell one method from `ANY` below a greedy path, but can tell all others", () => {
    expect(
      found("g2, ANY /files/{proxy+}, files:read", "g2, GET /files/{name}, files:list").map(({ why }) => why),
    ).toEqual([
      "the pattern `GET/files/*` also matches requests of `GET /files/{name}`",
      "the pattern `GET/files/*` also matches requests of `ANY /files/{proxy+}`",
    ]);
  });

  it("cannot compare a path with a claim", () => {
    expect(
      found(
        "p, role:owner, accounts:read, allow, {userId}=sub",
        "g2, GET /users/{userId}, accounts:read",
        "g2, GET /reports, reports:read",
      ),
    ).toEqual([
      {
        route: "GET /users/{userId}",
        why: "its decision depends on the path, by the condition at policies/test.csv:1",
      },
    ]);
  });

  it("leaves out routes that nobody is asked about: public ones, and those of other kinds of API", () => {
    expect(
      found(
        "g2, GET /orders/{orderId}, orders:read",
        "g2, GET /orders/{orderId}/picture, public",
        "g2, $default, orders:other",
        "g2, Query.orders, orders:list",
      ),
    ).toEqual([]);
  });
});
