import { parseRows } from "../../../../src/policy/parse.ts";
import { AUTHENTICATED, type Subject } from "../../../../src/policy/subject.ts";
import { describeAccess, standingOn } from "../../../../src/tools/access/access.ts";
import { accessHolders } from "../../../../src/tools/access/access-holders.ts";
import { holdingsOf } from "../../../../src/tools/access/holdings.ts";
import { diffPolicies } from "../../../../src/tools/access/policy-diff.ts";
import { unknownSubjects } from "../../../../src/tools/access/question.ts";
import { inexpressibleRoutes } from "../../../../src/tools/lint/whole-api.ts";
import { policyFrom } from "../../../support/policy.ts";

const ROWS = `
g, group:{tenantId}.editors, role:editor
g, group:{tenantId}.suspended, role:suspended
p, role:editor, projects:change, allow
p, role:suspended, *, deny
p, role:authenticated, me:read, allow
g2, PUT /tenants/{tenantId}/project, projects:change
g2, PUT /project, projects:change
g2, GET /me, me:read
`;

const PROJECT = "PUT /tenants/{tenantId}/project";

const accessOf = (subject: Subject, route: string) => {
  const policy = policyFrom(ROWS);
  return describeAccess(standingOn(policy, { route }, holdingsOf(policy, [AUTHENTICATED, subject])).access);
};

const side = (text: string) => ({ policy: policyFrom(text), rows: parseRows("p.csv", text).rows });
const changes = (before: string, after: string) => {
  const diff = diffPolicies(side(before), side(after));
  return diff.access.map(({ subject, route, permission, widens, narrows }) => {
    return `${subject} ${route ?? permission} ${widens ? "widens" : ""}${narrows ? "narrows" : ""}`;
  });
};

describe("the access of a tenant's group", () => {
  it("depends on the tenant that the path names", () => {
    expect(accessOf("group:{tenantId}.editors", PROJECT)).toBe("if {tenantId} is the tenant of the group");
    expect(accessOf("group:acme.editors", PROJECT)).toBe("if {tenantId} is acme");
    expect(accessOf("group:acme.editors", "PUT /project")).toBe("not granted");
    expect(accessOf("group:acme.suspended", "GET /me")).toBe("denied");
    expect(accessOf("group:acme.others", PROJECT)).toBe("not granted");
  });

  it("has a column for each group name with a placeholder", () => {
    const holders = accessHolders(policyFrom(ROWS)).map(({ subject }) => subject);
    expect(holders).toEqual(
      expect.arrayContaining(["group:{tenantId}.editors", "group:{tenantId}.suspended"]),
    );
    expect(unknownSubjects(policyFrom(ROWS), ["group:acme.editors"])).toEqual([]);
    expect(unknownSubjects(policyFrom(ROWS), ["group:acme.editor"])).toHaveLength(1);
  });
});

describe("a difference in roles of tenants", () => {
  it("does not exist if only the parameter has another name", () => {
    expect(changes(ROWS, ROWS.replaceAll("{tenantId}", "{org}"))).toEqual([]);
  });

  it("widens where a role of tenants becomes one everywhere, for the group of any tenant", () => {
    const after = ROWS.replace("g, group:{tenantId}.editors", "g, group:acme.editors");
    expect(changes(ROWS, after)).toEqual([
      "group:acme.editors PUT /project widens",
      `group:acme.editors ${PROJECT} widens`,
      `group:{tenantId}.editors ${PROJECT} narrows`,
    ]);
  });

  it("widens where another placeholder fits groups of tenants", () => {
    const after = ROWS.replace("group:{tenantId}.editors", "group:t-{tenantId}.editors");
    expect(changes(ROWS, after)).toEqual(
      expect.arrayContaining([
        `group:t-{tenantId}.editors ${PROJECT} widens`,
        `group:{tenantId}.editors ${PROJECT} narrows`,
      ]),
    );
  });

  it("widens where a deny row of a tenant's role is removed", () => {
    const after = ROWS.replace("p, role:suspended, *, deny\n", "");
    expect(changes(ROWS, after)).toContain("group:{tenantId}.suspended GET /me widens");
  });
});

test("a whole-API answer cannot express a route that a role of tenants opens", () => {
  expect(
    inexpressibleRoutes(parseRows("p.csv", ROWS).rows).map(({ row, why }) => `${row.route}: ${why}`),
  ).toEqual([
    `${PROJECT}: its decision depends on the path, by the role of a tenant at p.csv:2`,
    "PUT /project: its decision depends on the path, by the role of a tenant at p.csv:2",
    "GET /me: its decision depends on the path, by the role of a tenant at p.csv:3",
  ]);
});
