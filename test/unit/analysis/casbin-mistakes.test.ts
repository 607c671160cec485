import { lint } from "../../../src/analysis/lint.ts";
import { printFinding } from "../../../src/policy/finding.ts";
import { MODEL } from "../../support/policy.ts";

// What stock casbin does with each mistake was measured with 5.51.1: it fails open (ALLOW), leaves the row
// without effect (DENY), refuses the whole file (LOAD), throws or hangs at a request (REQ, HANG), or says nothing.

/** A policy in which nothing is found; each mistake is put below it, from line 10 on. */
const RIGHT = [
  "g2, GET /orders, orders:list",
  "g2, GET /orders/{orderId}, orders:read",
  "g2, DELETE /orders/{orderId}, orders:delete",
  "p, role:clerk, orders:list, allow",
  "p, role:clerk, orders:read, allow",
  "p, role:boss, orders:delete, allow",
  "g, group:clerks, role:clerk",
  "g, group:bosses, role:boss",
  "p, group:suspended, *, deny",
];

const MISTAKES: [id: string, outcome: string, lines: string[], findings: string[]][] = [
  [
    "E-arity-short: the effect is missing",
    "ALLOW",
    ["p, role:clerk, orders:delete"],
    ["10:16 too-few-columns"],
  ],
  ["E-arity-short: an empty column", "ALLOW", ["p, role:clerk, , allow"], ["10:16 empty-field"]],
  [
    "E-arity-long: several permissions in one row",
    "ALLOW, a deny is lost",
    ["p, role:clerk, orders:list, orders:delete, deny"],
    ["10:29 effect", "10:44 condition-shape"],
  ],
  ["E-eft-missing: the effect in another column", "ALLOW", ["p, group:x, deny"], ["10:13 too-few-columns"]],
  ["E-eft-value: `Deny`", "ALLOW", ["p, group:x, orders:read, Deny"], ["10:26 effect"]],
  ["E-eft-value: `Allow`", "DENY", ["p, group:x, orders:read, Allow"], ["10:26 effect"]],
  [
    "E-unknown-ptype: `P`",
    "ALLOW for a deny row",
    ["P, group:x, orders:read, deny"],
    ["10:1 unknown-row-type"],
  ],
  [
    "E-unknown-ptype: `;`",
    "ALLOW for a deny row",
    ["p; group:x; orders:read; deny"],
    ["10:1 unknown-row-type"],
  ],
  [
    "E-unknown-ptype: tabs",
    "ALLOW for a deny row",
    ["p\tgroup:x\torders:read\tdeny"],
    ["10:2 invisible-character"],
  ],
  ["E-unknown-ptype: `//`", "DENY", ["// later"], ["10:1 unknown-row-type"]],
  [
    "W-header",
    "becomes a rule",
    ["p,sub,obj,act"],
    ["10:3 subject-prefix", "10:7 permission-shape", "10:11 effect"],
  ],
  ["E-inline-comment", "DENY", ["p, group:x, orders:read, allow # text"], ["10:32 inline-comment"]],
  ["E-quote", "LOAD", ['p, "group:x, orders:read, allow'], ["10:4 unbalanced-quote"]],
  ["E-bracket", "LOAD", ["g, group:x(, role:clerk"], ["10:11 unbalanced-parenthesis"]],
  ["W-single-quote", "DENY", ["p, 'group:x', orders:read, allow"], ["10:4 subject-prefix"]],
  [
    "E-unknown-role: a typo where it is given",
    "DENY, ALLOW if its rows deny",
    ["g, group:x, role:clrk"],
    ["10:13 role-without-rights"],
  ],
  [
    "E-unknown-role: a typo in its rows",
    "DENY",
    ["p, role:clrk, orders:delete, allow"],
    ["10:4 role-never-given"],
  ],
  ["E-unknown-role: reversed g", "DENY", ["g, role:clerk, group:x"], ["10:16 role-expected"]],
  [
    "E-case: permission",
    "DENY",
    ["p, group:x, orders:Read, allow"],
    ["10:13 permission-without-route", "10:20 look-alike-name"],
  ],
  [
    "E-case: role",
    "DENY",
    ["g, group:x, role:Clerk"],
    ["10:13 role-without-rights", "10:18 look-alike-name"],
  ],
  [
    "W-near-duplicate: double space",
    "DENY",
    ["p, role:the  clerk, orders:read, allow"],
    ["10:9 subject-name"],
  ],
  [
    "W-near-duplicate: zero-width space",
    "DENY",
    ["g, group:x\u200B, role:clerk"],
    ["10:11 invisible-character"],
  ],
  [
    "W-near-duplicate: homoglyph",
    "DENY",
    ["g, group:\u0441lerks, role:boss"],
    ["10:10 look-alike-name", "10:10 mixed-script-name"],
  ],
  ["E-wildcard-literal: `*` as subject", "DENY", ["p, *, orders:read, allow"], ["10:4 subject-prefix"]],
  ["E-regex-invalid: `[GET`", "REQ", ["g2, [GET /x, orders:read"], ["10:5 route-shape"]],
  ["W-regex-unanchored: `^GET|POST$`", "ALLOW", ["g2, ^GET|POST$ /x, orders:read"], ["10:5 route-shape"]],
  [
    "W-regex-unanchored: an object without a method",
    "ALLOW",
    ["g2, /users, orders:read"],
    ["10:5 route-shape"],
  ],
  ["E-redos: several stars", "HANG", ["g2, GET /a/*/b/*/c/*, orders:read"], ["10:12 route-shape"]],
  ["E-keymatch-hang: `/users/:`", "HANG", ["g2, GET /users/:, orders:read"], ["10:16 route-shape"]],
  ["E-keymatch-hang: `/o/{id`", "HANG", ["g2, GET /o/{id, orders:read"], ["10:12 route-shape"]],
  ["E-keymatch-hang: `/o/{}`", "HANG", ["g2, GET /o/{}, orders:read"], ["10:12 route-shape"]],
  ["E-param-style: `:id`", "DENY", ["g2, GET /o/:id, orders:read"], ["10:12 route-shape"]],
  ["E-keymatch1-midstar", "ALLOW", ["g2, GET /users/*/profile, orders:read"], ["10:16 route-shape"]],
  ["W-prefix-star: `/foo*`", "ALLOW", ["g2, GET /foo*, orders:read"], ["10:10 route-shape"]],
  [
    "W-param-suffix: `/files/:name.pdf`",
    "ALLOW",
    ["g2, GET /files/:name.pdf, orders:read"],
    ["10:16 route-shape"],
  ],
  [
    "W-param-suffix: `/files/{name}.pdf`",
    "ALLOW",
    ["g2, GET /files/{name}.pdf, orders:read"],
    ["10:16 route-shape"],
  ],
  ["W-keymatch3-star: `*` as object", "REQ", ["g2, *, orders:read"], ["10:5 route-shape"]],
  [
    "W-keymatch4-groups: a parameter twice",
    "compares both values",
    ["g2, GET /p/{id}/c/{id}, orders:read"],
    ["10:19 route-shape"],
  ],
  [
    "W-colon-perm: a wildcard inside a name",
    "DENY",
    ["p, group:x, ord*:read, allow"],
    ["10:13 permission-shape"],
  ],
  ["W-glob: `!`", "ALLOW everything else", ["p, group:x, !orders:read, allow"], ["10:13 permission-shape"]],
  [
    "E-g-cycle",
    "privileges merge",
    ["g, role:clerk, role:boss", "g, role:boss, role:clerk"],
    ["10:16 inheritance-cycle"],
  ],
  ["W-g-self", "nothing", ["g, role:clerk, role:clerk"], ["10:16 inheritance-cycle"]],
  [
    "E-g-depth",
    "DENY",
    [
      "g, group:deep, role:d1",
      ...Array.from({ length: 9 }, (_, index) => `g, role:d${index + 1}, role:d${index + 2}`),
      "g, role:d10, role:boss",
    ],
    ["20:14 inheritance-depth"],
  ],
  ["E-g-arity: one value", "DENY", ["g, group:x"], ["10:4 too-few-columns"]],
  ["E-g-arity: an extra value", "ALLOW", ["g, group:x, role:clerk, tenant1"], ["10:25 too-many-columns"]],
  [
    "W-subject-collision: a bare name",
    "ALLOW with the role's rights",
    ["p, clerk, orders:read, allow"],
    ["10:4 subject-prefix"],
  ],
  ["W-duplicate", "kept", ["p, role:clerk, orders:list, allow"], ["10:1 duplicate-row"]],
  [
    "W-priority-order: a priority column",
    "ALLOW",
    ["p, 1, group:x, orders:read, deny"],
    ["10:4 subject-prefix", "10:16 effect", "10:29 condition-shape"],
  ],
  [
    "E-eval: an expression as condition",
    "REQ",
    ["p, group:x, orders:read, allow, r.sub.age > 18"],
    ["10:33 condition-shape"],
  ],
];

function lintLines(lines: readonly string[]) {
  const { findings } = lint(
    { model: MODEL, rows: [{ path: "roles.csv", text: lines.join("\n") }] },
    { service: undefined, switchedOff: new Map() },
  );
  return findings;
}

describe("a mistake that stock casbin accepts, chokes on or misreads", () => {
  it.each(MISTAKES)("%s (casbin: %s)", (_id, _outcome, lines, expected) => {
    const findings = lintLines([...RIGHT, ...lines]);
    expect(findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)).toEqual(expected);
    // An error stops the packaging; a warning would let the mistake through.
    expect(findings.map(({ severity }) => severity)).toContain("error");
  });

  it("stands below a policy in which nothing is found", () => {
    expect(lintLines(RIGHT).map(printFinding)).toEqual([]);
  });

  it.each([
    [
      "E-default-allow, E-deny-ineffective: another effect",
      MODEL.text.replace("&& !some", "|| some"),
      "model-edited",
    ],
    [
      "E-default-allow: another matcher",
      MODEL.text.replace("m = matches", "m = true || matches"),
      "model-edited",
    ],
  ])("%s", (_id, text, rule) => {
    const { findings } = lint(
      { model: { path: "model.conf", text }, rows: [{ path: "roles.csv", text: RIGHT.join("\n") }] },
      { service: undefined, switchedOff: new Map() },
    );
    expect(findings.map((finding) => `${finding.file} ${finding.rule}`)).toEqual([`model.conf ${rule}`]);
  });

  it("E-empty-policy", () => {
    expect(lintLines(["# nothing"]).map(({ rule }) => rule)).toEqual(["empty-policy"]);
  });
});
