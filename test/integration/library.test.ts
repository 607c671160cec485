import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { documentedExports } from "../support/documented-exports.ts";
import { packedPackage } from "../support/packed-package.ts";

// The package as somebody else gets it: packed, unpacked into a project of theirs, imported by its exports.

const project = mkdtempSync(join(tmpdir(), "claimgate-library-"));
function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8" });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}

/** The TypeScript of a page of the documentation. */
const snippets = (page: string) =>
  [...readFileSync(page, "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);

beforeAll(() => {
  const home = join(project, "node_modules", "claimgate");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", packedPackage(), "-C", home, "--strip-components=1"]);
  const installed = ["aws-jwt-verify", "casbin", "@middy", "@types", "@aws-sdk", "typescript"];
  for (const dependency of [...installed, "serverless", "serverless-esbuild", "esbuild"]) {
    symlinkSync(resolve("node_modules", dependency), join(project, "node_modules", dependency), "dir");
  }
  writeFileSync(join(project, "package.json"), '{"type":"module","private":true}');
  mkdirSync(join(project, "policies"));
  writeFileSync(
    join(project, "policies/orders.csv"),
    "p, group:staff, orders:read, allow\ng2, GET /orders/{orderId}, orders:read\n",
  );
}, 120_000);

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe("the package", () => {
  it("has the exports, the command and the model, and no sources or tests", () => {
    const files = run("find", "node_modules/claimgate", "-type", "f").trim().split("\n");
    expect(files).toEqual(
      expect.arrayContaining([
        "node_modules/claimgate/dist/claimgate.cjs",
        "node_modules/claimgate/dist/library/policy.js",
        "node_modules/claimgate/dist/library/policy.cjs",
        "node_modules/claimgate/dist/library/policy.d.ts",
        "node_modules/claimgate/dist/library/policy.d.cts",
        "node_modules/claimgate/policies/model.conf",
      ]),
    );
    expect(
      files.filter((file) => /\/(src|test|events)\//.test(file) || /(?<!\.d)\.c?ts$/.test(file)),
    ).toEqual([]);
  });

  it("is imported as an ES module, and decides", () => {
    const text = snippets("docs/library.md").find((snippet) => snippet.includes("loadPolicy")) ?? "";
    writeFileSync(join(project, "own.mjs"), text.replace("(path: string)", "(path)"));
    expect(run(process.execPath, "own.mjs")).toMatch(
      /^allow \[\n {2}\{\n {4}file: 'policies\/orders\.csv',\n {4}line: 1,/,
    );
  });

  it("is required by a CommonJS module", () => {
    writeFileSync(
      join(project, "own.cjs"),
      `for (const name of ["policy", "authorizers", "triggers", "caller", "middleware", "mcp", "client", "client/casl", "lambda"]) {
        const module = require("claimgate/" + name);
        console.log(name, Object.keys(module).length > 0);
      }`,
    );
    expect(run(process.execPath, "own.cjs")).toBe(
      "policy true\nauthorizers true\ntriggers true\ncaller true\nmiddleware true\nmcp true\nclient true\nclient/casl true\nlambda true\n",
    );
  });

  const doors = [
    "policy",
    "authorizers",
    "triggers",
    "caller",
    "middleware",
    "mcp",
    "client",
    "client-casl",
    "lambda",
  ].map((name) => `library/${name}`);
  const declared = () =>
    documentedExports(
      [...doors, "esbuild", "cognito"].map((door) =>
        join(project, `node_modules/claimgate/dist/${door}.d.ts`),
      ),
    );

  it("explains every export, and shows each that is called", () => {
    const exports = declared();
    expect(exports.length).toBeGreaterThan(100);
    expect(exports.filter(({ explanation }) => explanation === "").map(({ name }) => name)).toEqual([]);
    const shown = exports.filter(({ isValue, examples }) => !isValue || examples.length > 0);
    expect(exports.filter((one) => !shown.includes(one)).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ["as an ES module", "nodenext", "nodenext", ".ts"],
    ["as CommonJS", "node16", "node16", ".cts"],
    ["by a bundler", "esnext", "bundler", ".ts"],
  ])("has types, by which every example is right %s", (_how, module, moduleResolution, extension) => {
    const pages = [
      ...snippets("docs/library.md"),
      ...snippets("docs/middleware.md"),
      // test/examples compiles what imports the SDK of MCP.
      ...snippets("docs/mcp.md").filter((text) => !text.includes("@modelcontextprotocol")),
      ...snippets("docs/local-cognito.md"),
    ];
    expect(pages.length).toBeGreaterThanOrEqual(6);
    const examples = [...pages, ...declared().flatMap((one) => one.examples)];
    // CommonJS has neither `import.meta` nor a top-level `await`; middy is an ES module.
    const fitting = examples.filter(
      (text) => extension === ".ts" || !/import\.meta|^(const .*)?await |@middy/m.test(text),
    );
    const folder = join(project, `examples-${module}`);
    mkdirSync(folder);
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    for (const [index, text] of fitting.entries()) {
      write(
        `${index}${extension}`,
        extension === ".cts" ? text.replace(/"\.\/(policy|server)\.js"/, '"./$1.cjs"') : text,
      );
    }
    const given = 'import type { Policy } from "claimgate/policy";\nexport declare const policy: Policy;\n';
    write(`policy${extension}`, given);
    write(
      `server${extension}`,
      'import type { Caller, McpMessage } from "claimgate/mcp";\n' +
        "export declare const tools: readonly string[];\n" +
        "export declare function answer(message: McpMessage, caller: Caller): Promise<unknown>;\n",
    );
    write(
      `globals.d${extension}`,
      `import type { AuthorizerDependencies } from "claimgate/authorizers";
       import type { Policy } from "claimgate/policy";
       declare global {
         function refundOrder(): Promise<{ statusCode: number }>;
         const event: { readonly headers: { readonly authorization: string } };
         const order: { readonly tenantId: string };
         const token: string;
         const policy: Policy;
         const dependencies: AuthorizerDependencies;
       }`,
    );
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
    const platform = { target: "es2023", lib: ["es2023"], types: ["node"], moduleDetection: "force" };
    const compilerOptions = { ...strict, ...platform, module, moduleResolution };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts", "*.cts"] }));
    expect(run(process.execPath, "node_modules/typescript/bin/tsc", "-p", folder)).toBe("");
  });
});

describe("a service of its own that bundles a compiled policy, with the plugin of docs/library.md", () => {
  const sls = () =>
    spawnSync(process.execPath, ["node_modules/serverless/bin/serverless.js", "package"], {
      cwd: project,
      encoding: "utf8",
    });
  const compile = () => run(process.execPath, "node_modules/claimgate/dist/claimgate.cjs", ...COMPILE);
  const [COMMAND = ""] = /claimgate compile .*$/m.exec(readFileSync("docs/library.md", "utf8")) ?? [];
  const COMPILE = COMMAND.split(" ").slice(1);
  const [, SETTINGS = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync("docs/library.md", "utf8")) ?? [];
  const service = (settings: string) => `service: shop
${settings}package: { patterns: ["!**", "src/**"] }
provider:
  name: aws
  runtime: nodejs24.x
  httpApi:
    authorizers:
      own: { type: request, functionName: a, resultTtlInSeconds: 0, identitySource: $request.header.Authorization, enableSimpleResponses: true, payloadVersion: "2.0" }
functions:
  a:
    handler: src/a.handler
    events: [{ httpApi: { method: GET, path: "/orders/{orderId}", authorizer: own } }]
`;
  const ROWS = "p, group:staff, orders:read, allow\ng2, GET /orders/{orderId}, orders:read\n";
  const rows = (text: string) => writeFileSync(join(project, "policies/orders.csv"), text);

  beforeAll(() => {
    rows(ROWS);
    mkdirSync(join(project, "src"));
    const source = [
      'import { assemblePolicy } from "claimgate/policy";',
      'import compiled from "./policy.json";',
      "export const handler = async () => assemblePolicy(compiled).version;",
    ];
    writeFileSync(join(project, "src/a.ts"), source.join("\n"));
    writeFileSync(join(project, "serverless.yml"), service(SETTINGS.replace(/\s+#.*$/gm, "")));
    compile();
  });

  it("packages the policy that was compiled from the rows as they are", () => {
    expect(sls()).toMatchObject({ status: 0 });
  }, 60_000);

  it("packages nothing when a row is broken, and says where", () => {
    rows(`${ROWS}p, group:staff, orders:read, alow\n`);
    const { status, stdout, stderr } = sls();
    expect(stdout + stderr).toMatch(
      /the policy has errors and cannot be deployed:\s+policies\/orders\.csv:3:30: the effect is `alow`/,
    );
    expect(status).toBe(1);
  }, 60_000);

  it("packages nothing when the rows have changed, until they are compiled again", () => {
    rows(`${ROWS}p, group:guests, orders:read, deny\n`);
    const { status, stdout, stderr } = sls();
    expect(stdout + stderr).toMatch(
      /`src\/policy\.json` is stale: .*`p, group:guests, orders:read, deny` \(policies\/orders\.csv:3\)/,
    );
    expect(status).toBe(1);
    compile();
    expect(sls()).toMatchObject({ status: 0 });
  }, 60_000);

  it.each([
    ["complied: src/policy.json", "did you mean `compiled`?"],
    ["compiled: src/polcy.json", "`custom.claimgate.compiled` names `src/polcy.json`, which does not exist"],
  ])(
    "packages nothing when the setting is %s",
    (setting, said) => {
      const settings = `plugins: [claimgate/serverless]\ncustom: { claimgate: { ${setting} } }\n`;
      writeFileSync(join(project, "serverless.yml"), service(settings));
      const { status, stdout, stderr } = sls();
      expect(stdout + stderr).toContain(said);
      expect(status).toBe(1);
    },
    60_000,
  );

  it("warns when it is not told which file is bundled", () => {
    writeFileSync(join(project, "serverless.yml"), service("plugins: [claimgate/serverless]\n"));
    const { status, stdout, stderr } = sls();
    expect(stdout + stderr).toMatch(/`custom\.claimgate\.compiled` names no file/);
    expect(status).toBe(0);
  }, 60_000);
});
