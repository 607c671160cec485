import { conditionParameter } from "../../../../../src/tools/lint/rules/condition-parameter.ts";
import { found } from "../linting.ts";

describe("condition-parameter", () => {
  it("names the route that lacks the parameter, and the one that was probably meant", () => {
    expect(
      found(conditionParameter, [
        "g2, GET /users/{userId}/orders, orders:list",
        "p, role:a, orders:list, allow, {userID}=sub",
      ]),
    ).toEqual([
      "2:32: the route `GET /users/{userId}/orders` of `orders:list` has no parameter `{userID}`, so the row never allows there; did you mean `{userId}`?",
    ]);
  });

  it("points at the comparison, says what a deny does, and looks at every route of a wildcard", () => {
    expect(
      found(conditionParameter, [
        "g2, GET /users/{userId}, users:read",
        "g2, GET /users, users:list",
        "p, role:a, users:*, deny, {userId}!=sub",
        "g2, GET /t/{t}/u/{u}, tenants:read",
        "p, role:a, tenants:read, allow, {t}=tenant_id&{user}=sub",
      ]),
    ).toEqual([
      "3:27: the route `GET /users` of `users:*` has no parameter `{userId}`, so the row denies everyone there; use a parameter that all its routes have, or give the route its own permission",
      "5:47: the route `GET /t/{t}/u/{u}` of `tenants:read` has no parameter `{user}`, so the row never allows there; use a parameter that all its routes have, or give the route its own permission",
    ]);
  });

  it("knows that special routes have no parameters", () => {
    expect(
      found(conditionParameter, ["g2, Query.orders, orders:list", "p, role:a, orders:list, allow, {id}=sub"]),
    ).toHaveLength(1);
  });

  it("does not know the arguments of a tool", () => {
    expect(
      found(conditionParameter, [
        "g2, Tool.refundOrder, orders:refund",
        "p, role:a, orders:refund, allow, {orderOwner}=sub",
      ]),
    ).toEqual([]);
  });

  it("accepts parameters that all routes have, greedy ones too, and does not ask public routes", () => {
    expect(
      found(conditionParameter, [
        "g2, GET /files/{user}/{path+}, files:read",
        "g2, PUT /files/{user}/{path+}, files:write",
        "g2, GET /health, public",
        "p, role:a, files:*, allow, {user}=sub&{path}!=username",
        "p, role:a, *, deny, {user}!=sub",
      ]),
    ).toEqual([]);
  });
});
