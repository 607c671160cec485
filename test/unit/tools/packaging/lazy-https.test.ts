import { execFileSync } from "node:child_process";
import { build, type Format } from "esbuild";
import { lazyHttpsPlugin } from "../../../../src/tools/packaging/lazy-https-plugin.ts";

// The port of the fetch is one that nothing listens on.
const PROGRAM = `
import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { SimpleFetcher } from "aws-jwt-verify/https";

const loads = () => process.moduleLoadList.includes("NativeModule https");
const before = loads() || CognitoJwtVerifier === undefined;
new SimpleFetcher().fetch("https://127.0.0.1:1/jwks.json").catch(({ message }) => {
  process.stdout.write(JSON.stringify({ before, after: loads(), message }));
});
`;

async function run(format: Format): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: process.cwd() },
    bundle: true,
    platform: "node",
    format,
    write: false,
    plugins: [lazyHttpsPlugin()],
  });
  const type = format === "esm" ? "module" : "commonjs";
  const text = execFileSync(
    process.execPath,
    [`--input-type=${type}`, "--eval", outputFiles[0]?.text ?? ""],
    {
      encoding: "utf8",
    },
  );
  return JSON.parse(text);
}

describe("the bundled verifier", () => {
  it.each(["cjs", "esm"] as const)("loads `https` with its first fetch, as %s", async (format) => {
    expect(await run(format)).toEqual({
      before: false,
      after: true,
      message: expect.stringContaining("ECONNREFUSED") as unknown,
    });
  });
});
