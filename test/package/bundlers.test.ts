import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { consumerProject } from "../support/consumer-project.ts";
import { consumerService, ENVIRONMENT, httpEvent, nobody, staff } from "../support/consumer-service.ts";

// The doors in bundles without a plugin of claimgate, by esbuild and by webpack, which test/package installs.

const project = consumerProject(["webpack"], "test/package/node_modules");
beforeAll(() => {
  consumerService(project);
});
afterAll(() => project.remove());

describe("a minified bundle of CommonJS", () => {
  const bundle = join(project.folder, "out/handler.js");
  async function bundled(source: string): Promise<number> {
    project.write("src/handler.js", source);
    await build({
      entryPoints: [join(project.folder, "src/handler.js")],
      outfile: bundle,
      bundle: true,
      minify: true,
      platform: "node",
      external: ["@aws-sdk/*"],
      logLevel: "error",
    });
    return statSync(bundle).size / 1000;
  }

  test.each([
    ["caller", 12],
    ["triggers", 80],
    ["middleware", 230],
    ["mcp", 230],
    ["policy", 240],
    ["authorizers", 300],
    ["lambda", 400],
  ])("that requires all of claimgate/%s has less than %i KB", async (door, bound) => {
    expect(await bundled(`exports.door = require("claimgate/${door}");`)).toBeLessThan(bound);
  });

  it.each([
    ['const { readCaller } = require("claimgate/caller");', "exports.handler", 12],
    ['import { readCaller } from "claimgate/caller";', "export const handler", 2.5],
    ['import { readCaller } from "claimgate/middleware";', "export const handler", 2.5],
  ])("has no engine with %s", async (line, exported, bound) => {
    const size = await bundled(`${line}\n${exported} = async (event) => readCaller(event) ?? "nobody";`);
    expect(size).toBeLessThan(bound);
    expect(readFileSync(bundle, "utf8")).not.toMatch(/casbin|enforceSync/);
    expect(project.call("out/handler.js", {})).toEqual({ answer: "nobody" });
  });
});

describe("a bundle for a browser", () => {
  it.each([
    ["an ES module", 'import { decide } from "claimgate/policy";\nconsole.log(decide);'],
    ["CommonJS", 'console.log(require("claimgate/policy").decide);'],
  ])("has the engine of claimgate/policy and nothing of Node, imported by %s", async (_, source) => {
    project.write("src/page.js", source);
    const { metafile, outputFiles } = await build({
      entryPoints: [join(project.folder, "src/page.js")],
      bundle: true,
      minify: true,
      platform: "browser",
      format: "iife",
      metafile: true,
      write: false,
      logLevel: "error",
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    expect(imports.filter(({ external }) => external === true)).toEqual([]);
    expect(outputFiles[0]?.text).toContain("enforceSync");
    expect(outputFiles[0]?.contents.length).toBeLessThan(125_000);
  });
});

describe("a function that webpack builds with the configuration of docs/library.md", () => {
  const [, CONFIGURATION = ""] =
    /^```js\n(\/\/ webpack[\s\S]*?)^```$/m.exec(readFileSync("docs/library.md", "utf8")) ?? [];
  const ES_MODULE = `import { httpAuthorizer } from "claimgate/lambda";
import { assemblePolicy } from "claimgate/policy";
import compiled from "./policy.json";
export const handler = httpAuthorizer({ policy: assemblePolicy(compiled) });
`;
  const COMMON_JS = `const { httpAuthorizer } = require("claimgate/lambda");
const { assemblePolicy } = require("claimgate/policy");
exports.handler = httpAuthorizer({ policy: assemblePolicy(require("./policy.json")) });
`;

  beforeAll(() => {
    const compile = ["compile", "--output", "src/policy.json"];
    expect(project.node("node_modules/claimgate/dist/claimgate.cjs", ...compile)).toMatchObject({
      status: 0,
    });
    project.write("webpack.config.cjs", CONFIGURATION);
    project.write(
      "build.cjs",
      `require("webpack")(require("./webpack.config.cjs"), (error, stats) => {
        const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
        for (const { message } of [...errors, ...warnings]) console.log(message);
      });`,
    );
  });

  it.each([
    ["an ES module", ES_MODULE],
    ["CommonJS", COMMON_JS],
  ])("decides, written as %s", (_, source) => {
    project.write("src/authorizer.js", source);
    expect(project.node("build.cjs")).toEqual({ status: 0, output: "" });
    const answer = (token: string) => project.call("dist/authorizer.js", httpEvent(token), ENVIRONMENT);
    expect(answer(staff())).toMatchObject({ answer: { isAuthorized: true } });
    expect(answer(nobody())).toMatchObject({ answer: { isAuthorized: false } });
    expect(answer(`${staff()}x`)).toMatchObject({ answer: { isAuthorized: false } });
  });
});
