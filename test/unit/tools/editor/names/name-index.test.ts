import { readFileSync } from "node:fs";
import { definitionsOf, referencesTo } from "../../../../../src/tools/editor/names/lookup.ts";
import { type NameKind, type Occurrence, spelled } from "../../../../../src/tools/editor/names/name.ts";
import { indexOf } from "../../../../support/editor-files.ts";

/** `policies/roles.csv:2 viewer`: the line, and what the range covers. */
function shown(texts: Readonly<Record<string, string>>, places: readonly Occurrence[]): readonly string[] {
  return places.map(({ file, line, column, length }) => {
    const content = (texts[file] ?? "").replace(/^\uFEFF/, "").split(/\r?\n/)[line - 1] ?? "";
    return `${file}:${line} ${content.slice(column - 1, column - 1 + length)}`;
  });
}

function placesOf(texts: Readonly<Record<string, string>>, kind: NameKind, name: string): readonly string[] {
  return shown(texts, indexOf(texts).of({ kind, name }));
}

const FILES = {
  "policies/all.csv": [
    "# role:viewer in a comment",
    "p, \"role:viewer\" , orders:read, allow, {tenantId}=tenant_id&{env}!='dev'\r",
    "\tg,group:a-b,role:viewer",
    'g, "group:say ""hi""", role:viewer',
    "g, group:{tenantId}.editors, role:editor",
    "g2, GET /tenants/{tenantId}/orders, orders:read",
    "p, role:editor, orders:*, allow",
    "p3, client:web, orders:read, api/orders.read",
    "g3, *@example.com, group:a-b",
    "g4, Corp/Team, group:a-b",
  ].join("\n"),
  "policies/groups.yaml": "\uFEFFa-b:\n  description: The team\n",
  "policies/lint.json": '{ "off": { "user-row": "support needs one for a while" } }\n',
  "policies/tests/all.test.yaml": [
    "client: client:web",
    "principals:",
    "  ann: { groups: ['a-b'], claims: { tenant_id: x } }",
    '  eve: { groups: ["x.editors"], roles: viewer, client: web, scopes: [api/orders.read] }',
    "suites:",
    "  - name: a",
    '    routes: ["GET /tenants/{tenantId}/orders", GET /tenants/x/orders]',
    "    parameters: { tenantId: x }",
    "    allow: { ann: [GET /tenants/x/orders], eve: orders:read }",
    "    because:",
    '      - { principal: ann, route: GET /tenants/x/orders, row: "p, role:viewer, orders:read, allow, {tenantId}=tenant_id" }',
    "invariants:",
    "  - { only: [role:viewer], hold: orders:read }",
    "  - apart: tenantId",
    "  - { apps: web, reach: guarded }",
  ].join("\n"),
  "serverless.yml": [
    "custom: { claimgate: { appClients: { web: WebClient } } }",
    "functions:",
    "  orders:",
    "    environment:",
    '      CLAIMGATE_APP_CLIENTS: !Sub \'{"web":"${WebClient}","old":"x"}\'',
    '      CLAIMGATE_COPIED_CLAIMS: \'{"tenant_id":"custom:tenant_id"}\'',
    "    events:",
    "      - httpApi: get /tenants/{tenantId}/orders/",
    "      - http: { method: post, path: orders }",
    "      - websocket: { route: $connect }",
    "resources:",
    "  Resources:",
    "    Server:",
    "      Type: AWS::Cognito::UserPoolResourceServer",
    "      Properties: { Identifier: api, Scopes: [{ ScopeName: orders.read, ScopeDescription: Reads }] }",
  ].join("\n"),
  "src/orders.ts": [
    "// requirePermission('orders:read') in a comment, and don't stop",
    "const route = /[/'\"]requirePermission(/;",
    "export const a = guard.requirePermission<Context<string>>('orders:read', { x: check(`a${\"b\"}`) });",
    "await check?.(event, `orders:read`);",
    'text("requirePermission(\\"orders:read\\")"); can("orders:read" + rest);',
    'guard.check(["getOrder", "refundOrder"]);',
    '<Can permission="orders:read">It\'s here</Can>;',
  ].join("\n"),
};

test("a permission is found in every attribute and argument that takes one, whatever is around it", () => {
  const code = [
    '<Can fallback={<p>No</p>} permission="a:one" />;',
    '<Can parameters={{ n: x > 1 ? "b:none" : "b:none" }} permission={"a:two"}>{a > b}</Can>;',
    '<Can permission={late ? "a:three" : "a:four"} />;',
    'can(late ? "a:five" : "a:six", { kind: "b:none" });',
    '<Can children={() => "b:none"}>permission="b:none"</Can>;',
    'can(kind === "b:none" ? "a:seven" : rest);',
    "<p>Don't {can('a:eight') && <Can fallback={<i>can't</i>} permission='a:nine' />} it's</p>;",
    "switch (x) {case'b:none':return can('a:ten')}",
  ].join("\n");
  const names = indexOf({ "src/page.tsx": code })
    .names("permission")
    .map(({ name }) => name);
  expect(names).toEqual(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
      .map((name) => `a:${name}`)
      .sort(),
  );
});

test("a role is found in rows, tests and rows inside tests, as its bare name", () => {
  expect(placesOf(FILES, "role", "viewer")).toEqual([
    "policies/all.csv:2 viewer",
    "policies/all.csv:3 viewer",
    "policies/all.csv:4 viewer",
    "policies/tests/all.test.yaml:4 viewer",
    "policies/tests/all.test.yaml:11 viewer",
    "policies/tests/all.test.yaml:13 viewer",
  ]);
});

test("a permission is found in rows, tests and calls of guards, and in no comment, string or expression", () => {
  expect(placesOf(FILES, "permission", "orders:read")).toEqual([
    "policies/all.csv:2 orders:read",
    "policies/all.csv:6 orders:read",
    "policies/all.csv:8 orders:read",
    "policies/tests/all.test.yaml:9 orders:read",
    "policies/tests/all.test.yaml:11 orders:read",
    "policies/tests/all.test.yaml:13 orders:read",
    "src/orders.ts:3 orders:read",
    "src/orders.ts:4 orders:read",
    "src/orders.ts:7 orders:read",
  ]);
});

test("groups, clients, scopes, claims, parameters and routes are found in every file that names them", () => {
  expect(placesOf(FILES, "group", "a-b")).toEqual([
    "policies/all.csv:3 a-b",
    "policies/all.csv:9 a-b",
    "policies/all.csv:10 a-b",
    "policies/groups.yaml:1 a-b",
    "policies/tests/all.test.yaml:3 a-b",
  ]);
  expect(placesOf(FILES, "group", 'say "hi"')).toEqual(['policies/all.csv:4 say ""hi""']);
  expect(placesOf(FILES, "client", "web")).toEqual([
    "policies/all.csv:8 web",
    "policies/tests/all.test.yaml:1 web",
    "policies/tests/all.test.yaml:4 web",
    "policies/tests/all.test.yaml:15 web",
    "serverless.yml:1 web",
    "serverless.yml:5 web",
  ]);
  expect(placesOf(FILES, "scope", "api/orders.read")).toEqual([
    "policies/all.csv:8 api/orders.read",
    "policies/tests/all.test.yaml:4 api/orders.read",
    "serverless.yml:15 orders.read",
  ]);
  expect(placesOf(FILES, "claim", "tenant_id")).toEqual([
    "policies/all.csv:2 tenant_id",
    "policies/tests/all.test.yaml:3 tenant_id",
    "policies/tests/all.test.yaml:11 tenant_id",
    "serverless.yml:6 tenant_id",
  ]);
  expect(placesOf(FILES, "parameter", "tenantId")).toEqual([
    "policies/all.csv:2 tenantId",
    "policies/all.csv:5 tenantId",
    "policies/all.csv:6 tenantId",
    "policies/tests/all.test.yaml:7 tenantId",
    "policies/tests/all.test.yaml:8 tenantId",
    "policies/tests/all.test.yaml:11 tenantId",
    "policies/tests/all.test.yaml:14 tenantId",
    "serverless.yml:8 tenantId",
  ]);
  expect(placesOf(FILES, "route", "GET /tenants/{tenantId}/orders")).toEqual([
    "policies/all.csv:6 GET /tenants/{tenantId}/orders",
    "policies/tests/all.test.yaml:7 GET /tenants/{tenantId}/orders",
    "serverless.yml:8 get /tenants/{tenantId}/orders/",
  ]);
  expect(placesOf(FILES, "route", "POST /orders")).toEqual(["serverless.yml:9 orders"]);
  expect(placesOf(FILES, "route", "Tool.refundOrder")).toEqual(["src/orders.ts:6 refundOrder"]);
  expect(placesOf(FILES, "rule", "user-row")).toEqual(["policies/lint.json:1 user-row"]);
});

test("references include the wildcards and templates that cover a name", () => {
  const index = indexOf(FILES);
  const [permission] = index.of({ kind: "permission", name: "orders:read" });
  const [editors] = index.of({ kind: "group", name: "x.editors" });
  if (permission === undefined || editors === undefined) throw new Error("the files name both");
  expect(shown(FILES, referencesTo(index, permission, true)).at(-1)).toBe("policies/all.csv:7 orders:*");
  expect(shown(FILES, referencesTo(index, editors, true))).toEqual([
    "policies/tests/all.test.yaml:4 x.editors",
    "policies/all.csv:5 {tenantId}.editors",
  ]);
});

test.each([
  ["role", "viewer", ["policies/all.csv:2 viewer"]],
  ["permission", "orders:read", ["policies/all.csv:6 orders:read"]],
  ["group", "a-b", ["policies/groups.yaml:1 a-b"]],
  ["client", "web", ["serverless.yml:1 web"]],
  ["scope", "api/orders.read", ["serverless.yml:15 orders.read"]],
  ["parameter", "tenantId", ["policies/all.csv:6 tenantId"]],
  ["claim", "tenant_id", ["serverless.yml:6 tenant_id"]],
  ["route", "GET /tenants/{tenantId}/orders", ["serverless.yml:8 get /tenants/{tenantId}/orders/"]],
] as const)("the definition of the %s %s", (kind, name, expected) => {
  const index = indexOf(FILES);
  const [first] = index.of({ kind, name });
  expect(first && shown(FILES, definitionsOf(index, first))).toEqual(expected);
});

test("a claim that no file of the service names is defined by the first row that compares it", () => {
  const rows = "p, role:a, a:read, allow, {b}=sub\np, role:b, a:read, allow, {b}=sub\n";
  const index = indexOf({ "policies/all.csv": rows });
  const [, second] = index.of({ kind: "claim", name: "sub" });
  expect(second && definitionsOf(index, second).map(({ line }) => line)).toEqual([1]);
});

test("from the event of a route, the definition is its row", () => {
  const index = indexOf(FILES);
  const event = index.at("serverless.yml", 8, 20);
  expect(event && shown(FILES, definitionsOf(index, event))).toEqual([
    "policies/all.csv:6 GET /tenants/{tenantId}/orders",
  ]);
});

test("the innermost name at a place is found, on its prefix and at its end too", () => {
  const index = indexOf(FILES);
  const at = (line: number, column: number) => {
    const one = index.at("policies/all.csv", line, column);
    return one && spelled(one);
  };
  expect([at(3, 15), at(3, 25), at(5, 12), at(5, 22), at(2, 1)]).toEqual([
    "role:viewer",
    "role:viewer",
    "{tenantId}",
    "group:{tenantId}.editors",
    undefined,
  ]);
});

test("a policy test that is not YAML and a line that is not CSV are unread", () => {
  const index = indexOf({
    "policies/a.csv": 'p, role:a, orders:read, allow\np, "role:b, orders:read, allow\n',
    "policies/tests/a.test.yaml": "principals: [role:b\n",
  });
  expect(index.unreadWith("b").map(({ file, line }) => `${file}:${line}`)).toEqual([
    "policies/a.csv:2",
    "policies/tests/a.test.yaml:1",
  ]);
});

test("the sample policy names its roles where it does", () => {
  const text = readFileSync("policies/roles.csv", "utf8");
  const found = placesOf({ "policies/roles.csv": text }, "role", "trainee").length;
  expect(found).toBe(text.match(/^[pg],.*role:trainee/gm)?.length);
});
