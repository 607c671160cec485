import { build } from "esbuild";
import { browserBuild } from "../../../../src/tools/packaging/browser-build.ts";

const bundled = (contents: string) =>
  build({
    ...browserBuild(),
    format: "esm",
    stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
    metafile: true,
    write: false,
    logLevel: "silent",
  });

describe("a build of the policy engine for a browser", () => {
  it("imports nothing of Node and nothing external", async () => {
    const { metafile, outputFiles } = await bundled('export * from "./src/library/policy.ts";');
    const inputs = Object.values(metafile.inputs);
    expect(inputs.length).toBeGreaterThan(30);
    expect(inputs.flatMap(({ imports }) => imports).filter(({ external }) => external === true)).toEqual([]);
    expect(Object.keys(metafile.inputs)).toEqual(
      expect.arrayContaining(["src/policy/sha256-browser.ts", "node_modules/casbin/lib/esm/index.mjs"]),
    );
    expect(Object.keys(metafile.inputs)).not.toContain("src/policy/sha256.ts");
    expect(outputFiles[0]?.contents.length).toBeLessThan(125_000);
  });

  it("fails where a module imports what only Node has", async () => {
    await expect(bundled('export * from "./src/policy/sha256.ts"; import "node:fs";')).rejects.toThrow(
      'Could not resolve "node:fs"',
    );
  });
});
