import { convertCasbin } from "../../../../../src/tools/import/casbin/convert.ts";
import { modelText } from "../../../../support/casbin-models.ts";

const BASE = { object: "keyMatch2", action: "regexMatch", roles: true, effects: true };

function converted(rows: string, model: Partial<typeof BASE> = {}) {
  const files = { model: { path: "model.conf", text: modelText({ ...BASE, ...model }) } };
  return convertCasbin({ ...files, rows: [{ path: "policy.csv", text: rows }] }, "groups");
}

/** The rows of a converted file, without its comments. */
function rowsOf(conversion: ReturnType<typeof converted>, path: string): readonly string[] {
  const text = conversion.files.find((file) => file.path === path)?.text ?? "";
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

function refusedModel(text: string): readonly string[] {
  const model = { path: "model.conf", text };
  const rows = [{ path: "policy.csv", text: "p, admin, /orders, GET, allow" }];
  return convertCasbin({ model, rows }, "groups").refused.map(({ line, message }) => `${line}: ${message}`);
}

describe("a converted policy", () => {
  it("has a route for each path and method, named after them", () => {
    const policy = converted("p, clerk, /orders, GET, allow\np, clerk, /orders/:id, (GET)|(PUT), allow");
    expect(rowsOf(policy, "routes.csv")).toEqual([
      "g2, GET /orders, orders:list",
      "g2, GET /orders/{id}, orders:read",
      "g2, PUT /orders/{id}, orders:update",
    ]);
    expect(rowsOf(policy, "roles.csv")).toEqual([
      "p, group:clerk, orders:list, allow",
      "p, group:clerk, orders:read, allow",
      "p, group:clerk, orders:update, allow",
    ]);
  });

  it("has the overlap of two paths as a route that both permissions open", () => {
    const policy = converted("p, a, /orders/:id, GET, allow\np, b, /:kind/export, GET, deny");
    expect(rowsOf(policy, "routes.csv")).toEqual(
      expect.arrayContaining(["g2, GET /orders/export, orders:read", "g2, GET /orders/export, export:list"]),
    );
  });

  it("gives roles to groups of their names, and to the roles above them", () => {
    const policy = converted("p, clerk, /orders, GET, allow\ng, admin, clerk\ng, root, admin");
    expect(rowsOf(policy, "roles.csv")).toContain("g, role:admin, role:clerk");
    expect(rowsOf(policy, "groups.csv").toSorted()).toEqual([
      "g, group:admin, role:admin",
      "g, group:clerk, role:clerk",
      "g, group:root, role:admin",
    ]);
  });

  it("keeps resources apart from paths of the same name", () => {
    const policy = converted("p, a, orders, ^list$, allow\np, b, /orders, GET, allow");
    expect(rowsOf(policy, "roles.csv")).toEqual([
      "p, group:a, orders:list, allow",
      "p, group:b, orders-2:list, allow",
    ]);
  });

  it.each([
    ["^/$", ["GET /"]],
    ["^/.*$", ["GET /", "GET /{proxy+}"]],
    ["^/a/[^/]+/c$", ["GET /a/{id}/c"]],
    ["^\\/[^/]+\\/[^/]+$", ["GET /{id}/{id2}"]],
    ["^/a/.+$", ["GET /a/{proxy+}"]],
    ["^/a(/.*)?$", ["GET /a", "GET /a/{proxy+}"]],
    ["^/v1\\.0(?:/.+)?$", ["GET /v1.0", "GET /v1.0/{proxy+}"]],
  ])("has routes for an expression of whole segments: `%s`", (expression, routes) => {
    const policy = converted(`p, a, ${expression}, GET, allow`, { object: "regexMatch" });
    expect({ routes: policy.routes, refused: policy.refused }).toEqual({ routes, refused: [] });
  });

  it("is nothing for a policy without rows", () => {
    const { files, refused } = converted("# nothing\n");
    expect(files).toEqual([]);
    expect(refused.map(({ message }) => message)).toEqual(["the policy has no `p` row"]);
  });
});

describe("a refused row", () => {
  const REFUSED: readonly [row: string, column: number, message: RegExp, model?: Partial<typeof BASE>][] = [
    ["p, a, /orders*, GET, allow", 7, /begins with `\/orders`/, { object: "keyMatch" }],
    ["p, a, /users/*/x, GET, allow", 7, /ignores what follows/, { object: "keyMatch" }],
    ["p, a, /orders/:id, GET, allow", 7, /compares `:id` as it is written/, { object: "keyMatch" }],
    ["p, a, /orders/{id}, GET, allow", 7, /as it is written/, { object: "==" }],
    ["p, a, *, GET, allow", 7, /no effect/, { object: "==" }],
    ["p, a, *, GET, allow", 7, /throw/, { object: "keyMatch3" }],
    ["p, a, /a/{proxy+}, GET, allow", 7, /one whole segment/, { object: "keyMatch3" }],
    ["p, a, /a/{x}/{x}, GET, allow", 7, /with each other/, { object: "keyMatch4" }],
    ["p, a, /a/{, GET, allow", 7, /run forever/, { object: "keyMatch5" }],
    ["p, a, /a/*, GET, allow", 7, /begin with a dot/, { object: "globMatch" }],
    ["p, a, /a, GET, allow", 7, /anywhere in the path/, { object: "regexMatch" }],
    ["p, a, ^/a|/b$, GET, allow", 7, /more than segments/, { object: "regexMatch" }],
    ["p, a, ^/v1.0$, GET, allow", 7, /more than segments/, { object: "regexMatch" }],
    ["p, a, ^/a/[^/]*$, GET, allow", 7, /more than segments/, { object: "regexMatch" }],
    ["p, a, ^/a/\\d+$, GET, allow", 7, /more than segments/, { object: "regexMatch" }],
    ["p, a, ^/a/{}$, GET, allow", 7, /more than segments/, { object: "regexMatch" }],
    ["p, a, /a, G.T, allow", 11, /reads `G\.T` as a pattern/, { action: "keyMatch2" }],
    ["p, a, /a, {m}, allow", 11, /reads `\{m\}` as a pattern/, { action: "keyMatch5" }],
    ["p, a, /a, DEL*, allow", 11, /reads `DEL\*` as a pattern/, { action: "globMatch" }],
    ["p, a, /v1.0, GET, allow", 7, /any character/],
    ["p, a, /orders/, GET, allow", 7, /ends with a slash/],
    ["p, a, /a//b, GET, allow", 7, /empty segment/],
    ["p, a, /a/*/b, GET, allow", 7, /any number of segments/],
    ["p, a, /a/:, GET, allow", 7, /run forever/],
    ["p, a, /a/:id.pdf, GET, allow", 7, /one whole segment/],
    ['p, a, "/v1.0", GET, allow', 8, /any character/],
    ["p, a, /a, get, allow", 11, /finds `get` anywhere/],
    ["p, a, /a, read, allow", 11, /not a method/, { action: "==" }],
    ["p, a, /a, *, allow", 11, /no effect/, { action: "==" }],
    ["p, a, /a, GET|, allow", 11, /empty and matches every action/],
    ["p, a, /a, G.T, allow", 11, /more than alternatives/],
    ["p, a, /a, HEAD, allow", 11, /`HEAD` without `GET`/],
    ["p, a, orders, read, allow", 15, /finds `read` anywhere/],
    ["p, *, /a, GET, allow", 4, /`\*` as it is written/],
    ["p, a, /a, GET, Deny", 16, /neither allow nor deny/],
    ["p, a, /a, GET", 1, /4|found 3/],
    ["p, sub, obj, act, eft", 1, /header/],
    ["p2, a, /a, GET, allow", 1, /ignores them/],
    ["p, role:authenticated, /a, GET, allow", 4, /built in/],
    ["p, two words, /a, GET, allow", 4, /no spaces/],
    ["g, a, a", 1, /to itself/],
    ["g, a, b, c", 1, /2 columns/],
    ["g, a, group:b", 7, /only `role:`/],
    ["g, a, b", 1, /does not call `g`/, { roles: false }],
  ];

  it.each(REFUSED.map(([row, column, message, model = {}]) => [row, column, message, model] as const))(
    "is named with its place and the reason: `%s`",
    (row, column, message, model) => {
      const path = model.object === "regexMatch" ? "^/z$" : "/z";
      const { refused } = converted(`p, z, ${path}, GET, allow\n${row}`, model);
      expect(refused.map((one) => [one.file, one.line, one.column])).toEqual([["policy.csv", 2, column]]);
      expect(refused[0]?.message).toMatch(message);
      expect(refused[0]?.fix).toMatch(/\S/);
    },
  );

  it("is a deny without effect where nothing denies", () => {
    const text = modelText(BASE).replace(" && !some(where (p.eft == deny))", "");
    const rows = [{ path: "policy.csv", text: "p, a, /a, GET, allow\np, a, /b, GET, deny" }];
    const { refused, mayWiden } = convertCasbin({ model: { path: "m", text }, rows }, "groups");
    expect(refused.map(({ message }) => message)).toEqual([
      "a `deny` has no effect with the `policy_effect` of the model",
    ]);
    expect(mayWiden).toBe(false);
  });

  it("may widen the rest if it may deny something, by itself or by a role", () => {
    expect(converted("p, a, /a, GET, allow\np, a, /b*, GET, deny").mayWiden).toBe(true);
    expect(converted("p, a, /a, GET, allow\np, a, /b, GET, Deny").mayWiden).toBe(true);
    expect(converted("p, a, /a, GET, allow\np, b, /a, GET, deny\ng, x x, b").mayWiden).toBe(true);
    expect(converted("p, a, /a, GET, allow\np, a, /b*, GET, allow").mayWiden).toBe(false);
    expect(converted("p, a, /a, GET, allow\ng, x x, b").mayWiden).toBe(false);
  });

  it("is one whose name another name already is", () => {
    const { refused } = converted(
      "p, admin, /a, GET, allow\np, group:clerk, /b, GET, allow\np, clerk, /c, GET, allow",
    );
    expect(refused.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "3: `clerk` and `group:clerk` both become `group:clerk`",
    ]);
  });

  it("is the eleventh link of a chain, at which casbin stops", () => {
    const chain = Array.from({ length: 11 }, (_, index) => `g, n${index}, n${index + 1}`).join("\n");
    const { refused } = converted(`p, n11, /a, GET, allow\n${chain}`);
    expect(refused.map(({ line }) => line)).toEqual([12]);
    expect(converted(`p, n10, /a, GET, allow\n${chain.replace(/\n[^\n]*$/, "")}`).refused).toEqual([]);
  });
});

describe("files of Windows", () => {
  it("are read as others: with a byte order mark and CRLF", () => {
    const model = { path: "model.conf", text: `\uFEFF${modelText(BASE).replaceAll("\n", "\r\n")}` };
    const text = '\uFEFF# roles\r\np, "clerk", "/orders", GET, allow\r\n\r\ng, admin, clerk # all\r\n';
    const { refused, routes } = convertCasbin({ model, rows: [{ path: "policy.csv", text }] }, "groups");
    expect(routes).toEqual(["GET /orders"]);
    expect(refused.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
      expect.stringMatching(/^4:11: `clerk # all` cannot be/),
    ]);
  });

  it("are refused as a whole where a spreadsheet wrote other separators", () => {
    const { refused, mayWiden } = converted("p;a;/a;GET;allow\np;b;/b;GET;deny\n");
    expect(refused.map(({ line, fix }) => `${line}: ${fix}`)).toEqual([
      "1: save the file with commas between the columns",
    ]);
    expect(mayWiden).toBe(true);
  });
});

describe("a refused model", () => {
  it("is told once where it is the policy, named in the wrong order", () => {
    expect(refusedModel("# rows\np, admin, /orders, GET, allow\ng, alice, admin\n")).toEqual([
      "1: the file has the rows of a policy, not a model",
    ]);
  });

  const withMatcher = (matcher: string) => modelText(BASE).replace(/m = .*/, `m = ${matcher}`);

  it.each([
    ["eval(p.sub) && r.obj == p.obj && r.act == p.act", /ABAC/],
    ["r.sub == r.obj.Owner", /ABAC/],
    ["ipMatch(r.sub, p.sub) && r.obj == p.obj && r.act == p.act", /IP addresses/],
    ["g(r.sub, p.sub, r.obj) && r.act == p.act", /by domain/],
    ["g(r.sub, p.sub) && g2(r.obj, p.obj) && r.act == p.act", /roles of resources/],
    ["r.sub == p.sub && r.obj == p.obj && r.act != p.act", /negates/],
    ['r.sub == p.sub && r.obj == p.obj && r.act == p.act || r.sub == "root"', /alternative/],
    // `&&` binds closer: with a row of `*`, everyone may do everything.
    ['r.sub == p.sub && r.obj == p.obj && r.act == p.act || p.act == "*"', /alternative/],
    ['(r.sub == p.sub && r.obj == p.obj || p.obj == "*") && r.act == p.act', /alternative/],
    // The blank is compared, too.
    ['r.sub == p.sub && r.obj == p.obj && (r.act == p.act || p.act == " *")', /alternative/],
    ['r.sub == p.sub && r.obj == p.obj && r.act == p.act && r.sub != "root"', /negates/],
    ["myMatch(r.sub, p.sub) && r.obj == p.obj && r.act == p.act", /`myMatch`/],
    ["keyMatch(r.sub, p.sub) && r.obj == p.obj && r.act == p.act", /subjects by a pattern/],
    ["r.sub == p.sub && g(r.obj, p.obj) && r.act == p.act", /follows roles of `p.obj`/],
    ["r.sub == p.sub && r.obj == p.obj", /does not compare `r.act`/],
    ["r.sub == p.sub && r.obj == p.obj && r.act == p.obj", /does not read the column|more than/],
  ])("is refused by name: `%s`", (matcher, message) => {
    expect(refusedModel(withMatcher(matcher))).toEqual([expect.stringMatching(message)]);
  });

  it.each(["keyMatch", "keyMatch2", "keyMatch3", "keyMatch4", "keyMatch5", "regexMatch", "globMatch"])(
    "is refused where `%s` takes the value of the request for the pattern",
    (name) => {
      for (const term of [
        `${name}(p.obj, r.obj) && r.act == p.act`,
        `r.obj == p.obj && ${name}(p.act, r.act)`,
      ]) {
        expect(refusedModel(withMatcher(`r.sub == p.sub && ${term}`))).toEqual([
          expect.stringContaining(`\`${name}\` takes the value of the request for the pattern`),
        ]);
      }
    },
  );

  it("is refused by its effect, its roles and its definitions", () => {
    const text = modelText(BASE);
    const effect = (value: string) => text.replace(/e = .*/, `e = ${value}`);
    expect(refusedModel(effect("priority(p.eft) || deny"))).toEqual([expect.stringMatching(/priority/)]);
    expect(refusedModel(effect("subjectPriority(p.eft) || deny"))).toEqual([
      expect.stringMatching(/priority/),
    ]);
    expect(refusedModel(effect("!some(where (p.eft == deny))"))).toEqual([
      expect.stringMatching(/no row denies/),
    ]);
    expect(refusedModel(text.replace("g = _, _", "g = _, _, _"))).toEqual([
      expect.stringMatching(/^6: .*domain/),
    ]);
    expect(refusedModel(`${text}m2 = r.sub == p.sub\n`)).toEqual([
      expect.stringMatching(/second definition, `m2`/),
    ]);
    expect(refusedModel(text.replace("[role_definition]\ng = _, _\n", ""))).toEqual([
      expect.stringMatching(/no `\[role_definition\]`/),
    ]);
    expect(refusedModel(text.replace("r = sub, obj, act", "r = obj, sub, act"))).toEqual([
      expect.stringMatching(/^2: .*another order/),
    ]);
    expect(refusedModel(`${text.trimEnd()} \\\n`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^10: .*nothing follows/)]),
    );
    expect(refusedModel(text.replace("act, eft\n", "act, eft \\\n"))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^4: .*nothing follows/)]),
    );
    expect(refusedModel("nonsense")).toEqual(
      expect.arrayContaining([expect.stringMatching(/^1: the line is not/)]),
    );
  });

  it("is read with comments, continued lines and parentheses, as casbin reads it", () => {
    const matcher =
      "(g(r.sub, p.sub) && \\\n  (r.obj == p.obj)) && (p.act == '*' || r.act == p.act) # the end";
    const model = { path: "model.conf", text: withMatcher(matcher) };
    const rows = [{ path: "policy.csv", text: "p, admin, /orders, *, allow" }];
    const { refused, routes } = convertCasbin({ model, rows }, "groups");
    expect({ refused, routes }).toEqual({ refused: [], routes: ["ANY /orders"] });
  });
});
