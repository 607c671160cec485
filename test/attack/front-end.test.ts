import { createAccess } from "../../src/library/client.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { createKeyPair } from "../../src/tools/cognito/tokens/signing.ts";
import { frontEndPolicy } from "../../src/tools/front-end/front-end-policy.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";

// A file that every visitor can read: of a policy full of secrets, it has nothing but what was listed.

const ROWS = `# secretcomment: ask secretperson@secret.example
g, group:staff, role:secretrole
g, group:secretelsewhere, role:secretunlisted
g, group:{tenantId}.editors, role:secreteditor
g, user:secretuser1, role:secretrole
g, client:secretclient, role:secretrole
g2, GET /secretpath, notes:read
g2, GET /secretpath/{secretparameter}, secretresource:read
g2, POST /notes, notes:write
g2, DELETE /notes, archive:read
p, role:secretrole, notes:read, allow
p, role:secreteditor, notes:write, allow, {tenantId}!='secrettenant1'
p, role:secreteditor, notes:*, allow
p, group:secrettenant2.editors, notes:write, deny
p, group:staff, notes:write, deny, {tenantId}='secrettenant3'&{stage}='prod'
p, group:staff, notes:write, deny, {tenantId}='secrettenant4'
p, user:secretuser2, *, deny
p, user:secretuser3, notes:read, allow
p, client:secretmachine, notes:read, allow
p, scope:secret/scope, notes:read, allow
p, role:secretunlisted, secretresource:read, allow, {secretparameter}=secretclaim
p, group:secretdenied, archive:read, deny
p2, *@secret.example, allow
p2, secretaddress@secret.example, deny
g3, *@secret.example, group:secretlanding
g4, SecretDirectory/secretvalue, group:staff
`;
const { rows, findings } = parsePolicy([{ path: "policies/secretfile.csv", text: ROWS }]);
const LISTED = { permissions: ["archive:read", "notes:read", "notes:write"], literals: ["stage"] };

test("the file of a front end has no user, tenant, machine, role, address, path, comment or file name", () => {
  expect(findings).toEqual([]);
  const { policy } = frontEndPolicy(rows, LISTED);

  expect(JSON.stringify(policy)).not.toMatch(/secret|\.csv|allow,|p, /i);
  // What is left is what the front end needs.
  expect(policy.permissions).toEqual({
    "archive:read": { allow: [], deny: [] },
    "notes:read": {
      allow: [{ groups: ["staff"], tenants: [{ before: "", after: ".editors", parameter: "tenantId" }] }],
      deny: [],
    },
    "notes:write": {
      allow: [{ tenants: [{ before: "", after: ".editors", parameter: "tenantId" }] }],
      deny: [
        { tenants: [{ before: "", after: ".editors" }] },
        {
          groups: ["staff"],
          when: [{ literal: "prod", negated: false, parameter: "stage" }, { withheld: true }],
        },
        { groups: ["staff"], when: [{ withheld: true }] },
      ],
    },
  });
});

test("each row that stays on the server is known, with the direction in which answers can differ", () => {
  const { inexact } = frontEndPolicy(rows, LISTED);

  expect(
    inexact.map(({ permission, row, differs }) => `${permission} ${row.line} ${differs}`).sort(),
  ).toEqual([
    "notes:read 11 narrower",
    "notes:read 17 wider",
    "notes:read 18 narrower",
    "notes:write 12 narrower",
    "notes:write 14 narrower",
    "notes:write 15 narrower",
    "notes:write 16 narrower",
    "notes:write 17 wider",
  ]);
});

test("of another app or another pool, nothing leaves either", () => {
  const text = `p3, client:secretapp, *, secret/scope
p3, client:web, notes:read, api/notes
p, group:main/staff, notes:*, allow
p, group:secretpool/staff, notes:*, allow
p, user:secretpool/u1, notes:*, deny
p, group:secretpool/suspended, notes:*, deny
g, group:main/{tenantId}.t, role:t
p, role:t, notes:read, deny
`;
  const { rows: ofPools } = parsePolicy([{ path: "policies/rows.csv", text }]);
  const options = { ...LISTED, app: "web", pool: "main" };
  const { policy, inexact } = frontEndPolicy(ofPools, options);

  expect(JSON.stringify(policy)).not.toContain("secret");
  expect(policy.permissions["notes:read"]).toEqual({
    allow: [{ groups: ["staff"] }],
    deny: [{ tenants: [{ before: "", after: ".t", parameter: "tenantId" }] }],
    scopes: ["api/notes"],
  });
  expect(policy.permissions["notes:write"]).toEqual({ allow: [], deny: [] });
  expect(inexact).toEqual([]);
});

describe("a front end that someone edited", () => {
  const rows = parsePolicy(readPolicyDirectory("policies").rows).rows;
  const { policy: written } = frontEndPolicy(rows, { permissions: ["orders:list"], literals: [] });
  const answerTo = async (token: string) => {
    const [http] = GATEWAYS_UNDER_TEST;
    return http?.ask(dependencies(), {
      authorization: [`Bearer ${token}`],
      route: "GET /orders",
      path: "/orders",
    });
  };

  it("offers everything by another file, and the API denies", async () => {
    const token = tokenOf("alice");
    const edited = { format: 1, permissions: { "orders:list": { allow: [{ everyone: true }], deny: [] } } };

    expect(createAccess(written, token).can("orders:list")).toBe(false);
    expect(createAccess(edited, token).can("orders:list")).toBe(true);
    expect(await answerTo(token)).toBe("denied");
  });

  it("offers everything by a forged token, and the API refuses it", async () => {
    const forged = tokenOf("alice", { "cognito:groups": ["admins"] }, createKeyPair("pool-key-1"));

    expect(createAccess(written, forged).can("orders:list")).toBe(true);
    expect(await answerTo(forged)).toBe("denied");
    expect(await answerTo(tokenOf("ada"))).toBe("allowed");
  });
});
