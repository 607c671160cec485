import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BARE_ENVIRONMENT } from "../support/bare-environment.ts";
import { modelText } from "../support/casbin-models.ts";
import { programCommands } from "../support/cli-page.ts";
import { decisionLine } from "../support/decision-log-lines.ts";
import { packedPackage } from "../support/packed-package.ts";
import { samplePolicy } from "../support/policy.ts";

// The package as npm installs it from its tarball, with its own dependencies and nothing of this checkout, in a
// project whose path has a space. What the bundle leaves out and package.json does not name is missing here only.

const parent = mkdtempSync(join(tmpdir(), "claimgate-packed-"));
const project = join(parent, "my project");

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function claimgate(...args: readonly string[]): Run {
  return spawnSync(join(project, "node_modules/.bin/claimgate"), args, {
    cwd: project,
    encoding: "utf8",
    env: BARE_ENVIRONMENT,
  });
}

beforeAll(() => {
  mkdirSync(join(project, "logs"), { recursive: true });
  const tarball = packedPackage();
  writeFileSync(join(project, "package.json"), '{"name":"shop","private":true}');
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", tarball], {
    cwd: project,
  });
  cpSync("policies", join(project, "policies"), { recursive: true });
  const subjects = ["role:authenticated", "group:support"] as const;
  const question = { route: "GET /orders", subjects, parameters: {}, claims: {} };
  writeFileSync(join(project, "logs/decisions.log"), `${decisionLine(samplePolicy(), question)}\n`);
  mkdirSync(join(project, "old"));
  const kept = modelText({ object: "keyMatch2", action: "regexMatch", roles: true, effects: true });
  writeFileSync(join(project, "old/model.conf"), kept);
  writeFileSync(join(project, "old/policy.csv"), "p, clerk, /orders/:id, GET, allow\ng, alice, clerk\n");
  // The service of somebody who has the framework; it comes with no claimgate.
  symlinkSync(resolve("node_modules/serverless"), join(project, "node_modules/serverless"), "dir");
  writeFileSync(
    join(project, "serverless.yml"),
    "service: shop\nprovider: { name: aws }\nfunctions:\n" +
      "  orders: { handler: a.b, events: [{ httpApi: GET /orders }] }\n" +
      ["preSignUp", "postConfirmation", "preTokenGeneration"]
        .map((name) => `  ${name}: { handler: a.b }\n`)
        .join(""),
  );
}, 180_000);

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Reached only once the AWS SDK is loaded. */
const NO_CREDENTIALS = /no AWS credentials were found \[aws_credentials_missing\]/;

/** A real run of every command: its arguments, its exit status, and what it prints on either stream. */
const RUNS: Readonly<
  Record<string, { readonly args: readonly string[]; readonly status: number; readonly says: RegExp }>
> = {
  init: {
    args: ["--policies", "new policies", "--guard", "all", "--dry-run"],
    status: 0,
    says: /would write new policies\/routes\.csv/,
  },
  new: { args: ["notes", "--gateway", "rest"], status: 0, says: /the service `notes`/ },
  import: {
    args: ["casbin", "old/model.conf", "old/policy.csv", "--callers", "groups", "-o", "converted"],
    status: 0,
    says: /converted\/routes\.csv/,
  },
  // Standard input is empty here, as if the client went at once.
  mcp: { args: [], status: 0, says: /^$/ },
  export: { args: ["cedar", "-o", "in cedar"], status: 0, says: /wrote \d+ policies to 'in cedar'/ },
  // The keys themselves are in the network.
  keys: { args: ["eu-west-1_AbC", "--form", "new"], status: 1, says: /`new` is not an issuer form/ },
  check: { args: [], status: 0, says: /^0 errors/m },
  fmt: { args: ["--check"], status: 0, says: /^/ },
  compile: { args: ["--output", "src/policy.json"], status: 0, says: /wrote src\/policy\.json/ },
  types: { args: ["-o", "src/names.ts"], status: 0, says: /wrote src\/names\.ts: 10 permissions/ },
  client: { args: ["-o", "src/access.json"], status: 0, says: /wrote src\/access\.json: 6 permissions/ },
  bundle: { args: ["-o", "build"], status: 0, says: /wrote 10 archives and manifest\.json to build/ },
  test: { args: [], status: 0, says: /passed/ },
  can: { args: ["group:support", "GET /orders"], status: 0, says: /allow/ },
  explain: { args: ["group:support", "GET /orders"], status: 0, says: /roles\.csv/ },
  "who-can": { args: ["GET /orders"], status: 0, says: /role:support/ },
  "what-can": { args: ["group:support"], status: 0, says: /GET \/orders/ },
  matrix: { args: [], status: 0, says: /orders:refund/ },
  diff: { args: ["policies", "policies"], status: 0, says: /./ },
  prove: { args: ["policies", "policies"], status: 0, says: /^access proven unchanged/ },
  replay: { args: ["logs/decisions.log"], status: 0, says: /1 / },
  unused: { args: ["logs/decisions.log", "--since", "9999d"], status: 0, says: /roles\.csv/ },
  learn: {
    args: ["logs/decisions.log", "-o", "learned.test.yaml"],
    status: 0,
    says: /1 decision, 1 caller, 1 expectation, all hold/,
  },
  playground: { args: [], status: 0, says: /^playground\.html: 6 files; open it in a browser/ },
  report: { args: ["-o", "access.html"], status: 0, says: /access\.html/ },
  doctor: { args: ["--offline"], status: 2, says: /\[route-without-authorizer\]/ },
  attach: {
    args: ["--stage", "dev", "--user-pool-id", "us-east-1_Example01"],
    status: 1,
    says: NO_CREDENTIALS,
  },
  detach: {
    args: ["--stage", "dev", "--user-pool-id", "us-east-1_Example01"],
    status: 1,
    says: NO_CREDENTIALS,
  },
  revoke: { args: ["--stage", "dev", "--sub", "u1"], status: 1, says: NO_CREDENTIALS },
  stop: { args: ["--all", "--reason", "x", "--stage", "dev"], status: 1, says: NO_CREDENTIALS },
  resume: { args: ["--all", "--stage", "dev"], status: 1, says: NO_CREDENTIALS },
  suspend: { args: ["someone", "--stage", "dev"], status: 1, says: NO_CREDENTIALS },
  unsuspend: { args: ["someone", "--stage", "dev"], status: 1, says: NO_CREDENTIALS },
  cognito: { args: ["--config", "no.yml"], status: 1, says: /`no\.yml` cannot be read: it does not exist/ },
  // Its standard input is closed, without the shutdown that the protocol asks for.
  lsp: { args: ["--stdio"], status: 1, says: /^$/ },
  completion: { args: ["bash"], status: 0, says: /claimgate/ },
};

describe("the command of the packed package, in a project with nothing else", () => {
  const names = programCommands().map((command) => command.name());

  test("has a run below for each of its commands", () => {
    expect(Object.keys(RUNS).sort()).toEqual([...names].sort());
  });

  test.each(names)("explains %s", (name) => {
    expect(claimgate(name, "--help")).toMatchObject({ status: 0, stderr: "" });
  });

  test.each(names)("runs %s", (name) => {
    const { args, status, says } = RUNS[name] ?? { args: [], status: -1, says: /$^/ };
    const run = claimgate(name, ...args);
    expect(run.stdout + run.stderr).toMatch(says);
    expect(run.stdout + run.stderr).not.toMatch(/Cannot find (module|package)|MODULE_NOT_FOUND/);
    expect(run.status).toBe(status);
  });

  test("names nothing that is not installed: each module that a bundle requires is there", () => {
    const dist = join(project, "node_modules/claimgate/dist");
    const missing = readdirSync(dist)
      .filter((name) => name.endsWith(".cjs"))
      .flatMap((name) => {
        const require = createRequire(join(dist, name));
        const required = readFileSync(join(dist, name), "utf8").matchAll(/\brequire\("([^"]+)"\)/g);
        return Array.from(required, ([, module = ""]) => module).filter(
          (module) => !resolves(require, module),
        );
      });
    // The SDK asks for the first inside a `try`, for a kind of signature that nothing here uses. The others are in
    // texts that are written: the handlers of archives, those of `init`, and the code that ajv could write to a file.
    const written = [/^\.\/\$\{\w+\}\.cjs$/, /^\.\/policy\.json$/, /^ajv(-formats)?\/dist\//];
    const others = [...new Set(missing)].filter((module) => !written.some((one) => one.test(module)));
    expect(others).toEqual(["@aws-sdk/signature-v4-crt"]);
  });

  test("has every AWS client that the sources call", () => {
    const clients = createRequire(join(project, "x.cjs"))(
      "./node_modules/claimgate/dist/aws-sdk.cjs",
    ) as Record<string, () => Record<string, unknown>>;
    const called = execFileSync("grep", ["-rhoE", 'import\\("@aws-sdk/[a-z0-9-]+"\\);$', "src"], {
      encoding: "utf8",
    });
    const names = new Set(Array.from(called.matchAll(/"([^"]+)"/g), ([, name = ""]) => name));
    expect(Object.keys(clients).sort()).toEqual([...names].sort());
    for (const client of Object.values(clients)) {
      expect(Object.keys(client()).some((name) => name.endsWith("Client"))).toBe(true);
    }
  });
});

describe("the doors of the packed package", () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly exports: Record<string, unknown>;
  };
  const doors = Object.entries(exports).flatMap(([door, target]) =>
    // Its peer, react, is not installed here: test/frameworks imports it.
    typeof target === "object" && door !== "./client/react" ? [door.slice(2)] : [],
  );

  test.each(doors)("claimgate/%s is imported by an ES module", (door) => {
    const code = `import * as door from "claimgate/${door}"; if (Object.keys(door).length === 0) throw door;`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: project,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});

function resolves(require: NodeJS.Require, module: string): boolean {
  try {
    require.resolve(module);
    return true;
  } catch {
    return false;
  }
}
