import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { packedPackage } from "../support/packed-package.ts";

// A project of its own with the packed package and plain esbuild, in a path that has a space.

const parent = mkdtempSync(join(tmpdir(), "claimgate-esbuild-"));
const project = join(parent, "my project");
const write = (name: string, text: string) => writeFileSync(join(project, name), text);
const read = (name: string) => readFileSync(join(project, name), "utf8");
const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, {
    cwd: project,
    encoding: "utf8",
    // As in Lambda, the SDK is in a folder of NODE_PATH.
    env: {
      NODE_PATH: join(project, "runtime"),
      CLAIMGATE_USER_POOL_ID: "us-east-1_Example01",
      CLAIMGATE_APP_CLIENTS: '{"web":"client1"}',
    },
  });

const OPTIONS = `{
  entryPoints: ["src/authorizer.ts", "src/sign-up.ts", "src/required.cjs", "src/own.ts"],
  external: ["awaits-at-the-top"],
  outdir: "out", outExtension: { ".js": ".cjs" }, bundle: true, platform: "node", target: "node20",
  minifyWhitespace: true, minifySyntax: true, logLevel: "silent", plugins: [claimgatePolicy()],
}`;

beforeAll(() => {
  const home = join(project, "node_modules/claimgate");
  mkdirSync(home, { recursive: true });
  spawnSync("tar", ["-xzf", packedPackage(), "-C", home, "--strip-components=1"]);
  for (const name of ["aws-jwt-verify", "casbin", "esbuild"]) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name), "dir");
  }
  mkdirSync(join(project, "src"));
  mkdirSync(join(project, "node_modules/awaits-at-the-top"));
  mkdirSync(join(project, "runtime/@aws-sdk/client-cognito-identity-provider"), { recursive: true });
  cpSync("policies", join(project, "policies"), { recursive: true });
  rmSync(join(project, "policies/model.conf"));
  write("package.json", '{"name":"shop","private":true,"type":"module"}');
  write(
    "src/authorizer.ts",
    'import { httpAuthorizer } from "claimgate/lambda";\nexport const handler = httpAuthorizer();\n',
  );
  write(
    "src/sign-up.ts",
    'import { preSignUp } from "claimgate/lambda";\nexport const handler = preSignUp();\n',
  );
  write(
    "src/required.cjs",
    'const { preSignUp } = require("claimgate/lambda");\nexports.handler = preSignUp();\n',
  );
  write("node_modules/awaits-at-the-top/index.mjs", 'export const said = await Promise.resolve("hello");\n');
  write("node_modules/awaits-at-the-top/package.json", '{"exports":"./index.mjs"}');
  write("runtime/package.json", "{}");
  write(
    "runtime/@aws-sdk/client-cognito-identity-provider/index.js",
    `console.log("loaded");
     exports.CognitoIdentityProviderClient = class { send = async () => ({ Users: [] }) };
     exports.ListUsersCommand = class {};`,
  );
  write(
    "src/own.ts",
    `import { currentPolicy } from "claimgate/lambda";
     export const handler = async () => [(await import("awaits-at-the-top")).said, currentPolicy().version];`,
  );
  write(
    "build.mjs",
    `import { build } from "esbuild";\nimport { claimgatePolicy } from "claimgate/esbuild";
     await build(${OPTIONS}).catch(({ errors }) => {
       for (const { text, location } of errors) console.log(text, location?.lineText);
       process.exitCode = 1;
     });`,
  );
  write(
    "build.cjs",
    `const { build } = require("esbuild");\nconst { claimgatePolicy } = require("claimgate/esbuild");
     build(${OPTIONS});`,
  );
}, 120_000);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe("a project that bundles with claimgate/esbuild", () => {
  test.each(["build.mjs", "build.cjs"])("builds with %s", (script) => {
    rmSync(join(project, "out"), { recursive: true, force: true });
    expect(node(script)).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(read("out/authorizer.cjs")).toContain("role:suspended");
  });

  it("gets a trigger without casbin, without the SDK and without the rows that it does not ask about", () => {
    const code = read("out/sign-up.cjs");
    for (const trace of ["enforceSync", "orders:read", "JwtRsaVerifier", "CognitoIdentityProviderClient {"]) {
      expect(code.includes(trace)).toBe(false);
    }
    expect(code).toContain('require("@aws-sdk/client-cognito-identity-provider")');
    expect(gzipSync(code).length).toBeLessThan(14_000);
  });

  it("gets an authorizer without the file readers of casbin", () => {
    const code = read("out/authorizer.cjs");
    expect(code).toContain("enforceSync");
    for (const trace of ["CSV_INVALID_CLOSING_QUOTE", "GLOBSTAR"]) expect(code.includes(trace)).toBe(false);
  });

  it("keeps its own dynamic imports, which load ES modules that `require` cannot", () => {
    const { stdout, stderr } = node(
      "-e",
      'require("./out/own.cjs").handler().then(([said]) => console.log(said))',
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("hello\n");
  });

  it("loads the SDK of the runtime at the first event that needs it", () => {
    const script = (event: string) => `
      const { handler } = require("./out/sign-up.cjs");
      console.log("started");
      handler(${readFileSync(`events/cognito/${event}.json`, "utf8")}).then(() => console.log("answered"));`;
    const said = (event: string) => node("-e", script(event)).stdout.replace(/^\{.*\n/gm, "");
    expect(said("admin-creates-user")).toBe("started\nanswered\n");
    expect(said("sign-up")).toBe("started\nloaded\nanswered\n");
  });

  test.each(["sign-up", "required"])("answers an event of Cognito with out/%s.cjs", (name) => {
    const event = readFileSync("events/cognito/admin-creates-user.json", "utf8");
    const script = `require("./out/${name}.cjs").handler(${event}).then(({ response }) => console.log(JSON.stringify(response)))`;
    const { stdout, stderr } = node("-e", script);
    expect(stderr).toBe("");
    expect(stdout).toContain('{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}');
  });

  it("stops where a row is wrong, at its place and with its line", () => {
    const rows = read("policies/roles.csv");
    write("policies/roles.csv", rows.replace("p, role:suspended, *, deny", "p, role:suspended, *, Deny"));
    const { status, stdout } = node("build.mjs");
    write("policies/roles.csv", rows);
    expect(stdout).toMatch(
      /^policies\/roles\.csv:\d+:23: the effect is `Deny`; .* p, role:suspended, \*, Deny/m,
    );
    expect(status).toBe(1);
  });

  it("stops where a rule of lint finds an error", () => {
    write("policies/more.csv", "g, role:a, role:b\ng, role:b, role:a\n");
    const { status, stdout } = node("build.mjs");
    rmSync(join(project, "policies/more.csv"));
    expect(stdout).toMatch(/^policies\/more\.csv:\d:\d+: .* \[inheritance-cycle\]/m);
    expect(status).toBe(1);
  });

  it("stops where the directory is missing", () => {
    write(
      "missing.mjs",
      read("build.mjs").replace("claimgatePolicy()", 'claimgatePolicy({ policies: "rules" })'),
    );
    const { status, stdout } = node("missing.mjs");
    expect(stdout).toMatch(/^the policy in .*rules cannot be read: /m);
    expect(status).toBe(1);
  });
});

describe("a project without a bundler", () => {
  const importing = (code: string) => node("--input-type=module", "-e", code);

  it("passes the compiled policy", () => {
    const compiled = node(
      "node_modules/claimgate/dist/claimgate.cjs",
      "compile",
      "--output",
      "src/policy.json",
    );
    expect(compiled).toMatchObject({ status: 0 });
    const { stdout, stderr } = importing(
      `import { readFileSync } from "node:fs";
       import { httpAuthorizer } from "claimgate/lambda";
       import { assemblePolicy } from "claimgate/policy";
       const policy = assemblePolicy(JSON.parse(readFileSync("src/policy.json", "utf8")));
       const handler = httpAuthorizer({ policy, environment: { ...process.env, CLAIMGATE_LOG_INPUTS: "hashed" } });
       console.log(await handler({ version: "2.0" }).catch(({ name }) => name));`,
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^UndecidedError$/m);
  });

  it("is told what to do if it does not: the function does not start", () => {
    const { status, stderr } = importing(
      'import { httpAuthorizer } from "claimgate/lambda"; httpAuthorizer();',
    );
    expect(stderr).toContain(
      "the bundle contains no policy: build it with the plugin of `claimgate/esbuild`",
    );
    expect(status).toBe(1);
  });

  it("is told which variable is wrong", () => {
    const { stderr } = importing(
      'import { httpAuthorizer } from "claimgate/lambda"; httpAuthorizer({ environment: {} });',
    );
    expect(stderr).toContain("environment variable `CLAIMGATE_USER_POOL_ID` is missing or empty");
  });
});
