import { permissionFor, permissionsFor } from "../../../../src/tools/adopt/permission-names.ts";

describe("the name of a permission", () => {
  test.each([
    ["GET /orders", "orders:list"],
    ["GET /orders/{orderId}", "orders:read"],
    ["POST /orders", "orders:create"],
    ["PUT /orders/{orderId}", "orders:update"],
    ["PATCH /orders/{orderId}", "orders:update"],
    ["DELETE /orders/{orderId}", "orders:delete"],
    ["GET /users/{userId}/orders", "users-orders:list"],
    ["ANY /files/{proxy+}", "files:any"],
    ["GET /", "api:list"],
    ["ANY /{proxy+}", "api:any"],
    ["GET /v1.0/~me:now", "v1.0-me-now:list"],
    ["GET /~", "api:list"],
    ["$connect", "connect:connect"],
    ["$default", "default:any"],
  ])("for %s is %s", (name, permission) => {
    expect(permissionFor(name)).toBe(permission);
  });
});

test("routes share a permission only if they answer the same callers", () => {
  const callers: Readonly<Record<string, string>> = {
    "GET /a/b": "users",
    "GET /a-b": "machines",
    "GET /a.b": "users",
  };
  expect([
    ...permissionsFor(
      ["GET /a/b", "GET /a-b", "PUT /a/{x}", "PATCH /a/{x}"],
      (route) => callers[route] ?? "",
    ),
  ]).toEqual([
    ["GET /a/b", "a-b:list"],
    ["GET /a-b", "a-b-2:list"],
    ["PUT /a/{x}", "a:update"],
    ["PATCH /a/{x}", "a:update"],
  ]);
});
