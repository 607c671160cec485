import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, printFinding } from "../../../../src/policy/finding.ts";
import type { PolicyFile, PolicySources } from "../../../../src/policy/load.ts";
import { parseGroupsFile } from "../../../../src/tools/lint/groups-file.ts";
import { type LintOptions, lint } from "../../../../src/tools/lint/lint.ts";
import { LOADER_RULES } from "../../../../src/tools/lint/loader-rules.ts";
import { RULES } from "../../../../src/tools/lint/registry.ts";
import { csvFiles } from "../../../../src/tools/machine/policy-files.ts";
import { parseLintConfiguration } from "../../../../src/tools/registry/switches.ts";
import { MODEL } from "../../../support/policy.ts";
import { serviceWith } from "./linting.ts";

const FIXTURES = "test/fixtures/policies-with-every-mistake";

// The facts that the claims of `accepted` are judged by; the service rules have tests of their own.
const SERVICE = serviceWith({
  groups: undefined,
  copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
  clients: [{ name: "web", writeAttributes: undefined, scopes: [] }],
});

/** The CSV files of a fixture, with its own model if it has one. */
function sourcesOf(name: string): PolicySources {
  const read = (path: string) => ({ path, text: readFileSync(path, "utf8") });
  const model = join(FIXTURES, name, "model.conf");
  const rows = csvFiles(join(FIXTURES, name)).map((path) => read(path.slice(path.indexOf(FIXTURES))));
  return { model: existsSync(model) ? read(model) : MODEL, rows };
}

/** What the `#!` lines say: `file:line:column rule`. */
function expectedIn({ rows }: Pick<PolicySources, "rows">): string[] {
  return rows.flatMap(({ path, text }) => {
    const lines = text.split("\n");
    return lines.flatMap((line, index) => {
      const [, column, rule] = /^\s*#! (\d+) (\S+)$/.exec(line) ?? [];
      if (rule === undefined) return [];
      const next = lines.findIndex((other, at) => at > index && !other.trimStart().startsWith("#!"));
      return [`${path}:${next + 1}:${column} ${rule}`];
    });
  });
}

function foundIn(
  sources: PolicySources,
  beside: Pick<LintOptions, "groupsFile" | "frontEndFile"> = {},
): string[] {
  return lint(sources, {
    service: SERVICE,
    ...beside,
    switchedOff: new Map(),
    today: "2026-11-28",
  }).findings.map(placed);
}

function placed({ file, line, column, rule }: Finding): string {
  return `${file}:${line}:${column} ${rule}`;
}

function fileOf(name: string, file: "groups.yaml" | "front-end.yaml"): PolicyFile {
  const path = join(FIXTURES, name, file);
  return { path, text: readFileSync(path, "utf8") };
}

describe("the policies with every mistake", () => {
  it.each(["accepted", "accepted-root"])("%s: each rule finds its mistake, and nothing else", (name) => {
    const sources = sourcesOf(name);
    expect(foundIn(sources)).toEqual(expectedIn(sources));
  });

  it("refused: so does the loader", () => {
    const sources = sourcesOf("refused");
    expect(foundIn(sources)).toEqual([`${sources.model.path}:1:1 model-edited`, ...expectedIn(sources)]);
  });

  it("groups: so do those that look at groups.yaml", () => {
    const sources = sourcesOf("groups");
    const groups = fileOf("groups", "groups.yaml");
    const expected = expectedIn({ rows: [groups, ...sources.rows] });
    expect(foundIn(sources, { groupsFile: groups })).toEqual(expected);
  });

  it("front-end: and those that look at front-end.yaml", () => {
    const frontEndFile = fileOf("front-end", "front-end.yaml");
    const found = foundIn(sourcesOf("front-end"), { frontEndFile });
    expect(found.filter((one) => !one.endsWith(" group-not-listed"))).toEqual(
      expectedIn({ rows: [frontEndFile] }),
    );
  });

  it("refused: and the reader of groups.yaml", () => {
    const groups = fileOf("refused", "groups.yaml");
    const { findings } = parseGroupsFile(groups.path, groups.text);
    expect(new Set(findings.map(placed))).toEqual(new Set(expectedIn({ rows: [groups] })));
  });

  it("refused: and the configuration", () => {
    const path = join(FIXTURES, "refused/lint.json");
    expect(parseLintConfiguration(path, readFileSync(path, "utf8")).findings.map(printFinding)).toEqual([
      `${path}:7:3: unknown property \`on\`; the only property is \`off\`: write \`{ "off": { "RULE": "REASON" } }\` [lint-configuration]`,
      `${path}:3:5: \`effect\` cannot be switched off: a policy with this error does not load; see docs/rules/effect.md [lint-configuration]`,
      `${path}:4:5: unknown rule \`redundant-rows\`; did you mean \`redundant-row\`? [lint-configuration]`,
      `${path}:5:17: the reason for switching off \`user-row\` is missing or too short; explain in at least 3 words why it does not apply here [lint-configuration]`,
    ]);
  });

  it("empty, and not UTF-8", () => {
    expect(foundIn(sourcesOf("empty"))).toEqual([`${FIXTURES}/empty/policy.csv:1:1 empty-policy`]);
    // In a process of its own: in jest's sandbox the decoder's TypeError is not the sandbox's.
    const script = `
      import { readPolicyDirectory } from "./src/tools/machine/policy-files.ts";
      try { readPolicyDirectory("${FIXTURES}/not-utf8"); } catch (error) { console.log(error.message); }`;
    const output = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    expect(output.toString()).toMatch(/^not-utf8\/policy\.csv:1:1: .* \[not-utf8\]\n$/);
  });

  it("leave out no rule but those whose page has an example, which is tried out as well", () => {
    const shown = new Set([
      ...["accepted", "accepted-root", "groups", "refused"].flatMap((name) =>
        expectedIn(sourcesOf(name)).map((text) => text.split(" ")[1]),
      ),
      ...["groups", "refused"].flatMap((name) =>
        expectedIn({ rows: [fileOf(name, "groups.yaml")] }).map((text) => text.split(" ")[1]),
      ),
      ...expectedIn({ rows: [fileOf("front-end", "front-end.yaml")] }).map((text) => text.split(" ")[1]),
      ...["lint-configuration", "model-edited", "empty-policy", "not-utf8", "file-unreadable"],
    ]);
    const ofRows = RULES.filter(({ category }) => category !== "service");
    const all = [...LOADER_RULES, ...ofRows].map(({ id }) => id);
    const hasExample = (id: string) =>
      readFileSync(`docs/rules/${id}.md`, "utf8").includes("## Avoid\n\n```csv\n");
    expect(all.filter((id) => !shown.has(id) && !hasExample(id))).toEqual([]);
    const known = new Set<string | undefined>([...LOADER_RULES, ...RULES].map(({ id }) => id));
    expect([...shown].filter((id) => !known.has(id))).toEqual([]);
  });
});
