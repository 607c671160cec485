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
