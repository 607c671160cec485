import { parseRows } from "../../../../src/policy/parse.ts";
import { diffPolicies, type PolicyDiff } from "../../../../src/tools/access/policy-diff.ts";
import { policyFrom } from "../../../support/policy.ts";

const ROWS = `
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
p, group:admins, *, allow
p, client:worker, orders:read, allow
`;

function diff(before: string, after: string): PolicyDiff {
  const side = (rows: string) => ({
    policy: policyFrom(ROWS + rows),
    rows: parseRows("policies/test.csv", ROWS + rows).rows,
  });
  return diffPolicies(side(before), side(after));
}

/** `group:admins GET /orders through client:web: wider` */
const said = ({ access }: PolicyDiff) =>
  access.map(
    ({ subject, route, permission, apps, widens }) =>
      `${subject} ${route ?? permission} through ${apps.join(" or ") || "any app"}: ${widens ? "wider" : "narrower"}`,
  );

describe("the difference of two policies about a permission", () => {
  it("has what changes only for a handler that asks without a parameter", () => {
    const either =
      "p, group:a, notes:read, allow, {x}='a'\np, group:a, notes:read, allow, {x}!='a'\ng2, GET /notes/{x}, notes:read\n";
    const always = "p, group:a, notes:read, allow\ng2, GET /notes/{x}, notes:read\n";
    const found = diff(either, always);
    expect(found).toMatchObject({ widens: true, differs: true });
    expect(said(found)).toEqual(["group:a notes:read through any app: wider"]);
  });
});

describe("the difference of two policies about HEAD", () => {
  const rows = "g2, GET /a, notes:read\np, group:a, notes:read, allow\np, group:b, notes:list, allow\n";

  it("is told where the gateway gives it to another route than before", () => {
    const found = diff(`${rows}g2, ANY /{x}, notes:list\n`, `${rows}g2, ANY /{proxy+}, notes:list\n`);
    expect(said(found).filter((one) => one.includes("HEAD"))).toEqual([
      "client:worker HEAD /orders through any app: wider",
      "group:a HEAD /a through any app: wider",
      "group:b HEAD /a through any app: narrower",
      "group:b HEAD /orders through any app: narrower",
    ]);
  });

  it("says nothing of one that is decided as GET before and after", () => {
    const found = diff(`${rows}g2, ANY /{proxy+}, notes:list\n`, `${rows}g2, $default, notes:list\n`);
    expect(said(found).filter((one) => one.includes("HEAD"))).toEqual([]);
  });
});

describe("the difference of two policies with renamed parameters", () => {
  it("does not take two parameters that get one name for one value", () => {
    const routes = (x: string, y: string) => `g2, GET /a/{${x}}, notes:read\ng2, GET /b/{${y}}, notes:read\n`;
    const two = `${routes("x", "y")}p, group:a, notes:read, allow\np, group:a, notes:read, deny, {x}='1'&{y}='1'\n`;
    const one = `${routes("id", "id")}p, group:a, notes:read, allow\np, group:a, notes:read, deny, {id}='1'\n`;
    expect(diff(two, one).access.some(({ permission }) => permission === "notes:read")).toBe(true);
  });
});

describe("the difference of two policies about apps", () => {
  it("names the apps that lose everything by the first `p3` row, and no machine", () => {
    const found = diff("", "p3, client:web, *\n");
    expect(found).toMatchObject({ widens: false, differs: true });
    expect(said(found)).toEqual([
      "group:admins DELETE /orders through any other app: narrower",
      "group:admins GET /orders through any other app: narrower",
    ]);
    expect(found.rows).toMatchObject([
      { kind: "added", note: "the first `p3` rows: apps without one may do nothing for their users" },
    ]);
  });

  it("takes a further row as wider, for the app and the scope that it names", () => {
    const found = diff(
      "p3, client:web, *\n",
      "p3, client:web, *\np3, client:partner-app, orders:read, api/read\n",
    );
    expect(found.widens).toBe(true);
    expect(said(found)).toEqual(["group:admins GET /orders through client:partner-app with api/read: wider"]);
  });

  it("takes the removal of the last row of an app as narrower, and of the last row of the policy as wider", () => {
    const two = "p3, client:web, *\np3, client:partner-app, orders:read\n";
    expect(diff(two, "p3, client:web, *\n").widens).toBe(false);
    const none = diff("p3, client:web, *\n", "");
    expect(none.widens).toBe(true);
    expect(none.rows).toMatchObject([
      { kind: "removed", note: "no `p3` row is left: every app may do everything that its users may" },
    ]);
  });

  it("sees no difference in a row that another one of its client covers", () => {
    const found = diff("p3, client:web, *\n", "p3, client:web, *\np3, client:web, orders:read, api/read\n");
    expect(found).toMatchObject({ differs: false, access: [] });
  });
});

describe("a changed row about sign-up widens", () => {
  it.each([
    ["an added pattern for subdomains", "", "p2, *@*.example.com, allow", true],
    [
      "subdomains beside a domain",
      "p2, *@example.com, allow",
      "p2, *@example.com, allow\np2, *@*.example.com, allow",
      true,
    ],
    ["a removed deny of subdomains", "p2, *@*.example.com, deny", "", true],
    ["an added deny of subdomains", "", "p2, *@*.example.com, deny", false],
    ["a removed pattern for subdomains", "p2, *@*.example.com, allow", "", false],
    ["an added group of subdomains", "", "g3, *@*.example.com, group:a", true],
  ])("%s", (_, before, after, widens) => {
    const found = diff(before, after);
    expect(found.addresses).toHaveLength(1);
    expect([found.differs, found.widens]).toEqual([true, widens]);
  });
});
