import fc from "fast-check";
import { assembleIndexed } from "../../src/policy/assemble.ts";
import { type CompiledRow, compilePolicy } from "../../src/policy/compile.ts";
import { type IndexedPolicy, indexedPolicy } from "../../src/policy/indexed-policy.ts";
import type { Policy, PolicyRow } from "../../src/policy/policy.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";
import { MODEL } from "../support/policy.ts";

const OTHERS = [
  "p2, *, allow",
  "p2, *@Example.com, deny",
  "g3, *@example.com, group:staff",
  "g3, *, group:a:b",
  "g4, CorpSAML/Engineering, group:staff",
  'g4, "CorpSAML/a, b", "group:a""b"',
];

const policies = fc
  .tuple(decisionCase({ min: 1, max: 1 }), fc.subarray(OTHERS), fc.nat())
  .map(([{ rows }, others, at]) => {
    const texts = [...rows.map(spellRow), ...others];
    const cut = at % texts.length;
    const file = (path: string, lines: readonly string[]) => ({ path, text: lines.join("\n") });
    return compilePolicy({
      model: MODEL,
      rows: [file("policies/a.csv", texts.slice(cut)), file("policies/b.csv", texts.slice(0, cut))],
    });
  });

it("a packaged policy has every row as it was compiled, with its place", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(policies, (compiled) => {
      const policy = assembleIndexed(JSON.parse(JSON.stringify(indexedPolicy(compiled))) as IndexedPolicy);
      const placed = compiled.rows.map(([type, file, line, ...fields], ordinal) => ({
        type,
        row: { file: compiled.files[file], line, fields, ordinal },
      }));
      for (const { type } of placed) seen.add(type);
      for (const [type, rows] of Object.entries(placedRows(policy))) {
        expect(rows.map(bare)).toEqual(placed.filter((one) => one.type === type).map(({ row }) => row));
      }
      expect(assignments(policy)).toEqual(pairs(compiled.rows, "g"));
      expect(routes(policy)).toEqual(pairs(compiled.rows, "g2"));
    }),
    drawn(1_000),
  );
  expect([...seen].sort()).toEqual(["g", "g2", "g3", "g4", "p", "p2", "p3"]);
});

const placedRows = (policy: Policy): Readonly<Record<string, readonly PolicyRow[]>> => ({
  p: policy.decisionRows,
  p2: policy.signUpRows,
  g3: policy.landingRows,
  g4: policy.directoryRows,
  p3: [...policy.apps.values()]
    .flatMap((byPattern) => [...byPattern.values()].flat())
    .sort((a, b) => a.ordinal - b.ordinal),
});

const bare = ({ file, line, fields, ordinal }: PolicyRow) => ({ file, line, fields, ordinal });

/** The two columns of the rows of a type, sorted. */
const pairs = (rows: readonly CompiledRow[], type: string) =>
  rows.flatMap(([own, , , ...fields]) => (own === type ? [fields.join(" > ")] : [])).sort();

const assignments = ({ directRoles, tenantRoles }: Policy) =>
  [...directRoles, ...tenantRoles.map((group) => [group.member, group.directRoles] as const)]
    .flatMap(([member, roles]) => roles.map((role) => `${member} > ${role}`))
    .sort();

const routes = ({ routeEntries }: Policy) =>
  [...routeEntries]
    .flatMap(([route, { permissions }]) =>
      (permissions.length === 0 ? ["public"] : permissions).map((permission) => `${route} > ${permission}`),
    )
    .sort();
