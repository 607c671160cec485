import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { routeForPath } from "../../src/policy/route-table.ts";
import { convertCasbin } from "../../src/tools/import/casbin/convert.ts";
import { modelText } from "../support/casbin-models.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

const TEXT = modelText({ object: "==", action: "==", roles: true, effects: true });

/** The three comparisons, some with an alternative in parentheses or without. */
const comparisons = fc
  .tuple(
    fc.constantFrom("r.sub == p.sub", "g(r.sub, p.sub)", 'r.sub == p.sub || r.sub == "root"'),
    fc.constantFrom(
      ...["r.obj == p.obj", "keyMatch(r.obj, p.obj)", "p.obj == r.obj", '(p.obj == "*" || r.obj == p.obj)'],
      ...["r.obj == p.obj || p.obj == '*'", '(r.obj == p.obj || p.obj == " *")'],
    ),
    fc.constantFrom(
      ...[
        "r.act == p.act",
        '(r.act == p.act || p.act == "*")',
        'r.act == p.act || p.act == "*"',
        'p.act == "*"',
      ],
    ),
  )
  .chain((parts) => fc.shuffledSubarray(parts, { minLength: 3 }));
const matcher = fc
  .tuple(
    comparisons,
    fc.constantFrom("a && b && c", "(a && b) && c", "a && (b && c)", "((a) && b && c)", "a && b || c"),
  )
  .map(([[a = "", b = "", c = ""], form]) => form.replace(/[abc]/g, (one) => ({ a, b })[one] ?? c));
const row = fc
  .tuple(
    ...[
      ["alice", "bob", "admin"],
      ["/a", "/a/*", "*", "/a/b"],
      ["GET", "POST", "*"],
      ["allow", "deny"],
    ].map((texts) => fc.constantFrom(...texts)),
  )
  .map((fields) => `p, ${fields.join(", ")}`);

describe("a matcher", () => {
  it("is refused, or decides as casbin does, however its parts are joined", async () => {
    let converted = 0;
    await fc.assert(
      fc.asyncProperty(matcher, fc.array(row, { minLength: 1, maxLength: 4 }), async (text, grants) => {
        const model = { path: "model.conf", text: TEXT.replace(/m = .*/, () => `m = ${text}`) };
        const rows = [...grants, "g, alice, admin"];
        const file = { path: "policy.csv", text: rows.join("\n") };
        const { files, refused } = convertCasbin({ model, rows: [file] }, "groups");
        if (files.length === 0) return;
        converted += 1;
        const left = new Set(refused.map(({ line }) => line));
        const kept = rows.filter((_, index) => !left.has(index + 1)).join("\n");
        const enforcer = await newEnforcer(newModelFromString(model.text), new StringAdapter(kept));
        const policy = loadPolicy({ model: MODEL, rows: files });
        for (const name of ["alice", "bob", "root"]) {
          for (const path of ["a", "a/b", "x/y"]) {
            const route = routeForPath(policy.routes, "GET", path.split("/"));
            const request = { subjects: [`group:${name}` as const], route, parameters: {}, claims: {} };
            const old = enforcer.enforceSync(name, `/${path}`, "GET");
            expect(`${name} /${path}: ${decide(policy, request).effect}`).toBe(
              `${name} /${path}: ${old ? "allow" : "deny"}`,
            );
          }
        }
      }),
      drawn(2000, 400),
    );
    expect(converted).toBeGreaterThan(partOf(200));
  }, 120_000);
});
