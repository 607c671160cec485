import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  privateImports,
  publishedManifest,
  type RootManifest,
} from "../../../../src/tools/packaging/published-manifest.ts";

const ROOT = JSON.parse(readFileSync("package.json", "utf8")) as RootManifest;

describe("the package.json that is published", () => {
  const published = publishedManifest(ROOT);

  it("leads to no source, and to nothing that only a checkout has", () => {
    expect(JSON.stringify([published["exports"], published["imports"]])).not.toMatch(/claimgate-|\.\/src\//);
    expect(Object.keys(published)).toEqual(
      expect.arrayContaining(["name", "version", "bin", "dependencies"]),
    );
    for (const own of ["scripts", "devDependencies", "overrides", "private"]) {
      expect(published).not.toHaveProperty([own]);
    }
  });

  it("has a door for each file of src/library, for ES modules and for CommonJS, types first", () => {
    const exports = published["exports"] as Readonly<Record<string, object>>;
    for (const name of readdirSync("src/library").map((file) => file.replace(/\.ts$/, ""))) {
      const path = `./dist/library/${name}`;
      const { browser: _, ...door } = {
        browser: undefined,
        ...exports[`./${name.replace(/^client-/, "client/")}`],
      };
      expect(JSON.stringify(door)).toBe(
        JSON.stringify({
          import: { types: `${path}.d.ts`, default: `${path}.js` },
          require: { types: `${path}.d.cts`, default: `${path}.cjs` },
        }),
      );
    }
  });

  it("leads a build for a browser to an engine in one file, with the same types", () => {
    expect(published).toHaveProperty(["exports", "./policy", "browser"], {
      import: { types: "./dist/library/policy.d.ts", default: "./dist/browser/policy.js" },
      require: { types: "./dist/library/policy.d.cts", default: "./dist/browser/policy.cjs" },
    });
  });

  it("is not the root's: packing there is refused, with the command to use", () => {
    const { prepack } = ROOT["scripts"] as Readonly<Record<string, string>>;
    const { status, stderr } = spawnSync(prepack ?? "", { shell: true, encoding: "utf8" });
    expect(stderr).toContain("run `npm run tarball` for the tarball");
    expect(status).toBe(1);
  });
});

describe("the private imports", () => {
  it("lead to deployed modules, where a build sets no condition for local runs", () => {
    const sources = privateImports(ROOT);
    expect(sources).toContain("src/lambda/compiled-policy.ts");
    expect(sources.filter((path) => !/^src\/(lambda|token)\//.test(path))).toEqual([]);
  });
});

test("in tests the doors are the sources, whatever was built before", () => {
  const require = createRequire(import.meta.filename);
  expect(require.resolve("claimgate/lambda")).toMatch(/src\/library\/lambda\.ts$/);
});
