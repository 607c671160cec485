import { readdirSync, readFileSync } from "node:fs";
import { FIXABLE_RULES } from "../../../../src/tools/lint/fixes/safe-fix.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { LOADER_RULES } from "../../../../src/tools/lint/loader-rules.ts";
import { RULES } from "../../../../src/tools/lint/registry.ts";
import { FOLDER_REGISTRIES, filesOf } from "../../../support/folder-registry.ts";
import { MODEL } from "../../../support/policy.ts";

const IDS = [...LOADER_RULES, ...RULES].map(({ id }) => id).sort();
/** Findings about files beside the rows, which the loader does not read. */
const BESIDE_THE_ROWS = ["front-end-file", "lint-configuration", "groups-file"];

function page(name: string): string {
  return readFileSync(`docs/rules/${name}.md`, "utf8");
}

/** The rules that policy lines break. */
function brokenBy(text: string): Set<string> {
  const report = lint(
    { model: MODEL, rows: [{ path: "policy.csv", text }] },
    { service: undefined, switchedOff: new Map(), today: "2026-11-28" },
  );
  return new Set(report.findings.map(({ rule }) => rule));
}

/** The rules that a file beside the rows breaks; comments in it may hold rows: `# policies/groups.csv: ROW`. */
function brokenBeside(file: "groupsFile" | "frontEndFile", text: string): Set<string> {
  const filler = "p, role:filler, filler:read, allow";
  const named = Array.from(text.matchAll(/^# policies\/\S+\.csv: (.*)$/gm), ([, row]) => row);
  const rows = [filler, ...named].join("\n");
  const report = lint(
    { model: MODEL, rows: [{ path: "policy.csv", text: rows }] },
    { service: undefined, [file]: { path: "beside.yaml", text }, switchedOff: new Map() },
  );
  return new Set(report.findings.map(({ rule }) => rule));
}

/** The pages whose examples are a file beside the rows. */
const ABOUT_FILES = [
  ["groups-file", "groupsFile"],
  ["group-not-listed", "groupsFile"],
  ["group-role-tied", "groupsFile"],
  ["group-settings-refused", "groupsFile"],
  ["group-settings-unused", "groupsFile"],
  ["front-end-file", "frontEndFile"],
  ["front-end-unknown", "frontEndFile"],
  ["front-end-inexact", "frontEndFile"],
] as const;

function examples(name: string, language = "csv"): Map<string, string> {
  const blocks = page(name).matchAll(
    new RegExp(`^## (Avoid|Prefer)\\n\\n\`\`\`${language}\\n([^\`]*)\`\`\`$`, "gm"),
  );
  return new Map(Array.from(blocks, ([, section = "", text = ""]) => [section, text]));
}

describe("the registry of rules", () => {
  it("has every file of src/tools/lint/rules, under its own id", () => {
    for (const registry of FOLDER_REGISTRIES.filter(({ list }) => list === "RULES")) {
      expect(RULES.map(({ id }) => id)).toEqual([...filesOf(registry).keys()]);
    }
  });

  it("has those that need serverless.yml in rules/service, and no others", () => {
    const service = FOLDER_REGISTRIES.filter(({ list }) => list === "RULES").flatMap((registry) =>
      [...filesOf(registry)].filter(([, file]) => file.startsWith("service/")).map(([id]) => id),
    );
    expect(service.length).toBeGreaterThan(20);
    expect(RULES.filter(({ category }) => category === "service").map(({ id }) => id)).toEqual(service);
  });

  it("has every finding that the loader reports", () => {
    const sources = readdirSync("src/policy").map((name) => readFileSync(`src/policy/${name}`, "utf8"));
    const reader = readFileSync("src/tools/machine/policy-files.ts", "utf8");
    const reported = [...sources, reader].flatMap((text) => [
      ...Array.from(text.matchAll(/\brule: "([a-z0-9-]+)"/g), ([, name]) => name),
      ...Array.from(text.matchAll(/#report\(\s*[^,]+,\s*[^,]+,\s*"([a-z0-9-]+)"/g), ([, name]) => name),
    ]);
    const here = LOADER_RULES.map(({ id }) => id).filter((name) => !BESIDE_THE_ROWS.includes(name));
    expect([...new Set(reported)].sort()).toEqual(here);
  });
});

describe("the examples of their pages", () => {
  const shown = IDS.filter((name) => examples(name).size > 0);

  it.each(shown)("%s: what to avoid breaks the rule, what to prefer does not", (name) => {
    const { Avoid: avoid = "", Prefer: prefer = "" } = Object.fromEntries(examples(name));
    expect(brokenBy(avoid)).toContain(name);
    expect(brokenBy(prefer)).not.toContain(name);
  });

  it.each(ABOUT_FILES)(
    "%s: what to avoid in the %s breaks the rule, what to prefer does not",
    (name, file) => {
      const { Avoid: avoid = "", Prefer: prefer = "" } = Object.fromEntries(examples(name, "yaml"));
      expect(brokenBeside(file, avoid)).toContain(name);
      expect(brokenBeside(file, prefer)).not.toContain(name);
    },
  );

  it("show examples that are tried out, for most rules", () => {
    expect(shown.length).toBeGreaterThan(35);
  });

  it("are listed in README.md where some of their findings can be fixed without asking", () => {
    const [, list = ""] =
      /`claimgate check --fix` applies([^#]*)/.exec(readFileSync("docs/rules/README.md", "utf8")) ?? [];
    expect(Array.from(list.matchAll(/`([a-z-]+)`/g), ([, name]) => name)).toEqual(FIXABLE_RULES);
  });

  it("are listed in docs/policies.md as far as the loader reports them", () => {
    const [, list = ""] =
      /## Names of findings\n([^#]*)/.exec(readFileSync("docs/policies.md", "utf8")) ?? [];
    const listed = Array.from(list.matchAll(/`([a-z0-9-]+)`/g), ([, name]) => name ?? "");
    const loader = LOADER_RULES.map(({ id }) => id).filter((name) => name !== "lint-configuration");
    expect(loader.filter((name) => !listed.includes(name))).toEqual([]);
  });
});
