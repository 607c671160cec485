import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ERROR_CODES } from "../../../src/errors.ts";

const sections = [...readFileSync("docs/errors.md", "utf8").matchAll(/^### (\S+)$/gm)].map(
  ([, code]) => code,
);

describe("the documentation", () => {
  it("has one section for every error code and none for codes that are gone", () => {
    expect([...sections].sort()).toEqual([...ERROR_CODES].sort());
  });

  it("names every finding of a policy file", () => {
    const code = readdirSync("src/policy")
      .map((file) => readFileSync(join("src/policy", file), "utf8"))
      .join("\n");
    const named = [...code.matchAll(/rule: "([a-z0-9-]+)"|#report\([^"]*?"([a-z0-9-]+)"/gs)].map(
      ([, a, b]) => a ?? b,
    );
    const documented = readFileSync("docs/policies.md", "utf8");
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((rule) => !documented.includes(`\`${rule}\``))).toEqual([]);
  });

  it("has no link to a file that is not there", () => {
    const pages = [
      "README.md",
      ...readdirSync("docs", { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => join("docs", file)),
    ];
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
        .map(([, target]) => join(dirname(page), target ?? ""))
        .filter((target) => !existsSync(target))
        .map((target) => `${page} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
