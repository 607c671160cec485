import fc from "fast-check";
import type { PolicyFile } from "../../src/policy/compile.ts";
import type { Edit, Finding } from "../../src/policy/finding.ts";
import { edited } from "../../src/tools/lint/fixes/right-suggestions.ts";
import { parseGroupsFile } from "../../src/tools/lint/groups-file.ts";
import { lint } from "../../src/tools/lint/lint.ts";
import { LOADER_RULES } from "../../src/tools/lint/loader-rules.ts";
import { drawn } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";
import { serviceWith } from "../unit/tools/lint/linting.ts";
import { LAMBDA, route } from "../unit/tools/lint/rules/service/support.ts";

const RIGHT = `g2, GET /orders, orders:read
g2, POST /orders, orders:create
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /invoices/{customerId}, invoices:read
g2, GET /health, public
p, role:cashier, orders:read, allow
p, role:cashier, orders:create, allow
p, role:manager, orders:delete, allow
p, role:customer, invoices:read, allow, {customerId}=sub
p, group:suspended, orders:create, deny
p, client:worker, invoices:read, allow
p, scope:shop/orders.read, orders:read, allow
g, group:cashiers, role:cashier
g, group:managers, role:manager
g, role:manager, role:cashier
g, group:customers, role:customer
p2, *@example.com, allow
p2, mallory@example.com, deny
g3, *@example.com, group:customers`;

const GROUPS_FILE = {
  path: "policies/groups.yaml",
  text: "cashiers:\n  precedence: 2\nmanagers:\n  precedence: 1\ncustomers: {}\nsuspended: {}\n",
};

const SERVICE = serviceWith({
  routes: ["GET /orders", "POST /orders", "GET /orders/{orderId}", "DELETE /orders/{orderId}"]
    .concat("GET /invoices/{customerId}")
    .map((name) => route(name, { authorizer: LAMBDA }))
    .concat(route("GET /health", { authorizer: undefined })),
  routesComplete: true,
  groups: ["cashiers", "managers", "customers", "suspended"].map((name) => ({
    name,
    at: { file: "serverless.yml", line: 3, column: 1 },
  })),
  clientNames: ["worker", "web"],
  scopes: ["shop/orders.read"],
  copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
});

interface Files {
  readonly csv: string;
  readonly groups: string;
}

function filesOf({ csv, groups }: Files): [PolicyFile, PolicyFile] {
  return [
    { path: "policies/a.csv", text: csv },
    { ...GROUPS_FILE, text: groups },
  ];
}

function findingsOf(files: Files): readonly Finding[] {
  const [rows, groupsFile] = filesOf(files);
  return lint({ model: MODEL, rows: [rows] }, { service: SERVICE, groupsFile, switchedOff: new Map() })
    .findings;
}

function applied(files: Files, edits: readonly Edit[]): Files {
  const [csv = "", groups = ""] = filesOf(files).map((file) => edited(file, edits).text);
  return { csv, groups };
}

/** What somebody does to a line by mistake. */
type Mistake = (line: string, at: number, other: string) => string;

const MISTAKES: readonly Mistake[] = [
  (line, at) => line.slice(0, at) + line.slice(at + 1),
  (line, at) => line.slice(0, at) + (line[at] ?? "") + line.slice(at),
  (line, at) => line.slice(0, at) + (line[at + 1] ?? "") + (line[at] ?? "") + line.slice(at + 2),
  (line, at) => line.slice(0, at) + (line[at] ?? "").toUpperCase() + line.slice(at + 1),
  (line, at) => `${line.slice(0, at)}x${line.slice(at + 1)}`,
  (line) => line.replace(/(group|role|user):/, ""),
  (line) => line.replace(/, (allow|deny)/, ", delete"),
  (line) => line.replace(/([a-z]+):([a-z]+), allow/, "$1, $2"),
  (line) => line.replace(/\{(\w+)\}/, ":$1"),
  (line) => line.replace("*@", "@"),
  (line) => line.replace(/^(\w+), ([^,]*), ([^,]*)/, "$1, $3, $2"),
  (_line, _at, other) => other,
];

const mistake = fc.record({
  line: fc.nat(40),
  at: fc.nat(60),
  other: fc.nat(40),
  kind: fc.constantFrom(...MISTAKES),
});

function withMistakes(
  text: string,
  mistakes: readonly (typeof mistake extends fc.Arbitrary<infer T> ? T : never)[],
) {
  const lines = text.split("\n");
  for (const { line, at, other, kind } of mistakes) {
    const index = line % lines.length;
    const before = lines[index] ?? "";
    lines[index] = kind(before, at % Math.max(1, before.length), lines[other % lines.length] ?? "");
  }
  return lines.join("\n");
}

const files = fc
  .record({
    rows: fc.array(mistake, { minLength: 1, maxLength: 3 }),
    settings: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(mistake, { maxLength: 1 }) },
    ),
  })
  .map(
    ({ rows, settings }): Files => ({
      csv: withMistakes(RIGHT, rows),
      groups: withMistakes(GROUPS_FILE.text, settings),
    }),
  );

const LOADER = new Set(LOADER_RULES.map(({ id }) => id));
const key = ({ rule, file, line }: Finding) => `${rule} ${file}:${line}`;

/** The findings of the second list that the first does not have. */
function beyond(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const left = before.map(key);
  return after.filter((finding) => {
    const at = left.indexOf(key(finding));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe("every suggestion of the linter", () => {
  it("begins from a policy without findings", () => {
    expect(findingsOf({ csv: RIGHT, groups: GROUPS_FILE.text })).toEqual([]);
    expect(parseGroupsFile(GROUPS_FILE.path, GROUPS_FILE.text).findings).toEqual([]);
  });

  it("applied, takes its finding away and adds none, unless about the row that could not be read before", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(files, (broken) => {
        const before = findingsOf(broken);
        for (const finding of before) {
          for (const { meant, edits } of finding.suggestions ?? []) {
            seen.add(finding.rule);
            const after = findingsOf(applied(broken, edits));
            const left = after.filter((one) => key(one) === key(finding)).length;
            expect(left).toBeLessThan(before.filter((one) => key(one) === key(finding)).length);
            for (const added of beyond(before, after)) {
              expect([LOADER.has(finding.rule), LOADER.has(added.rule), added.file, added.line]).toEqual([
                true,
                false,
                finding.file,
                finding.line,
              ]);
            }
            expect(finding.fix).toContain(meant);
          }
        }
      }),
      drawn(600),
    );
    for (const rule of ["effect", "subject-prefix", "permission-shape", "role-never-given", "route-shape"]) {
      expect(seen).toContain(rule);
    }
    expect(seen.size).toBeGreaterThan(10);
  }, 120_000);
});
