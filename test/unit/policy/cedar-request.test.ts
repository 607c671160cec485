import { type CedarRequestShape, cedarRequest } from "../../../src/policy/cedar-request.ts";
import { machineSubjects, userSubjects } from "../../../src/policy/subject.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const SHAPE: CedarRequestShape = {
  namespace: "N",
  policyVersion: "0",
  parameters: ["tenantId", "__proto__"],
  claims: ["tenant", "sub"],
  tenantGroups: ["group:{tenantId}.editors"],
  signInAge: true,
  apps: true,
  actions: ["*", "GET /orders", "orders:*", "orders:read"],
};
const USER = userSubjects({ sub: "u1", groups: ["staff", "acme.editors", "beta.editors"] });
const ORDERS = { subjects: USER, route: "GET /orders", parameters: {}, claims: {} };

describe("a request to Cedar", () => {
  it("has the groups of a user as parents", () => {
    const asked = cedarRequest(SHAPE, ORDERS);
    expect(asked?.principal).toEqual({ type: "N::User", id: "u1" });
    expect(asked?.action).toEqual({ type: "N::Action", id: "GET /orders" });
    expect(asked?.entities).toEqual([
      {
        uid: { type: "N::User", id: "u1" },
        attrs: {},
        parents: ["staff", "acme.editors", "beta.editors"].map((id) => ({ type: "N::Group", id })),
      },
    ]);
  });

  it("has the client and the scopes of a machine as parents, and no app", () => {
    const subjects = machineSubjects({ client: "batch", scopes: ["api/read"] });
    const asked = cedarRequest(SHAPE, { ...ORDERS, subjects, app: { client: "web", scopes: [] } });
    expect(asked?.principal).toEqual({ type: "N::Machine", id: "batch" });
    expect(asked?.entities[0]?.parents).toEqual([
      { type: "N::Client", id: "batch" },
      { type: "N::Scope", id: "api/read" },
    ]);
    expect(asked?.context).toEqual({});
  });

  it("has the values that conditions compare, and no others", () => {
    const asked = cedarRequest(SHAPE, {
      ...ORDERS,
      parameters: JSON.parse('{"tenantId":"acme","__proto__":"p","orderId":"1"}') as Record<string, string>,
      claims: { tenant: "acme", email: "a@example.com" },
      app: { client: "web", scopes: ["openid"] },
      authTime: 100,
      time: 160.2,
    });
    expect(Object.entries(asked?.context ?? {})).toEqual([
      ["{tenantId}", "acme"],
      ["{__proto__}", "p"],
      ["claim:tenant", "acme"],
      ["group:{tenantId}.editors", ["acme", "beta"]],
      ["tenant:tenantId", "acme"],
      ["signInAge", 61],
      ["client", "web"],
      ["scopes", ["openid"]],
    ]);
  });

  it.each([
    ["a claim that is a number", { claims: { tenant: 1 } }],
    ["a claim that is inherited", { claims: Object.create({ tenant: "acme" }) as Record<string, unknown> }],
    ["a parameter that is missing", { parameters: {} }],
    ["a value that is not Unicode", { parameters: { tenantId: "\uD800" } }],
    ["a sign-in far ahead", { authTime: 500, time: 100 }],
  ])("lacks %s", (_, more) => {
    const { context } = cedarRequest(SHAPE, { ...ORDERS, ...more }) ?? {};
    expect(context).toEqual({ "group:{tenantId}.editors": ["acme", "beta"] });
  });

  it("names no tenant that cannot be one", () => {
    const { context } = cedarRequest(SHAPE, { ...ORDERS, parameters: { tenantId: "a.b" } }) ?? {};
    expect(context).toEqual({ "{tenantId}": "a.b", "group:{tenantId}.editors": ["acme", "beta"] });
  });

  it.each([
    ["orders:read", "orders:read"],
    ["orders:list", "orders:*"],
    ["users:read", "*"],
  ])("asks for %s as %s", (permission, action) => {
    const { route: _, ...rest } = ORDERS;
    expect(cedarRequest(SHAPE, { ...rest, permission })?.action.id).toBe(action);
  });

  it.each(["GET /health", "orders:read", "*", undefined])("does not exist for the route %s", (route) => {
    expect(cedarRequest(SHAPE, { ...ORDERS, route })).toBeUndefined();
  });

  it.each([
    ["of no kind", ["group:staff"]],
    ["of both kinds", ["role:authenticated", "role:machine"]],
    ["of two users", ["role:authenticated", "user:a", "user:b"]],
  ] as const)("is refused for subjects %s", (_, subjects) => {
    expect(codeThrownBy(() => cedarRequest(SHAPE, { ...ORDERS, subjects }))).toBe("request_malformed");
  });
});
