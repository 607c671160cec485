import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { runCheck } from "../../src/tools/cli/check/run-check.ts";
import { runFmt } from "../../src/tools/cli/check/run-fmt.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { contextIn } from "../support/command-context.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";
import { MODEL } from "../support/policy.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-fix-directory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Other names for what is there; also for the directory that the name lies in. */
const link = fc.constantFrom(
  { to: ".", at: "loop" },
  { to: "..", at: "one/loop" },
  { to: "one", at: "current" },
  { to: "one/a.csv", at: "alias.csv" },
  { to: "b.csv", at: "0.csv" },
  { to: "../b.csv", at: "one/b.csv" },
  { to: "one", at: "0" },
  { to: "current", at: "again" },
);
const hardLink = fc.constantFrom({ of: "b.csv", at: "c.csv" }, { of: "one/a.csv", at: "one/0.csv" });
const FILES = ["one/a.csv", "b.csv", "two/b.csv"];

const policyWithLinks = fc.record({
  decisions: decisionCase({ min: 3, max: 3 }),
  placing: fc.infiniteStream(fc.nat(FILES.length - 1)),
  copies: fc.array(fc.tuple(fc.nat(99), fc.nat(FILES.length - 1)), { maxLength: 6 }),
  links: fc.uniqueArray(link, { maxLength: 5, selector: ({ at }) => at }),
  hardLinks: fc.uniqueArray(hardLink, { maxLength: 2, selector: ({ at }) => at }),
});

type PolicyWithLinks = typeof policyWithLinks extends fc.Arbitrary<infer T> ? T : never;

/** Writes it, and says how many copies of rows there are. */
function write(policies: string, { decisions, placing, copies, links, hardLinks }: PolicyWithLinks): number {
  rmSync(policies, { recursive: true, force: true });
  for (const name of ["one", "two"]) mkdirSync(join(policies, name), { recursive: true });
  writeFileSync(join(policies, "model.conf"), MODEL.text);
  const lines = decisions.rows.map(spellRow);
  const texts = FILES.map((): string[] => []);
  for (const line of lines) texts[Number(placing.next().value ?? 0)]?.push(line);
  for (const [row, file] of copies) texts[file]?.push(lines[row % lines.length] ?? "");
  for (const [index, name] of FILES.entries())
    writeFileSync(join(policies, name), (texts[index] ?? []).map((line) => `${line}\n`).join(""));
  for (const { to, at } of links) symlinkSync(to, join(policies, at));
  for (const { of, at } of hardLinks) linkSync(join(policies, of), join(policies, at));
  return copies.length;
}

const canonical = (rows: readonly { readonly text: string }[]) =>
  [...new Set(rows.map(({ text }) => text))].sort();

/** The rows that are read, copies and all, and what they decide. */
function stateOf(policies: string, { requests }: PolicyWithLinks["decisions"]) {
  const sources = readPolicyDirectory(policies);
  const policy = loadPolicy(sources);
  return {
    rows: parsePolicy(sources.rows).rows.map(({ text }) => text),
    effects: requests.map(({ subjects, route, parameters, claims }) =>
      route === undefined ? undefined : decide(policy, { subjects, route, parameters, claims }).effect,
    ),
  };
}

describe("check --fix on a directory with links, hard links and copies of rows", () => {
  it("leaves each row once, and every decision as it was", async () => {
    const policies = join(folder, "policies");
    let copies = 0;
    await fc.assert(
      fc.asyncProperty(policyWithLinks, async (one) => {
        copies += write(policies, one);
        const rows = one.decisions.rows.map(spellRow);
        const wanted = loadPolicy({
          model: MODEL,
          rows: [{ path: "policies/all.csv", text: rows.join("\n") }],
        });
        await runCheck(contextIn(folder).context, { policies: "policies", format: "pretty", fix: true });
        const after = stateOf(policies, one.decisions);
        expect(after.rows).toEqual(canonical(parsePolicy([{ path: "", text: rows.join("\n") }]).rows));
        expect(after.effects).toEqual(
          one.decisions.requests.map(({ subjects, route, parameters, claims }) =>
            route === undefined ? undefined : decide(wanted, { subjects, route, parameters, claims }).effect,
          ),
        );
      }),
      drawn(120, 25),
    );
    expect(copies).toBeGreaterThan(40);
  });

  it("as does fmt, which keeps every name of a file", async () => {
    const policies = join(folder, "formatted");
    await fc.assert(
      fc.asyncProperty(policyWithLinks, async (one) => {
        write(policies, { ...one, copies: [] });
        writeFileSync(join(policies, "b.csv"), "\n\np,role:spelled ,  x:y,allow\n", { flag: "a" });
        const before = stateOf(policies, one.decisions);
        await runFmt(contextIn(folder).context, { policies: "formatted", format: "pretty" });
        expect(stateOf(policies, one.decisions)).toEqual(before);
      }),
      drawn(60, 25),
    );
  });
});
