import { execFileSync } from "node:child_process";
import { build, type Metafile } from "esbuild";
import { compilePolicy } from "../../../../src/policy/compile.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";
import { policyBundling } from "../../../../src/tools/packaging/policy-bundling.ts";

// What a cold start reads, counted and not timed: docs/adr/0093-cold-start.md

interface Bundle {
  readonly code: string;
  readonly kilobytes: number;
  /** The kilobytes of inputs whose path matches. */
  readonly of: (path: RegExp) => number;
}

async function bundled(name: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${name} } from "claimgate/lambda";`, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    outfile: "function.cjs",
    metafile: true,
    minify: true,
    platform: "node",
    format: "cjs",
    conditions: ["claimgate-source", "module"],
    logLevel: "error",
    plugins: [policyBundling("policies", (directory) => compilePolicy(readPolicyDirectory(directory)))],
  });
  const code = outputFiles[0]?.text ?? "";
  return { code, kilobytes: code.length / 1000, of: (path) => kilobytesOf(metafile, path) };
}

function kilobytesOf({ outputs }: Metafile, path: RegExp): number {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const matching = inputs.filter(([input]) => path.test(input));
  return matching.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0) / 1000;
}

const FOREIGN =
  /node_modules\/(csv-parse|minimatch|brace-expansion|commander|@aws-sdk|@smithy)\/|^src\/(tools|sample)\//;

describe("the minified bundle of a function", () => {
  it.each([
    ["httpAuthorizer", 160],
    ["restAuthorizer", 160],
    ["websocketAuthorizer", 155],
    ["appSyncAuthorizer", 155],
    ["preSignUp", 32],
    ["postConfirmation", 27],
    ["preTokenGeneration", 49],
  ])("%s has less than %i KB, and no parser of CSV, no command and no AWS SDK", async (name, bound) => {
    const bundle = await bundled(name);
    expect(bundle.of(FOREIGN)).toBe(0);
    expect(bundle.kilobytes).toBeLessThan(bound);
  });

  it("that decides has casbin once, and each row once", async () => {
    const bundle = await bundled("httpAuthorizer");
    expect(bundle.of(/node_modules\/(casbin|@casbin|jsep)\//)).toBeLessThan(80);
    expect(
      bundle.code.split("role:trainee,orders:refund,deny".replaceAll(",", '\\",\\"')).length,
    ).toBeLessThan(3);
  });

  it.each(["preSignUp", "postConfirmation", "preTokenGeneration"])("%s has no casbin", async (name) => {
    const bundle = await bundled(name);
    expect(bundle.of(/node_modules\/(casbin|@casbin|jsep|aws-jwt-verify)\//)).toBe(0);
  });

  it("loads no module of Node for the network before it is asked", async () => {
    const { code } = await bundled("httpAuthorizer");
    const loaded = execFileSync(process.execPath, [], { input: `${code};${LOADED}`, encoding: "utf8" });
    expect(JSON.parse(loaded)).toEqual(["crypto"]);
  });
});

/** Prints which of these the bundle has loaded. `tls` and `net` would come with `https`. */
const LOADED = `console.log(JSON.stringify(["crypto", "https", "http", "tls"]
  .filter((name) => process.moduleLoadList.includes("NativeModule " + name))))`;
