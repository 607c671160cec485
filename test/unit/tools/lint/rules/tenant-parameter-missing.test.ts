import { tenantParameterMissing } from "../../../../../src/tools/lint/rules/tenant-parameter-missing.ts";
import { found } from "../linting.ts";

const ROWS = [
  "g, group:{tenantId}.editors, role:editor",
  "g, role:editor, role:viewer",
  "g2, GET /tenants/{tenantId}/projects, projects:read",
  "g2, GET /projects, projects:read",
  "g2, GET /tenants/{tenantId}, tenants:read",
];

describe("tenant-parameter-missing", () => {
  it("finds a permission of a tenant's role with a route that names no tenant", () => {
    expect(found(tenantParameterMissing, [...ROWS, "p, role:viewer, projects:read, allow"])).toEqual([
      "6:17: `role:viewer` is held only in a tenant, and the route `GET /projects` of `projects:read` has no `{tenantId}`, so the row never allows there; put the tenant into the path, or give the route its own permission",
    ]);
  });

  it("accepts a wildcard that covers a route with a tenant, and finds one that covers none", () => {
    expect(found(tenantParameterMissing, [...ROWS, "p, role:viewer, projects:*, allow"])).toEqual([]);
    expect(
      found(tenantParameterMissing, [...ROWS, "g2, GET /me, me:read", "p, role:viewer, me:*, allow"]),
    ).toHaveLength(1);
  });

  it("accepts roles that are also held without a tenant, deny rows, and routes with a tenant", () => {
    expect(
      found(tenantParameterMissing, [
        ...ROWS,
        "g, group:staff, role:viewer",
        "p, role:viewer, projects:read, allow",
        "p, role:editor, projects:read, deny",
        "p, role:editor, tenants:read, allow",
      ]),
    ).toEqual([]);
  });
});
