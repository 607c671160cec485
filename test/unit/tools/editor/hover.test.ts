import { compilePolicy } from "../../../../src/policy/compile.ts";
import { hoverAt } from "../../../../src/tools/editor/hover/hover.ts";
import { indexOf, withCursor } from "../../../support/editor-files.ts";
import { MODEL } from "../../../support/policy.ts";

const ROWS = [
  "p, role:viewer, orders:read, allow",
  "p, role:support, orders:refund, allow",
  "p, role:trainee, orders:refund, deny",
  "p, role:owner, orders:*, allow, {userId}=sub",
  "p, role:unused, reports:read, allow",
  "g, group:support, role:support",
  "g, role:support, role:viewer",
  "g, group:trainees, role:trainee",
  "g, role:trainee, role:support",
  "g, group:[x](http://evil.example) <b>, role:viewer".replaceAll(" <b>", "<b>"),
  "g2, GET /orders/{userId}, orders:read",
  "g2, POST /orders/{userId}/refund, orders:refund",
  "g2, GET /health, public",
  "p2, *@example.com, allow",
  "g3, *@example.com, group:trainees",
  "g4, Corp/Team, group:support",
  "p3, client:web, orders:read, api/read",
];

/** What is shown where `|` is in one more line. */
function shown(row: string, name = "policies/new.csv"): string | undefined {
  const { text, line, column } = withCursor(row);
  const index = indexOf({ "policies/a.csv": ROWS.join("\n"), [name]: text });
  const rows = index.rows.map((file) => ({ path: file.file, text: file.text }));
  const compiled = () => compilePolicy({ model: MODEL, rows });
  return hoverAt({ index, file: name, line, column, compiled })?.markdown;
}

test("a permission shows what it opens, and everyone who has it by the chain that leads there", () => {
  expect(shown("p, role:x, orders:re|fund, allow")).toBe(
    [
      "`orders:refund`",
      "Opens\n\n- `POST /orders/{userId}/refund`",
      [
        "Allowed to\n",
        "- `group:support` → `role:support`",
        "- `role:x`, which nobody has",
        "- `role:owner`, which nobody has by `orders:*`, if `{userId}=sub`",
      ].join("\n"),
      "Denied to\n\n- `group:trainees` → `role:trainee`",
    ].join("\n\n"),
  );
});

test.each([
  "p, role:support, orders:refund, A|llow",
  "p, role:support, orders:refund, d|eny # for now",
  "p|, role:, orders:refund, allow",
  "p|, role:support, *:*, allow",
  "p|,,,,",
  "p2, *@example.com, dn|ey",
  "g|, group:a",
])("a row that does not load is not said to allow or deny: %s", (row) => {
  expect(shown(row)).toMatch(/^This row has a mistake: the policy does not load with it/);
});

test("a grant with a misspelled effect is nobody's", () => {
  expect(shown("p, role:support, reports:re|ad, Allow")).toContain("- `role:unused`, which nobody has");
  expect(shown("p, role:support, reports:re|ad, Allow")).not.toContain("role:support");
});

test("a role shows who holds it, what follows from it, and what it may", () => {
  expect(shown("g, group:new, role:trai|nee")).toBe(
    [
      "`role:trainee`",
      "Held by\n\n- `group:new` → `role:trainee`\n- `group:trainees` → `role:trainee`",
      "Also has\n\n- `role:trainee` → `role:support`\n- `role:trainee` → `role:support` → `role:viewer`",
      "May\n\n- `orders:refund`: `POST /orders/{userId}/refund`\n- `orders:read`: `GET /orders/{userId}`",
      "May not\n\n- `orders:refund`: `POST /orders/{userId}/refund`",
    ].join("\n\n"),
  );
});

test("a route shows what it needs; one without a row is denied to everyone, a public one open", () => {
  expect(shown("g2, GET /orders/{userId}|, orders:read")).toContain(
    "`GET /orders/{userId}`\n\nNeeds one of `orders:read`",
  );
  expect(shown("g2, GET /heal|th, public")).toContain(
    "Public: it has no authorizer, so everyone may call it.",
  );
  expect(shown("functions: { a: { events: [{ httpApi: GET /n|ew }] } }", "serverless.yml")).toContain(
    "`GET /new`\n\nThe policy has no row for it. Such a route is denied to everyone.",
  );
});

test.each([
  [
    "|p, role:trainee, *, deny",
    "Denies, whatever other rows allow.\n\nTo\n\n- `group:trainees` → `role:trainee`",
  ],
  [
    "p, role:trainee, orders:refund, al|low, {userId}=sub",
    "Overruled by\n\n- `p, role:trainee, orders:refund, deny`",
  ],
  ["|g, group:new, role:viewer", "`group:new` has everything that `role:viewer` has."],
  [
    "|g2, GET /x, orders:read",
    "Everyone with `orders:read` may call `GET /x`: `group:[x](http://evil.example)<b>`, `group:support`",
  ],
  ["|p2, *@example.com, deny", "An address that matches `*@example.com` may not sign up; a deny wins."],
  [
    "|g3, *@example.com, group:a",
    "A new user with a verified address that matches `*@example.com` joins `group:a`.",
  ],
  ["|g4, Corp/Team, group:a", "The users of the directory group `Corp/Team` have `group:a`."],
  [
    "|p3, client:new, orders:read, api/read",
    "`client:new` may use `orders:read` on behalf of its users, if the token has the scope `api/read`.",
  ],
])("the row `%s`", (row, expected) => {
  expect(shown(row)).toContain(expected);
});

test.each([
  ["p, role:a, orders:read, allow, {use|rId}=sub", "A path parameter of\n\n- `GET /orders/{userId}`"],
  ["p, role:a, orders:read, allow, {userId}=s|ub", "`sub`\n\nA claim of the access token."],
  ["p, group:support|, orders:read, allow", "Directory groups\n\n- `Corp/Team`"],
  ["p, role:authen|ticated, orders:read, allow", "Every signed-in user has it."],
])("the name in `%s`", (row, expected) => {
  expect(shown(row)).toContain(expected);
});

test("an id of lint.json shows its rule, and a comment and any other line show nothing", () => {
  expect(shown('{ "off": { "user-r|ow": "x" } }', "policies/lint.json")).toMatch(
    /^`user-row` \(\w+\)\n\n.+\.$/,
  );
  expect(shown("# role:vie|wer")).toBeUndefined();
  expect(shown("x, role:vie|wer")).toBeUndefined();
});

test("names of others are code, and lists end", () => {
  const many = Array.from({ length: 20 }, (_, index) => `g, group:g${index}, role:viewer`).join("\n");
  expect(shown(`${many}\np, role:vie|wer, orders:read, allow`)).toContain("\n- and 17 others");
  expect(shown("p, group:`a`|, orders:read, allow")).toContain("`` group:`a` ``");
});

test.each([
  [
    "|p, role:trainee, orders:read, deny",
    "Without this row\n\n- `group:trainees` through `client:web with api/read` gains `GET /orders/{userId}`",
  ],
  ["|p, group:support, orders:read, allow", "Without this row nothing would change."],
  [
    "|g, group:new, role:viewer",
    "Without this row\n\n- `group:new` through `client:web with api/read` loses `GET /orders/{userId}`",
  ],
  ["|g2, GET /new, orders:read", "- `group:support` through `client:web with api/read` loses `GET /new`"],
  ["|g2, GET /new, public", "`GET /new` has no authorizer: everyone may call it."],
])("what the row `%s` decides", (row, expected) => {
  expect(shown(row)).toContain(expected);
});
