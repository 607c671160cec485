import { complete } from "../../../../src/tools/editor/completion/complete.ts";
import { editorFiles, indexOf, withCursor } from "../../../support/editor-files.ts";

const FILES = {
  "policies/roles.csv": [
    "p, role:viewer, orders:read, allow",
    "p, role:owner, orders:read, allow, {userId}=tenant_id",
    "p, role:owner, invoices:read, allow",
    "g, group:staff, role:viewer",
    'g, "group:a,b", role:viewer',
    "g, client:worker, role:owner",
    "g2, GET /orders/{orderId}/{userId}, orders:read",
    "g2, Tool.refund, orders:refund",
    "p3, client:web, orders:read, api/read",
    "g4, Corp/Team, group:staff",
  ].join("\n"),
  "serverless.yml":
    "functions: { a: { events: [{ httpApi: POST /orders }, { httpApi: 'GET /orders/{orderId}/{userId}' }] } }",
};

/** The offer where `|` is in a file: what it replaces, and the items as they are inserted. */
function offered(name: string, source: string, most = 20) {
  const { text, line, column } = withCursor(source);
  const index = indexOf({ ...FILES, [name]: text });
  const [file] = editorFiles({ [name]: text });
  const offer = file && complete({ file, index, service: undefined, line, column });
  if (offer === undefined) return undefined;
  const content = text.split("\n")[offer.line - 1] ?? "";
  return {
    replaced: content.slice(offer.column - 1, offer.end - 1),
    items: offer.items.slice(0, most).map(({ label, insert = label }) => insert),
  };
}

const inRow = (source: string) => offered("policies/new.csv", source);

test.each([
  ["|", "", ["p, ", "g, ", "g2, ", "p2, ", "g3, ", "p3, ", "g4, "]],
  ["g|, a, b", "g", ["g", "g2", "g3", "g4"]],
  ["p, role:v|", "role:v", ["role:viewer"]],
  ["p, gr|, x", "gr", ['"group:a,b"', "group:staff"]],
  ['p, "group:a|", orders:read, allow', "group:a", ["group:a,b", "group:staff"]],
  ["p, role:viewer, orders:|read , allow", "orders:read", ["orders:read", "orders:refund", "orders:*"]],
  ["p, role:viewer, orders:read, |", "", ["allow", "deny"]],
  ["p, role:viewer, orders:read, allow, |", "", ["{orderId}=", "{userId}=", "max_age="]],
  ["p, role:viewer, orders:read, allow, {or|derId}=sub", "{orderId}=", ["{orderId}="]],
  ["p, role:viewer, invoices:read, allow, {|", "{", []],
  ["p, role:viewer, orders:read, allow, max_age=300&{userId}!=te|nant", "tenant", ["tenant_id", "token_use"]],
  ["g, group:st|", "group:st", ["group:staff"]],
  ["g, client:worker, r|", "r", ["role:owner", "role:viewer"]],
  ["g2, |", "", ["POST /orders", "GET /orders/{orderId}/{userId}", "Tool.refund"]],
  ["g2, GET /x, pub|", "pub", ["public"]],
  ["p3, c|", "c", ["client:web", "client:worker"]],
  ["p3, client:web, orders:read, a|", "a", ["api/read"]],
  ["g3, *@example.com, |", "", ['"group:a,b"', "group:staff"]],
  ["g4, |", "", ["Corp/"]],
  ["p2, *@example.com, d|", "d", ["deny"]],
])("in the row `%s`", (source, replaced, items) => {
  expect(inRow(source)).toEqual({ replaced, items });
});

test.each([
  "# p, role:|",
  "p2, *@|",
  "p, role:viewer, orders:read, allow, {orderId}=sub, |",
  "p, role:viewer, orders:read, allow, {orderId}='d|'",
  "x, |",
  'p, "role:viewer" |, orders:read',
])("nothing is offered in `%s`", (source) => {
  expect(inRow(source)).toBeUndefined();
});

const TEST = "policies/tests/new.test.yaml";

test.each([
  ["|", "", ["client: ", "principals: ", "suites: ", "invariants: "]],
  ["principals:\n  ann: { groups: [st|", "st", ["staff"]],
  ["principals:\n  ann: { groups: [|] }", "", ["staff", '"a,b"']],
  ["principals:\n  ann: { gr|", "gr", ["groups: "]],
  ["principals:\n  ann:\n    ro|\n", "ro", ["roles: "]],
  ["principals:\n  ann:\n    claims: { t| }", "t", ["tenant_id: ", "client_id: "]],
  [
    "suites:\n  - name: a\n    routes:\n      - GET /orders|\n",
    "GET /orders",
    ["GET /orders/{orderId}/{userId}"],
  ],
  ["suites:\n  - name: a\n    routes: [GET|]\n", "GET", ['"GET /orders/{orderId}/{userId}"']],
  ["principals:\n  ann: {}\n  bob: {}\nsuites:\n  - name: a\n    allow:\n      b|", "b", ["bob: "]],
  [
    'suites:\n  - because:\n      - { row: "p, role:owner, in|" }',
    "p, role:owner, in",
    ["p, role:owner, invoices:read, allow"],
  ],
  ["invariants:\n  - only: [role:v|]", "role:v", ["role:viewer"]],
  [
    "invariants:\n  - only: [role:viewer]\n    hold: ord|",
    "ord",
    ["orders:read", "orders:refund", "orders:*"],
  ],
])("in the policy test %j", (source, replaced, items) => {
  const found = offered(TEST, source);
  expect(found?.replaced).toBe(replaced);
  expect(items.filter((one) => found?.items.includes(one) === true)).toEqual(items);
});

test.each(["# |", "suites:\n  - name: |", "principals:\n  ann: { age: | }"])(
  "nothing is offered in the test %j",
  (source) => {
    expect(offered(TEST, source)).toBeUndefined();
  },
);

test("a group that groups.yaml lacks, and the settings of a group", () => {
  expect(offered("policies/groups.yaml", "|")).toEqual({ replaced: "", items: ["a,b: ", "staff: "] });
  expect(offered("policies/groups.yaml", "staff:\n  pre|")).toEqual({
    replaced: "pre",
    items: ["precedence: "],
  });
  expect(offered("policies/groups.yaml", "staff: {}\nst|")).toEqual({ replaced: "st", items: [] });
});

test("the permissions of front-end.yaml", () => {
  expect(offered("policies/front-end.yaml", "permissions:\n  - orders:re|")).toEqual({
    replaced: "orders:re",
    items: ["orders:read", "orders:refund"],
  });
});

test("the ids of lint.json", () => {
  expect(offered("policies/lint.json", '{ "off": { "user-r|": "" } }')).toEqual({
    replaced: "user-r",
    items: ["user-row"],
  });
  expect(offered("policies/lint.json", '{ "off": { "user-row": "|" } }')).toBeUndefined();
});

test.each([
  ['requirePermission("orders:re|");', "orders:re"],
  ['requirePermission("orders:re|\nnext();', "orders:re"],
  ["await check(event, 'orders:re|')", "orders:re"],
  ['requirePermission("orders:re|)', "orders:re"],
])("permissions in the code `%s`", (source, replaced) => {
  expect(offered("src/a.ts", source)).toEqual({ replaced, items: ["orders:read", "orders:refund"] });
});

test("tools in `check`, and nothing in another string", () => {
  expect(offered("src/a.ts", 'guard.check(["re|"])')).toEqual({ replaced: "re", items: ["refund"] });
  expect(offered("src/a.ts", 'log("orders:re|")')).toBeUndefined();
});
