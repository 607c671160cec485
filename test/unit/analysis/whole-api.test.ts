import { inexpressibleRoutes } from "../../../src/analysis/whole-api.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = `
p, role:viewer, orders:read, allow
p, role:owner, accounts:read, allow, {userId}=sub
p, role:viewer, orders:*, allow
g2, GET /orders, orders:read
g2, GET /orders/{orderId}, orders:read
g2, GET /orders/{orderId}/items, orders:read
g2, GET /orders/{orderId}/notes, notes:read
g2, POST /orders/{orderId}, orders:write
g2, GET /users/{userId}, accounts:read
g2, ANY /files/{proxy+}, files:read
g2, GET /files/{name}, files:list
g2, GET /reports, reports:read
`;

const found = (...routes: string[]) => inexpressibleRoutes(policyFrom(POLICY), routes);

describe("one answer for a whole API", () => {
  it("can tell routes apart whose patterns match nothing of each other", () => {
    expect(found("GET /orders", "GET /orders/{orderId}", "POST /orders/{orderId}", "GET /reports")).toEqual(
      [],
    );
  });

  it("need not tell routes apart that the same permissions open", () => {
    expect(found("GET /orders/{orderId}", "GET /orders/{orderId}/items")).toEqual([]);
  });

  it("cannot tell a path below a parameter from the parameter", () => {
    expect(found("GET /orders/{orderId}", "GET /orders/{orderId}/notes")).toEqual([
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
    expect(found("ANY /files/{proxy+}", "GET /files/{name}").map(({ why }) => why)).toEqual([
      "the pattern `GET/files/*` also matches requests of `GET /files/{name}`",
      "the pattern `GET/files/*` also matches requests of `ANY /files/{proxy+}`",
    ]);
  });

  it("cannot compare a path with a claim", () => {
    expect(found("GET /users/{userId}", "GET /reports")).toEqual([
      {
        route: "GET /users/{userId}",
        why: "its decision depends on the path, by the condition at policies/test.csv:3",
      },
    ]);
  });

  it("counts routes that the policy does not know as denied to everybody", () => {
    expect(found("GET /unknown/{a}", "GET /unknown/{a}/b")).toEqual([]);
    expect(found("GET /orders/{orderId}", "GET /orders/{orderId}/gone").map(({ route }) => route)).toEqual([
      "GET /orders/{orderId}",
      "GET /orders/{orderId}/gone",
    ]);
  });
});
