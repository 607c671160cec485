import { readFileSync } from "node:fs";
import type { PolicyFile } from "../../../../src/policy/compile.ts";
import { parseRows } from "../../../../src/policy/parse.ts";
import { fixFiles } from "../../../../src/tools/lint/fixes/fix-files.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { MODEL } from "../../../support/policy.ts";

const ORIGINAL = `# What each role may do.

g, group:staff, role:viewer
p, role:viewer, orders:read, allow

g2, GET /orders, orders:read
`;

const findingsOf = (rows: readonly PolicyFile[]) =>
  lint({ model: MODEL, rows }, { service: undefined, switchedOff: new Map() }).findings;

const rulesOf = (text: string) =>
  findingsOf([{ path: "policies/a.csv", text }]).map(({ rule, line }) => `${line} ${rule}`);

const fixed = (text: string) =>
  fixFiles([{ path: "policies/a.csv", text }], findingsOf)
    .files[0]?.text.replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n");

const SAVED: readonly [how: string, text: string][] = [
  ["lines padded with commas", readFileSync("test/fixtures/spreadsheet-commas.csv", "utf8")],
  [
    "semicolons, as where the comma is the decimal sign",
    "\uFEFF# What each role may do.;;;;\r\n;;;;\r\ng;group:staff;role:viewer;;\r\np;role:viewer;orders:read;allow;\r\n;;;;\r\ng2;GET /orders;orders:read;;\r\n",
  ],
  [
    "a line that names the separator",
    "sep=;\n# What each role may do.\n\ng;group:staff;role:viewer\np;role:viewer;orders:read;allow\n\ng2;GET /orders;orders:read\n",
  ],
  [
    "tabs",
    "# What each role may do.\t\t\t\n\t\t\t\ng\tgroup:staff\trole:viewer\t\np\trole:viewer\torders:read\tallow\n\t\t\t\ng2\tGET /orders\torders:read\t\n",
  ],
  [
    "full-width punctuation",
    "# What each role may do.\n\ng，group:staff，role：viewer\np, role：viewer，orders：read，allow\n\ng2，GET /orders，orders:read\n",
  ],
];

describe("a policy that a spreadsheet has saved", () => {
  it.each(SAVED)("%s: is one finding", (_how, text) => {
    const [first, ...others] = rulesOf(text);
    expect(first).toMatch(/ spreadsheet-file$/);
    expect(others).toEqual([]);
  });

  it.each(SAVED)("%s: comes back exactly", (_how, text) => {
    expect(fixed(text)).toBe(ORIGINAL);
    expect(rulesOf(fixed(text) ?? "")).toEqual([]);
  });

  it("has the mistakes of its rows reported at their places, in addition to that finding", () => {
    expect(
      rulesOf("g;group:staff;role:viewer\np;role:viewer;orders:read;alow\ng2;GET /orders;orders:read\n"),
    ).toEqual(["1 spreadsheet-file", "2 effect"]);
  });

  it("has comments joined again that were split at their commas, and unquoted", () => {
    const text = 'g;group:a;role:b;\n# viewers; editors;;\n"# say ""no""; please";;\np;role:b;x:y;allow\n';
    expect(fixed(text)).toBe(
      'g, group:a, role:b\n# viewers, editors\n# say "no"; please\np, role:b, x:y, allow\n',
    );
  });

  it.each([
    ["above rows with commas", "sep=;\np,role:a,x:y,allow\n", "p, role:a, x:y, allow\n"],
    ["above a policy file", "sep=\t\n# a; b\np, role:a, x:y, allow\n", "# a; b\np, role:a, x:y, allow\n"],
    [
      "above rows with semicolons and one with commas",
      "sep=;\np;role:a;x:y;allow\np,role:b,x:y,deny\n",
      "p, role:a, x:y, allow\np,role:b,x:y,deny\n",
    ],
    ["above nothing", "sep=;\n", ""],
  ])("has a named separator ignored for the rows that do not have it: %s", (_what, text, after) => {
    expect(fixed(text)).toBe(after);
  });

  it.each([
    ["prose", "# Customers read,\n# and staff write,\np, role:a, x:y, allow\n"],
    ["rows that are commented out", "# p,role:a,b:c,allow,\n  # g,group:a,role:b,,\np, role:a, x:y, allow\n"],
    ["comments only", "#,,,\n#,\n# why,,\n"],
  ])("is not what comments that end with commas are: %s", (_what, text) => {
    expect(rulesOf(text).join()).not.toContain("spreadsheet-file");
    expect(fixed(text)).toBe(text);
  });

  it("has the separators at the end of its comments left alone, where no other line is filled up", () => {
    expect(fixed("sep=,\n# Customers read,\n# p,role:a,b:c,allow,\np, role:a, x:y, allow\n")).toBe(
      "# Customers read,\n# p,role:a,b:c,allow,\np, role:a, x:y, allow\n",
    );
  });

  it("is not what a group's name with such a sign is, nor one comma too many", () => {
    expect(
      rulesOf(
        "g, group:a；b，c, role:viewer\np, role:viewer, orders:read, allow\ng2, GET /orders, orders:read\n",
      ),
    ).toEqual([]);
    expect(parseRows("a.csv", "p, role:a, x:y, allow,").findings.map(({ rule }) => rule)).toEqual([
      "empty-field",
    ]);
  });
});
