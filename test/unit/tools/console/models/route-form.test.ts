import {
  firstBody,
  firstValue,
  parametersOf,
  takesBody,
} from "../../../../../src/tools/console/models/route-form.ts";

test("a route has a field for each parameter, in order", () => {
  expect(parametersOf("GET /tenants/{tenantId}/files/{proxy+}")).toEqual(["tenantId", "proxy"]);
  expect(parametersOf("GET /orders")).toEqual([]);
});

test("a parameter about a user begins with the caller's own id, one about an attribute with the caller's value", () => {
  const attributes = { sub: "42", "custom:tenant_id": "acme" };
  expect(firstValue("userId", attributes)).toBe("42");
  expect(firstValue("tenantId", attributes)).toBe("acme");
  expect(firstValue("orderId", attributes)).toBe("1");
  expect(firstValue("userId", {})).toBe("1");
});

test("only methods with a body ask for one", () => {
  expect(["POST /a", "DELETE /a", "GET /a", "ANY /a"].map(takesBody)).toEqual([true, true, false, false]);
  expect(JSON.parse(firstBody("POST /orders"))).toEqual({ item: "Teapot", quantity: 1 });
  expect(firstBody("GET /orders")).toBe("");
});
