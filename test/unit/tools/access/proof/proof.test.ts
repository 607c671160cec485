import { type PolicyProof, provePolicies } from "../../../../../src/tools/access/proof/proof.ts";
import type { Witness } from "../../../../../src/tools/access/proof/witness.ts";
import { policyFrom } from "../../../../support/policy.ts";

const ADMINS = "p, group:admins, *, allow\n";
const ROWS = `
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
g2, GET /users/{userId}/orders, orders:own
${ADMINS}`;

const prove = (before: string, after: string, common = ROWS): PolicyProof =>
  provePolicies(policyFrom(common + before), policyFrom(common + after));

/** `group:a sub=x1 GET /orders` */
function said(witness: Witness | undefined): string | undefined {
  if (witness === undefined) return undefined;
  const { token, asked } = witness;
  const claims = Object.entries(token.claims).map(([name, value]) => `${name}=${value}`);
  const question =
    asked.kind === "request"
      ? `${asked.method} ${asked.path}`
      : asked.kind === "route"
        ? asked.route
        : asked.permission;
  const app =
    token.app === undefined ? [] : [`through ${token.app.client} ${token.app.scopes.join(" ")}`.trim()];
  return [token.kind ?? "anybody", ...token.subjects, ...app, ...claims, question].join(" ");
}

describe("a proof", () => {
  it("calls policies equal whose rows differ and whose answers do not", () => {
    const roles = "g, group:staff, role:clerk\np, role:clerk, orders:read, allow\n";
    const proof = prove(roles, "p, group:staff, orders:read, allow\n");
    expect(proof).toMatchObject({ verdict: "equal", wider: undefined, narrower: undefined, unproven: [] });
  });

  it("shows the smallest token, asked of the engine, with the rows of both answers", () => {
    const proof = prove(
      "",
      "p, group:staff, orders:read, allow\np, role:authenticated, orders:read, allow\n",
    );
    expect(proof.verdict).toBe("wider");
    expect(said(proof.wider)).toBe("role:authenticated GET /orders");
    expect(proof.wider).toMatchObject({
      before: { effect: "deny", determining: [] },
      after: { effect: "allow", determining: [{ row: "p, role:authenticated, orders:read, allow" }] },
    });
  });

  it("asks for the HEAD that a gateway gives to another route than before", () => {
    const rows = "g2, GET /a, notes:read\np, group:b, notes:list, allow\n";
    const proof = prove("g2, ANY /{x}, notes:list\n", "g2, ANY /{proxy+}, notes:list\n", rows);
    expect(said(proof.narrower)).toBe("role:authenticated group:b HEAD /a");
    expect(proof.narrower).toMatchObject({ asked: { before: "ANY /{x}", after: "GET /a" } });
  });

  it("needs a second subject where one allows and the other denied", () => {
    const both = "p, group:staff, orders:read, allow\np, group:barred, orders:read, deny\n";
    expect(said(prove(both, "p, group:staff, orders:read, allow\n").wider)).toBe(
      "role:authenticated group:admins group:barred GET /orders",
    );
  });

  it("chooses values of path and claims that show the difference", () => {
    const proof = prove(
      "p, role:authenticated, orders:own, allow, {userId}=sub\n",
      "p, role:authenticated, orders:own, allow, {userId}!=sub\n",
    );
    expect(proof.verdict).toBe("different");
    expect(said(proof.wider)).toBe("role:authenticated sub=x100 GET /users/x1/orders");
    expect(said(proof.narrower)).toBe("role:authenticated sub=x1 GET /users/x1/orders");
  });

  it("ignores what no request and no token can be", () => {
    const two = "g2, GET /envs/{env}, envs:read\ng2, GET /envs/dev, envs:open\n";
    const never = "p, group:staff, envs:read, allow, {env}='dev'\n";
    expect(prove("", never, `${ROWS}${two}`).wider?.asked).toMatchObject({ kind: "permission" });
    const contradiction = "p, group:staff, orders:own, allow, {userId}='a'&{userId}='b'\n";
    expect(prove("", contradiction).verdict).toBe("equal");
    const twoUsers = "p, user:a, orders:read, allow\np, user:b, orders:read, deny\n";
    expect(prove("p, user:a, orders:read, allow\n", twoUsers, ROWS.slice(0, -ADMINS.length)).verdict).toBe(
      "equal",
    );
    const notTheUser = "p, user:a, orders:own, allow, {userId}!=sub&{userId}='a'\n";
    expect(prove("", notTheUser).verdict).toBe("equal");
  });

  it("holds the subject of a user in each token with the `sub` of that user", () => {
    const own = "p, role:authenticated, users:read, allow, {userId}=sub";
    const proven = (user: string) =>
      prove(
        `${own}\n`,
        `${own}&{userId}!='u-1'\n`,
        `g2, GET /users/{userId}, users:read\np, user:${user}, *, deny\n`,
      );
    expect(proven("u-1").verdict).toBe("equal");
    // Of several pools, another one may have a user with that `sub`.
    expect(said(proven("main/u-1").narrower)).toBe("role:authenticated sub=u-1 GET /users/u-1");
  });

  it("takes a user and a group of another pool for no token", () => {
    const staff = "p, group:main/staff, orders:read, allow\n";
    const barred = (user: string) => `${staff}p, user:${user}, orders:read, deny\n`;
    const none = "g2, GET /orders, orders:read\n";
    expect(prove(staff, barred("legacy/u-1"), none).verdict).toBe("equal");
    expect(said(prove(staff, barred("main/u-1"), none).narrower)).toBe(
      "role:authenticated group:main/staff user:main/u-1 GET /orders",
    );
    // With one pool, a slash is a character of a group like any other.
    expect(prove(staff, barred("u-1"), none).verdict).toBe("narrower");
  });

  it.each(["b", "b:c"])("gives one part of the path the value that another always has: %s", (literal) => {
    const common = `
g2, ANY /{tenantId}/{userId}, users:read
p, group:staff, users:read, allow, {tenantId}=tenant&{userId}=tenant
`;
    const proof = prove("", `g2, GET /{tenantId}/${literal}, users:read\n`, common);
    expect(proof.verdict).toBe("narrower");
    expect(said(proof.narrower)).toBe(
      `role:authenticated group:staff tenant=${literal} GET /${literal}/${literal}`,
    );
  });

  it("shows a public route to a caller without a token", () => {
    const proof = prove("g2, GET /health, health:read\n", "g2, GET /health, public\n");
    expect(proof).toMatchObject({
      verdict: "wider",
      wider: { token: { kind: undefined }, after: { isPublic: true } },
    });
  });

  it("tells apps and their scopes apart", () => {
    const own = "p, group:staff, orders:read, allow\np3, client:web, *\n";
    expect(said(prove(own, `${own}p3, client:partner, orders:read, api/read\n`).wider)).toBe(
      "role:authenticated group:admins through partner api/read GET /orders",
    );
  });

  it("names a tenant for a group of any one", () => {
    const rows = "g2, GET /t/{tenantId}/docs, docs:read\n";
    const proof = prove(
      "",
      "g, group:{tenantId}.editors, role:editor\np, role:editor, docs:read, allow\n",
      ROWS + rows,
    );
    expect(said(proof.wider)).toBe("role:authenticated group:x1.editors GET /t/x1/docs");
  });

  it("asks a HEAD by the route that a gateway gives it, which is none of GET", () => {
    const routes =
      "g2, GET /envs/dev, envs:open\ng2, ANY /envs/{env}, envs:read\ng2, ANY /envs/{env}, envs:list\n";
    const rows = "p, group:staff, envs:list, allow, {env}='dev'\n";
    const denied = `${rows}p, group:staff, envs:read, deny\n`;
    const proof = prove(denied, rows, routes);
    expect(said(proof.wider)).toBe("role:authenticated group:staff HEAD /envs/dev");
  });

  it("asks a tool with arguments of its own, and without them", () => {
    const tool = `${ROWS}g2, Tool.refund, orders:refund\n`;
    const own = "p, role:authenticated, orders:refund, allow, {owner}=sub\n";
    expect(prove("", own, tool).wider?.asked).toEqual({
      kind: "route",
      route: "Tool.refund",
      parameters: { owner: "x1" },
    });
    const unknown = "p, group:admins, orders:refund, deny, {amount}='0'\n";
    const denied = prove("", unknown, tool);
    expect(denied.verdict).toBe("narrower");
    expect(denied.narrower?.asked).toMatchObject({ kind: "route", parameters: { amount: "0" } });
    expect(prove(`${unknown}`, "p, group:admins, orders:refund, deny\n", tool).narrower?.asked).toMatchObject(
      {
        parameters: { amount: "x1" },
      },
    );
    const anyTenant = "g, group:{tenantId}.e, role:e\np, role:e, orders:refund, allow\n";
    expect(said(prove("", anyTenant, tool).wider)).toBe("role:authenticated group:x1.e Tool.refund");
  });

  it("compares who may sign up, and the groups that people get", () => {
    const sign = (rows: string) => `p2, *@example.com, allow\n${rows}`;
    const more = prove(sign(""), sign("p2, *@*.example.com, allow\np2, +49*, allow\n"));
    expect(more.addresses.get("wider")).toMatchObject({ what: "sign-up", address: "y1@y1.example.com" });
    expect(prove(sign("p2, *@b.example, allow\n"), sign("")).verdict).toBe("narrower");
    const groups = prove(sign("g3, *@example.com, group:a\n"), sign("g3, *@example.com, group:b\n"));
    expect(groups.verdict).toBe("different");
    expect(groups.addresses.get("wider")).toMatchObject({ what: "groups", before: "a", after: "b" });
    expect(
      prove(sign("p2, *@example.com, allow\np2, a@example.com, allow\n".slice(25)), sign("")).verdict,
    ).toBe("equal");
  });

  it("takes a number for each prefix, also where longer prefixes leave few", () => {
    const digits = [..."1234567890"].map((digit) => `p2, +49${digit}*, deny\n`);
    const all = `p2, +49*, allow\n${digits.slice(0, 9).join("")}`;
    expect(prove("", all).addresses.get("wider")).toMatchObject({ address: "+49011111111" });
    expect(prove("", `${all}${digits[9]}`).addresses.get("wider")?.address).toBe("+49");
  });

  it("compares each value of a directory", () => {
    const proof = prove("", "g4, Corp/Engineering, group:staff\n");
    expect(proof).toMatchObject({ verdict: "wider", directories: { wider: ["Corp/Engineering -> staff"] } });
    const denied = "p, group:barred, *, deny\n";
    expect(prove(`${denied}g4, Corp/Left, group:barred\n`, denied).verdict).toBe("different");
  });

  it("asks for a permission without a parameter that rows compare", () => {
    const either =
      "p, group:staff, orders:own, allow, {userId}='a'\np, group:staff, orders:own, allow, {userId}!='a'\n";
    const proof = prove(either, "p, group:staff, orders:own, allow\n");
    expect(proof).toMatchObject({
      verdict: "wider",
      wider: { asked: { kind: "permission", permission: "orders:own", parameters: {} } },
    });
  });

  it("does not take two renamed parameters for one value", () => {
    const rows = (from: string, to: string) =>
      policyFrom(`g2, GET /a/{${from}}, docs:read\ng2, GET /b/{${to}}, docs:read
p, group:a, docs:sign, allow\np, group:a, docs:sign, deny, {${from}}='1'\np, group:a, docs:sign, deny, {${to}}='2'\n`);
    expect(provePolicies(rows("from", "to"), rows("id", "id")).verdict).not.toBe("equal");
    expect(provePolicies(rows("from", "to"), rows("one", "two")).verdict).toBe("equal");
    const early = (name: string) =>
      policyFrom(`g2, GET /a/{${name}}, docs:read
p, group:a, docs:sign, allow\np, group:a, docs:sign, deny, {${name}}='1'\np, group:a, docs:sign, deny, {id}='2'\n`);
    expect(provePolicies(early("from"), early("id")).verdict).not.toBe("equal");
  });

  it("gives a token the same group of two tenants", () => {
    const rows = `
g2, GET /t/{from}/{to}, docs:move
g, group:{from}.e, role:from
g, group:{to}.e, role:to
p, role:from, docs:move, allow, {from}='acme'
p, role:to, docs:move, deny, {to}='acme'
`;
    const proof = prove("", "p, role:to, docs:move, deny, {to}='beta'\n", rows);
    expect(proof.verdict).toBe("narrower");
    expect(said(proof.narrower)).toBe("role:authenticated group:acme.e group:beta.e GET /t/acme/beta");
  });

  it("takes the one value of `token_use` for one that a path can have", () => {
    const proof = prove("", "p, group:staff, orders:own, allow, {userId}=token_use\n");
    expect(said(proof.wider)).toBe(
      "role:authenticated group:staff token_use=access GET /users/access/orders",
    );
  });

  it("says that nothing is proven over its bounds, and never calls that equal", () => {
    const before = policyFrom(`${ROWS}p, group:a, orders:own, allow, {userId}=sub\n`);
    const after = policyFrom(`${ROWS}p, group:a, orders:own, allow, {userId}=sub&{userId}!='q'\n`);
    const few = provePolicies(before, after, { decisions: 1, candidates: 100 });
    expect(few).toMatchObject({ verdict: "not-proven" });
    expect(few.unproven.join()).toContain("has too many values to try all of them");
    const none = provePolicies(before, after, { decisions: 100, candidates: 0 });
    expect(none).toMatchObject({
      verdict: "not-proven",
      unproven: ["there are too many tokens to compare all of them"],
    });
  });
});
