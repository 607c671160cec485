import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { anchorsOf, documentationPages, linksOf } from "../../support/markdown.ts";

const links = documentationPages().flatMap((page) =>
  linksOf(page)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", anchor] = target.split("#");
      return { page, target, file: path === "" ? page : join(dirname(page), path), anchor };
    }),
);

describe("a link in the documentation", () => {
  it("to a file leads to one that is there", () => {
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter(({ file }) => !existsSync(file))).toEqual([]);
  });

  it("to a section leads to a heading that is there", () => {
    // A state for the playground is no section: test/unit/docs/playground-links.test.ts opens it.
    const toSections = links.filter(
      ({ file, anchor }) => anchor !== undefined && file.endsWith(".md") && !anchor.startsWith("v1."),
    );
    expect(toSections.length).toBeGreaterThan(10);
    const broken = toSections.filter(
      ({ file, anchor }) => existsSync(file) && !anchorsOf(file).has(anchor ?? ""),
    );
    expect(broken).toEqual([]);
  });
});
