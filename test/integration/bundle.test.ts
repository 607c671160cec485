import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { httpEvent, jwksBytes, POOL_KEY, restEvent, tokenOf } from "../support/authorization.ts";
import { BARE_ENVIRONMENT } from "../support/bare-environment.ts";
import { packedPackage } from "../support/packed-package.ts";
import { unzip } from "../support/unzip.ts";

// The archives as Lambda gets them, made by the package as npm installs it, in a project whose path has a space and
// that has no bundler.

const parent = mkdtempSync(join(tmpdir(), "claimgate-bundle-"));
const project = join(parent, "my project");
const output = join(project, "build");

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function claimgate(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const command = join(project, "node_modules/.bin/claimgate");
  return spawnSync(command, args, {
    cwd: project,
    encoding: "utf8",
    env: { ...BARE_ENVIRONMENT, ...env },
  });
}

/** The exit status, and what it printed. */
const said = ({ status, stdout, stderr }: Run) => `${status}: ${stdout}${stderr}`;

const bundle = (...more: readonly string[]) => claimgate(["bundle", "-o", "build", ...more]);

beforeAll(() => {
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{"name":"shop","private":true}');
  execFileSync(
    "npm",
    ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", packedPackage()],
    {
      cwd: project,
    },
  );
  cpSync("policies", join(project, "policies"), { recursive: true });
  expect(bundle()).toMatchObject({ status: 0, stderr: "" });
}, 180_000);

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Unpacks an archive into a folder with nothing else in reach. @returns the folder */
function unpacked(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "claimgate-function-"));
  for (const [file, text] of unzip(readFileSync(join(output, `${name}.zip`))))
    writeFileSync(join(folder, file), text);
  return folder;
}

/** The key set of the pool, as its address gives it; nothing else answers. */
const KEYS = `
const https = require("node:https");
const { EventEmitter } = require("node:events");
const { Readable } = require("node:stream");
https.request = (uri, _options, answer) => {
  const request = Object.assign(new EventEmitter(), { end() {}, destroy() {} });
  const isKeySet = String(uri) === "${LOCAL.issuer}/.well-known/jwks.json";
  const body = Readable.from(isKeySet ? [Buffer.from(${JSON.stringify(Buffer.from(jwksBytes([POOL_KEY])).toString())})] : []);
  setImmediate(() => answer(Object.assign(body, { statusCode: isKeySet ? 200 : 404 })));
  return request;
};`;

interface Call {
  readonly answer?: unknown;
  readonly error?: string;
}

/** Starts the function in a process of its own, as Lambda does, and calls it once for each event. */
function calls(
  folder: string,
  events: readonly unknown[],
  environment: Readonly<Record<string, string>> = AUTHORIZER,
): readonly Call[] {
  const script = `${KEYS}
const { handler } = require("./index.js");
(async () => {
  const calls = [];
  for (const event of ${JSON.stringify(events)}) {
    calls.push(await handler(event).then((answer) => ({ answer }), (error) => ({ error: error.message })));
  }
  require("node:fs").writeFileSync("calls.json", JSON.stringify(calls));
})();`;
  const run = spawnSync(process.execPath, ["-e", script], {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(readFileSync(join(folder, "calls.json"), "utf8")) as readonly Call[];
}

const AUTHORIZER = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};

/** Runs with the unpacked function, then deletes it. */
function withFunction<T>(name: string, use: (folder: string) => T): T {
  const folder = unpacked(name);
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("a function of an archive", () => {
  test("allows and denies by the policy, with a token that is signed as by the pool", () => {
    const events = ["sam", "alice"].map((persona) => ({
      ...httpEvent({ headers: { authorization: `Bearer ${tokenOf(persona)}` } }),
      identitySource: [`Bearer ${tokenOf(persona)}`],
    }));
    const answers = withFunction("httpAuthorizer", (folder) => calls(folder, events));
    expect(answers.map(({ answer }) => answer)).toMatchObject([
      { isAuthorized: true },
      { isAuthorized: false },
    ]);
  });

  test("answers 401 where the gateway can say it: without a token, and with one that another key signed", () => {
    const forged = tokenOf("sam").replace(/\.[^.]+$/, ".AAAA");
    const events = [
      restEvent({ multiValueHeaders: { Authorization: [`Bearer ${tokenOf("sam")}`] } }),
      restEvent(),
      restEvent({ multiValueHeaders: { Authorization: [`Bearer ${forged}`] } }),
    ];
    const answers = withFunction("restAuthorizer", (folder) => calls(folder, events));
    expect(answers).toMatchObject([
      { answer: { policyDocument: { Statement: [{ Effect: "Allow" }] } } },
      { error: "Unauthorized" },
      { error: "Unauthorized" },
    ]);
  });

  test("answers the events of the user pool", () => {
    const event = (name: string): unknown => JSON.parse(readFileSync(`events/cognito/${name}.json`, "utf8"));
    const signUps = withFunction("preSignUp", (folder) =>
      calls(folder, [event("admin-creates-user"), event("admin-creates-denied-user")], {}),
    );
    expect(signUps[0]?.answer).toMatchObject({ response: { autoConfirmUser: false } });
    expect(signUps[1]?.error).toBeDefined();
    const [token] = withFunction("preTokenGeneration", (folder) =>
      calls(folder, [event("v2-authentication")], { CLAIMGATE_HEAL_GROUPS: "false" }),
    );
    expect(JSON.stringify(token?.answer)).toContain('"roles":["');
  });

  test.each([
    ["httpAuthorizer", "policy.json"],
    ["restTokenAuthorizer", "policy.json"],
    ["preSignUp", "addresses.json"],
    ["preTokenGeneration", "policy.json"],
  ])("does not start without its policy: %s", (name, file) => {
    withFunction(name, (folder) => {
      rmSync(join(folder, file));
      expect(() => calls(folder, [])).toThrow(/the archive contains no `.*claimgate bundle/);
    });
  });

  test("decides by what `claimgate compile` writes, in the place of its own file", () => {
    const event = {
      ...httpEvent({ headers: { authorization: `Bearer ${tokenOf("sam")}` } }),
      identitySource: [`Bearer ${tokenOf("sam")}`],
    };
    const answers = withFunction("httpAuthorizer", (folder) => {
      expect(claimgate(["compile", "--output", join(folder, "policy.json")]).status).toBe(0);
      return calls(folder, [event]);
    });
    expect(answers).toMatchObject([{ answer: { isAuthorized: true } }]);
  });

  test("does not start with a policy of another form", () => {
    withFunction("httpAuthorizer", (folder) => {
      writeFileSync(join(folder, "policy.json"), '{"indexed":0}');
      expect(() => calls(folder, [])).toThrow("the packaged policy is of another version of claimgate");
    });
  });

  test("has nothing of local builds or tools in it, and leaves the SDK to the runtime", () => {
    const functions = join(project, "node_modules/claimgate/dist/functions");
    const files = ["authorizers.cjs", "triggers.cjs"];
    expect(readdirSync(functions).sort()).toEqual(files.flatMap((name) => [name, `${name}.map`]));
    for (const name of files) {
      const code = readFileSync(join(functions, name), "utf8");
      expect(code).toMatch(/require\("@aws-sdk\/client-dynamodb"\)/);
      for (const trace of [
        "signing-keys.json",
        "model.conf",
        "CSV_INVALID_CLOSING_QUOTE",
        "esbuild",
        "SMITHY",
      ]) {
        expect([name, trace, code.includes(trace)]).toEqual([name, trace, false]);
      }
    }
  });
});

describe("claimgate bundle", () => {
  const bytes = () =>
    readdirSync(output).map((name) => [name, readFileSync(join(output, name)).toString("base64")]);

  test("gives the same bytes again, on a machine in another time zone", () => {
    const before = bytes();
    expect(before).toHaveLength(11);
    expect(claimgate(["bundle", "-o", "build"], { TZ: "Pacific/Kiritimati" }).status).toBe(0);
    expect(bytes()).toEqual(before);
  });

  test("finds stale archives, and says so with the exit status", () => {
    expect(said(bundle("--check"))).toMatch(/^0: build is current/);
    const file = join(project, "policies/more.csv");
    writeFileSync(file, "p, role:support, orders:archive, allow\ng2, GET /archive, orders:archive\n");
    expect(said(bundle("--check"))).toMatch(
      /^2: build is stale: it has policy version \w+, the policy is \w+\n$/,
    );
    rmSync(file);
    writeFileSync(join(output, "preSignUp.zip"), "something else");
    expect(bundle("--check").stdout).toBe("build is stale: preSignUp.zip differs\n");
    expect(claimgate(["bundle", "-o", "nowhere", "--check"]).stdout).toBe(
      "nowhere is stale: it does not exist\n",
    );
    expect(bundle().status).toBe(0);
  });

  test("writes nothing for a policy with errors", () => {
    const before = bytes();
    const file = join(project, "policies/wrong.csv");
    writeFileSync(file, "p, role:support, orders:archive, Allow\n");
    const run = bundle();
    rmSync(file);
    expect(said(run)).toMatch(/^3: .*policies\/wrong\.csv:1:/);
    expect(bytes()).toEqual(before);
  });

  test("writes the chosen functions, and removes the others that it wrote", () => {
    expect(claimgate(["bundle", "-o", "few", "--functions", "preSignUp, httpAuthorizer"]).status).toBe(0);
    expect(readdirSync(join(project, "few"))).toEqual([
      "httpAuthorizer.zip",
      "manifest.json",
      "preSignUp.zip",
    ]);
    expect(claimgate(["bundle", "-o", "few", "--functions", "preSignUp"]).status).toBe(0);
    expect(readdirSync(join(project, "few"))).toEqual(["manifest.json", "preSignUp.zip"]);
    expect(said(claimgate(["bundle", "-o", "few", "--functions", "preSignup"]))).toMatch(
      /^1: error: there is no function `preSignup`.*\n.*did you mean `preSignUp`/,
    );
  });

  test("touches no directory that has other files", () => {
    const before = readdirSync(join(project, "policies"));
    expect(said(claimgate(["bundle", "-o", "policies"]))).toMatch(
      /^1: error: policies is not empty, and `[^`]+` is not a file of `claimgate bundle`; nothing was written/,
    );
    expect(readdirSync(join(project, "policies"))).toEqual(before);
    mkdirSync(join(project, "theirs"));
    writeFileSync(join(project, "theirs/httpAuthorizer.zip"), "theirs");
    expect(claimgate(["bundle", "-o", "theirs"]).stderr).toMatch(
      /theirs is not empty and has no manifest\.json/,
    );
    expect(readFileSync(join(project, "theirs/httpAuthorizer.zip"), "utf8")).toBe("theirs");
  });
});
