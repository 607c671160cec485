import type { Name } from "../../../../src/tools/editor/names/name.ts";
import { renamable, renaming, withEdits } from "../../../../src/tools/editor/rename/rename.ts";
import { indexOf } from "../../../support/editor-files.ts";

const FILES = {
  "policies/roles.csv": [
    "# the viewer: role:viewer",
    'p, "role:viewer" , orders:read,   allow\r',
    "p, role:owner, orders:*, allow",
    "p, role:authenticated, me:read, allow",
    "p, scope:api/read, orders:read, allow",
    "g, group:staff, role:viewer",
    "g, group:{tenantId}.editors, role:owner",
    "g2, GET /orders/{orderId}, orders:read",
    "p3, client:web, orders:read",
    "p3, client:own, orders:read",
  ].join("\n"),
  "policies/groups.yaml": "staff: # staff\n  description: staff\n",
  "policies/tests/a.test.yaml": [
    "principals:",
    "  staff: { groups: [staff] }",
    "suites:",
    "  - name: orders:read",
    "    permissions: ['orders:read', orders:refund]",
    '    because: [{ principal: staff, permission: orders:refund, row: "p, role:viewer, orders:read, allow" }]',
  ].join("\n"),
  "serverless.yml": [
    "custom: { claimgate: { appClients: { web: WebClient } } }",
    "resources: { Resources: { OwnClient: { Type: AWS::Cognito::UserPoolClient } } }",
  ].join("\n"),
  "src/a.ts": "requirePermission('orders:read');",
};

type Files = Readonly<Record<string, string>>;

function renamed(from: Name, to: string, files: Files = FILES) {
  const index = indexOf(files);
  const [one] = index.of(from);
  if (one === undefined) throw new Error("the files name it");
  const { edits, caution } = renaming(index, one, to);
  const changed = Object.entries(files).flatMap(([name, text]) => {
    const own = edits.filter(({ file }) => file === name);
    return own.length === 0 ? [] : [[name, withEdits(text, own)] as const];
  });
  return { files: Object.fromEntries(changed), caution };
}

const line = (text: string | undefined, number: number) => text?.split("\n")[number - 1];

test("a role is renamed in rows and tests, and keeps quotes, blanks and line endings", () => {
  const { files, caution } = renamed({ kind: "role", name: "viewer" }, "reader");
  expect(line(files["policies/roles.csv"], 1)).toBe("# the viewer: role:viewer");
  expect(line(files["policies/roles.csv"], 2)).toBe('p, "role:reader" , orders:read,   allow\r');
  expect(line(files["policies/tests/a.test.yaml"], 6)).toContain('row: "p, role:reader, orders:read, allow"');
  expect(caution).toBeUndefined();
});

test("a permission is renamed in rows, tests and code, and nothing else that is spelled so", () => {
  const { files } = renamed({ kind: "permission", name: "orders:read" }, "orders:list");
  expect(Object.keys(files).sort()).toEqual(["policies/roles.csv", "policies/tests/a.test.yaml", "src/a.ts"]);
  expect(line(files["policies/tests/a.test.yaml"], 4)).toBe("  - name: orders:read");
  expect(line(files["policies/tests/a.test.yaml"], 5)).toBe(
    "    permissions: ['orders:list', orders:refund]",
  );
  expect(files["src/a.ts"]).toBe("requirePermission('orders:list');");
});

test("a string of the same spelling outside a guard is spoken of, and stays", () => {
  const { files, caution } = renamed({ kind: "permission", name: "orders:read" }, "orders:list", {
    ...FILES,
    "src/b.ts": 'const needed = "orders:read"; // "orders:read"\nrequirePermission(needed);',
  });
  expect(files["src/b.ts"]).toBeUndefined();
  expect(caution).toBe(
    "`orders:read` is also a string at src/b.ts:1, outside the call of a guard: change it by hand if it means the permission",
  );
});

test("a group gets quotes where its new name needs them, and the pool is spoken of", () => {
  const { files, caution } = renamed({ kind: "group", name: "staff" }, "group:a,b: c".replace(": c", ""));
  expect(line(files["policies/roles.csv"], 6)).toBe('g, "group:a,b", role:viewer');
  expect(line(files["policies/groups.yaml"], 1)).toBe('"a,b": # staff');
  expect(line(files["policies/tests/a.test.yaml"], 2)).toBe('  staff: { groups: ["a,b"] }');
  expect(caution).toBe(
    "the group `staff` in the user pool keeps its name and members: create `a,b`, and move the members before you deploy",
  );
});

test("an app client is renamed where the service names it", () => {
  const { files } = renamed({ kind: "client", name: "web" }, "browser");
  expect(line(files["serverless.yml"], 1)).toBe(
    "custom: { claimgate: { appClients: { browser: WebClient } } }",
  );
});

test.each([
  ["permission", "orders:*", "`orders:*` is a wildcard; rename the permissions that it covers one by one"],
  ["role", "authenticated", "`role:authenticated` is built in: it follows from the kind of token"],
  [
    "group",
    "{tenantId}.editors",
    "`group:{tenantId}.editors` is a group of each tenant; its groups in the pool keep their names",
  ],
  ["scope", "api/read", "`scope:api/read` is a scope of a resource server; tokens keep its name"],
  [
    "route",
    "GET /orders/{orderId}",
    "`GET /orders/{orderId}` comes from the routes of the service; change it there and in its rows",
  ],
  [
    "client",
    "own",
    "the name `client:own` comes from serverless.yml:2; name the client in `appClients` first",
  ],
] as const)("the %s %s is not renamed", (kind, name, message) => {
  const index = indexOf(FILES);
  const [one] = index.of({ kind, name });
  expect(() => one && renamable(index, one)).toThrow(message);
});

test("a group of the template of the service is not renamed", () => {
  const index = indexOf({
    ...FILES,
    "serverless.yml":
      "resources: { Resources: { A: { Type: AWS::Cognito::UserPoolGroup, Properties: { GroupName: staff } } } }",
  });
  const [one] = index.of({ kind: "group", name: "staff" });
  expect(() => one && renamable(index, one)).toThrow(
    "the name `group:staff` comes from serverless.yml:1, where another name",
  );
});

test.each([
  ["role", "viewer", "owner", "`role:owner` exists already, at policies/roles.csv:3; with one name"],
  ["role", "viewer", "a b", "`a b`: a role name may contain only letters, digits and `. _ -`"],
  ["role", "viewer", "machine", "`role:machine` is built in"],
  ["role", "viewer", "role:", "the new name is empty; expected the name of a role"],
  [
    "permission",
    "orders:read",
    "orders",
    "`orders` is not a permission; expected `resource:action`, without wildcards",
  ],
  [
    "permission",
    "orders:read",
    "items:read",
    "`orders:*` at policies/roles.csv:3 covers `orders:read` and not `items:read`, so the policy would decide otherwise",
  ],
  [
    "group",
    "staff",
    "acme.editors",
    "`group:{tenantId}.editors` at policies/roles.csv:7 covers `group:acme.editors` and not `group:staff`",
  ],
  ["group", "staff", "{a}.b", "`{a}.b` has braces, which no group of a token has"],
  ["group", "staff", "(a", "with `(a` the rows would no longer be the same; choose another name"],
] as const)("the %s %s does not become `%s`", (kind, name, to, message) => {
  expect(() => renamed({ kind, name }, to)).toThrow(message);
});

test("a name is not left behind in a part of a file that cannot be read", () => {
  const files = { ...FILES, "policies/tests/b.test.yaml": "principals: { a: { roles: [viewer }\n" };
  expect(() => renamed({ kind: "role", name: "viewer" }, "reader", files)).toThrow(
    "policies/tests/b.test.yaml:1 cannot be read, and may name `role:viewer`; correct it first",
  );
});
