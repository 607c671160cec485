import { readdirSync, readFileSync } from "node:fs";
import { type Finder, kindsOf } from "../../../../src/tools/findings/kind.ts";
import { RENAMED } from "../../../../src/tools/findings/renamed.ts";
import { KINDS } from "../../../../src/tools/registry/kinds.ts";
import { withKinds } from "../../../support/kinds-page.ts";

const IDS = KINDS.map(({ id }) => id);

function page(id: string): string {
  return readFileSync(`docs/rules/${id}.md`, "utf8");
}

describe("the registry of findings", () => {
  it("has each id once, in kebab-case, sorted", () => {
    expect(IDS).toEqual([...new Set(IDS)].sort());
    expect(IDS.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it("knows what every old id is called now, and has no old id", () => {
    expect([...RENAMED.values()].filter((id) => !IDS.includes(id))).toEqual([]);
    expect([...RENAMED.keys()].filter((id) => IDS.includes(id))).toEqual([]);
  });

  it("makes one kind of the finders that share an id", () => {
    const said: Finder = { id: "a", severity: "error", summary: "what it is", category: "service" };
    const kinds = kindsOf({ editing: [said], packaging: [{ id: "a" }], deployed: [] }, new Set());
    expect(kinds).toEqual([
      {
        id: "a",
        severity: "error",
        summary: "what it is",
        occasions: ["editing", "packaging"],
        found: ["service", "packaging"],
        canBeOff: true,
      },
    ]);
  });

  it("wants one of them to say what it is", () => {
    expect(() => kindsOf({ editing: [], packaging: [{ id: "a" }], deployed: [] }, new Set())).toThrow(
      "no finder describes `a`",
    );
  });

  it("has one summary for each id, by one finder", () => {
    // Two would be two vocabularies again.
    const summaries = KINDS.map(({ summary }) => summary);
    expect(new Set(summaries).size).toBe(summaries.length);
  });
});

describe("the pages in docs/rules", () => {
  it("are one for each id, and none for anything else", () => {
    const files = readdirSync("docs/rules").filter((name) => name !== "README.md");
    expect(files.map((file) => file.replace(/\.md$/, "")).sort()).toEqual(IDS);
  });

  it.each(KINDS)("$id has its head and its sections", ({ id, severity, found }) => {
    const text = page(id);
    expect(text.startsWith(`# ${id}\n\n**${severity}** \u00b7 ${found.join(", ")}\n\n## What\n`)).toBe(true);
    const sections = Array.from(text.matchAll(/^## (.*)$/gm), ([, title]) => title).join(", ");
    // What is not written by hand has nothing to avoid, only something to do.
    expect(sections.replace("Avoid, Prefer", "Fix")).toBe(
      "What, Why it is dangerous, Fix, When to switch it off",
    );
    const bodies = text.split(/^## .*$/m).slice(1);
    expect(bodies.filter((body) => body.trim() === "")).toEqual([]);
  });

  it("are listed in README.md as the registry has them", () => {
    const text = readFileSync("docs/rules/README.md", "utf8");
    expect(withKinds(text)).toBe(text);
  });
});
