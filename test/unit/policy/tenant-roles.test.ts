import { decide, decidePermission } from "../../../src/policy/decide.ts";
import { explain } from "../../../src/policy/explain.ts";
import { unconditionalPermissions } from "../../../src/policy/granted.ts";
import { subjectsHeld } from "../../../src/policy/roles.ts";
import { AUTHENTICATED, type Subject } from "../../../src/policy/subject.ts";
import { policyFrom } from "../../support/policy.ts";

const policy = policyFrom(`
g, group:{tenantId}.editors, role:editor
g, role:editor, role:viewer
g, group:{tenantId}.suspended, role:suspended
p, role:viewer, projects:read, allow
p, role:editor, projects:change, allow
p, role:suspended, *, deny
p, role:authenticated, me:read, allow
g2, GET /tenants/{tenantId}/projects, projects:read
g2, PUT /tenants/{tenantId}/projects/{projectId}, projects:change
g2, GET /projects, projects:read
g2, GET /me, me:read
`);

const PROJECTS = "GET /tenants/{tenantId}/projects";

const ask = (groups: readonly string[], route: string, parameters: Readonly<Record<string, string>> = {}) => {
  const subjects: Subject[] = [AUTHENTICATED, ...groups.map((group): Subject => `group:${group}`)];
  return explain(policy, { subjects, route, parameters, claims: {} });
};

describe("a role in a tenant", () => {
  it("is held in the tenant that the path names, with the roles that follow", () => {
    const { decision, determining } = ask(["acme.editors"], PROJECTS, { tenantId: "acme" });
    expect(decision).toMatchObject({
      effect: "allow",
      subjects: ["group:acme.editors", "role:authenticated", "role:editor", "role:viewer"],
      tenants: [{ parameter: "tenantId", tenant: "acme" }],
    });
    expect(determining[0]?.path).toEqual(["group:acme.editors", "role:editor", "role:viewer"]);
  });

  it("is not held in another tenant, and the explanation names both", () => {
    const { effect, missing } = ask(["initech.editors", "acme.editors"], PROJECTS, { tenantId: "globex" });
    expect(effect).toBe("deny");
    expect(missing.map(({ because }) => because)).toEqual([
      {
        kind: "other_tenant",
        subject: "role:viewer",
        group: "group:{tenantId}.editors",
        parameter: "tenantId",
        asked: "globex",
        own: ["acme", "initech"],
      },
    ]);
  });

  it.each([
    ["acme", "ACME"],
    ["acme", "acm"],
    ["acme", "acme-2"],
    ["acme-2", "acme"],
  ])("of the tenant %s is not one of the tenant %s", (own, asked) => {
    expect(ask([`${own}.editors`], PROJECTS, { tenantId: asked }).effect).toBe("deny");
  });

  it.each([
    ["braces", "{tenantId}.editors", "{tenantId}"],
    ["a dot in the tenant", "acme.x.editors", "acme.x"],
    ["a slash in the tenant", "main/acme.editors", "main/acme"],
    ["no tenant", ".editors", ""],
  ])("is held by nobody whose group has %s", (_, group, tenantId) => {
    expect(ask([group], PROJECTS, { tenantId }).decision.subjects).not.toContain("role:editor");
    expect(ask([group], "GET /projects").effect).toBe("deny");
  });

  it("allows nothing where the route names no tenant", () => {
    const { effect, missing } = ask(["acme.editors"], "GET /projects");
    expect(effect).toBe("deny");
    expect(missing[0]?.because).toMatchObject({ kind: "other_tenant", asked: undefined, own: ["acme"] });
  });

  it("denies where the route names no tenant, and only members of such a group", () => {
    const { decision, determining } = ask(["acme.suspended"], "GET /me");
    expect(decision.reason).toBe("denied_by_row");
    expect(determining[0]?.path).toEqual(["group:acme.suspended", "role:suspended"]);
    expect(ask([], "GET /me").effect).toBe("allow");
    expect(ask(["acme.editors"], "GET /me").effect).toBe("allow");
  });

  it("denies in its tenant only", () => {
    const groups = ["acme.editors", "globex.editors", "acme.suspended"];
    expect(ask(groups, PROJECTS, { tenantId: "acme" }).decision.reason).toBe("denied_by_row");
    expect(ask(groups, PROJECTS, { tenantId: "globex" }).effect).toBe("allow");
  });

  it.each(["a.b", "acme ", "", "é", "acme/x", "%61cme"])(
    "is unknown where the parameter is %p, which cannot name a tenant",
    (tenantId) => {
      expect(ask(["acme.editors"], PROJECTS, { tenantId }).effect).toBe("deny");
      expect(ask(["acme.suspended"], PROJECTS, { tenantId }).decision.reason).toBe("denied_by_row");
    },
  );

  it("is that of the parameters which a backend passes when it checks again", () => {
    const check = (parameters: Readonly<Record<string, string>>) =>
      decidePermission(policy, {
        subjects: [AUTHENTICATED, "group:acme.editors"],
        permission: "projects:change",
        parameters,
        claims: {},
      }).effect;
    expect(check({ tenantId: "acme" })).toBe("allow");
    expect(check({ tenantId: "globex" })).toBe("deny");
    expect(check({})).toBe("deny");
  });

  it("never reads an inherited property as the parameter", () => {
    const odd = policyFrom(`
g, group:{constructor}.x, role:x
p, role:x, a:b, allow
g2, GET /a, a:b
`);
    const request = { route: "GET /a", parameters: {}, claims: {} };
    const subjects: Subject[] = ["group:Object.x", AUTHENTICATED];
    expect(decide(odd, { ...request, subjects }).effect).toBe("deny");
  });

  it("compares after the pool alias", () => {
    const pools = policyFrom(`
g, group:main/{tenantId}.editors, role:editor
p, role:editor, projects:read, allow
g2, GET /tenants/{tenantId}/projects, projects:read
`);
    const of = (group: Subject, tenantId: string) =>
      decide(pools, {
        subjects: [AUTHENTICATED, group],
        route: PROJECTS,
        parameters: { tenantId },
        claims: {},
      }).effect;
    expect(of("group:main/acme.editors", "acme")).toBe("allow");
    expect(of("group:legacy/acme.editors", "acme")).toBe("deny");
    expect(of("group:acme.editors", "acme")).toBe("deny");
    expect(of("group:main/acme.editors", "main/acme")).toBe("deny");
  });

  it("is in neither the roles of a token nor its scopes, though its deny rows take scopes away", () => {
    expect(subjectsHeld(policy, [AUTHENTICATED, "group:acme.editors"])).not.toContain("role:editor");
    expect(unconditionalPermissions(policy, [AUTHENTICATED, "group:acme.editors"])).toEqual(["me:read"]);
    expect(unconditionalPermissions(policy, [AUTHENTICATED, "group:acme.suspended"])).toEqual([]);
  });
});
