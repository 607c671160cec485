import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runClaimgate } from "../support/claimgate-command.ts";
import { runServerless } from "../support/serverless.ts";

const copy = mkdtempSync(join(tmpdir(), "claimgate-lint-"));
const originals = new Map(
  ["serverless.yml", "policies/groups.csv", "policies/groups.yaml"].map((name) => [
    name,
    readFileSync(name, "utf8"),
  ]),
);

beforeAll(() => {
  for (const name of ["package.json", "serverless.yml", "resources", "src", "policies", "events"]) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "dir");
});
afterEach(() => {
  for (const [name, text] of originals) writeFileSync(join(copy, name), text);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Makes one mistake. @returns the line that it is on */
function plant(file: string, from: string, to: string): number {
  const text = originals.get(file) ?? "";
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(join(copy, file), text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split("\n").length;
}

const lineOf = (file: string, text: string) =>
  (originals.get(file) ?? "").split("\n").findIndex((line) => line.includes(text)) + 1;

const REST_SETTINGS = `authorizer: &rest
            name: restAuthorizer
            type: request
            identitySource: method.request.header.Authorization
            # More needs CLAIMGATE_WHOLE_API_ANSWER: "true".
            resultTtlInSeconds: 0`;

const MISTAKES = [
  {
    rule: "route-without-permission",
    file: "serverless.yml",
    from: "httpApi: { method: POST, path: /orders, authorizer: *http }",
    to: "httpApi: { method: PUT, path: /orders, authorizer: *http }",
    message: "the policy has no `g2` row for `PUT /orders`, so every call is denied",
  },
  {
    rule: "route-without-authorizer",
    file: "serverless.yml",
    from: 'httpApi: { method: DELETE, path: "/orders/{orderId}", authorizer: *http }',
    to: 'httpApi: { method: DELETE, path: "/orders/{orderId}" }',
    message: "`DELETE /orders/{orderId}` has no authorizer, so anyone may call it",
  },
  {
    rule: "cache-left-to-default",
    file: "serverless.yml",
    from: REST_SETTINGS,
    to: "authorizer: restAuthorizer",
    message: "`restAuthorizer` is written as a plain string, so its answers are cached for 300 s",
  },
  {
    rule: "group-settings-unused",
    file: "policies/groups.yaml",
    from: "support:\n",
    to: "suport:\n",
    message: "no row names `group:suport`, so the group is not created; did you mean `support`?",
  },
  {
    rule: "groups-file",
    file: "policies/groups.yaml",
    from: "precedence: 20",
    to: "precedance: 20",
    message: "unknown property `precedance`; did you mean `precedence`?",
  },
  {
    rule: "client-unknown",
    file: "policies/groups.csv",
    from: "g, client:reporting, role:reporter",
    to: "g, client:report, role:reporter",
    message: "`CLAIMGATE_APP_CLIENTS` has no app client `report`",
  },
] as const;

describe("sls package", () => {
  it.each(MISTAKES)(
    "stops at $rule",
    async ({ rule, file, from, to, message }) => {
      const line = plant(file, from, to);
      const run = await runServerless(["package"], copy);
      expect(run.code).toBe(1);
      expect(run.output).toContain(`${file}:${line}:`);
      expect(run.output).toContain(message);
      expect(run.output).toContain(`[${rule}]`);
      expect(run.output).not.toMatch(/^\s+at /m);
    },
    60_000,
  );

  it("stops at a cache that reuses answers", async () => {
    const [off, on] = ["        resultTtlInSeconds: 0\n\n#", "        resultTtlInSeconds: 300\n\n#"];
    plant("serverless.yml", off, on);
    const run = await runServerless(["package"], copy);
    expect(run.code).toBe(1);
    expect(run.output).toContain(
      `serverless.yml:${lineOf("serverless.yml", "      claimgate:")}:7: answers of \`claimgate\` are cached for 300 s`,
    );
    expect(run.output).toContain("[cache-reuses-answers]");
  }, 60_000);
});

describe("groups that the service writes itself", () => {
  const written = `
  - Resources:
      Helpers:
        Type: AWS::Cognito::UserPoolGroup
        Properties: { UserPoolId: !Ref UserPool, GroupName: helpers }
`;

  it("are linted as before", async () => {
    const text = originals.get("serverless.yml") ?? "";
    writeFileSync(
      join(copy, "serverless.yml"),
      text.replace('groupsFromPolicy: "true"', 'groupsFromPolicy: "false"') + written,
    );
    const run = await runServerless(["package"], copy);
    expect(run.code).toBe(1);
    expect(run.output).toContain("serverless.yml does not create the group `customers`");
    // A directory gives it, by a `g4` row.
    expect(run.output).not.toContain("serverless.yml does not create the group `support`");
    expect(run.output).toContain("[group-not-created]");
    expect(run.output).toMatch(/serverless\.yml:\d+:50: the policy never names the group `helpers`/);
  }, 60_000);
});

describe("a policy that does not load", () => {
  it("is told by `sls print`, which prints what can be read", async () => {
    plant("policies/groups.csv", "g, group:support, role:support", "g, group:support, support");
    const run = await runServerless(["print"], copy);
    expect(run.code).toBe(0);
    expect(run.output).toMatch(/policies\/groups\.csv:10:19: .* \[subject-prefix\]/);
    expect(run.stdout).not.toContain("[subject-prefix]");
    expect(run.stdout).toContain("FinanceGroup");
    expect(run.output).not.toMatch(/^\s+at /m);
  }, 60_000);

  it("that is not there stops the packaging with its path, and nothing else", async () => {
    const away = join(copy, "policies-away");
    renameSync(join(copy, "policies"), away);
    try {
      const packaged = await runServerless(["package"], copy);
      expect(packaged.code).toBe(1);
      expect(packaged.output).toMatch(/the policy in \S+policies cannot be read: it does not exist/);
      const printed = await runServerless(["print"], copy);
      expect(printed.code).toBe(0);
      expect(printed.output).toContain("which cannot be read: it does not exist");
    } finally {
      renameSync(away, join(copy, "policies"));
    }
  }, 60_000);
});

describe("a policy with so many groups that the stack has no room for them", () => {
  const groups = (count: number) =>
    Array.from({ length: count }, (_, index) => `g, group:customer${index}, role:customer`).join("\n");
  const addGroups = (count: number) => {
    writeFileSync(join(copy, "policies", "many.csv"), `${groups(count)}\n`);
  };
  afterEach(() => rmSync(join(copy, "policies", "many.csv"), { force: true }));

  it("stops at the stack itself", async () => {
    addGroups(500);
    const run = await runServerless(["package"], copy);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/serverless\.yml:1:1: the stack has \d+ resources; AWS allows at most 500; /);
    expect(run.output).toContain("[quota-exceeded]");
  }, 60_000);

  it("stops at what the framework adds to it, before anything is deployed", async () => {
    const printed = await runServerless(["print", "--format", "json"], copy);
    const { resources } = JSON.parse(printed.stdout) as { resources: { Resources: object } };
    addGroups(500 - Object.keys(resources.Resources).length);
    const run = await runServerless(["package"], copy);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(
      /Resources: \d+ resources \(\d+ of them groups\); a template has at most 500; .* \[quota-exceeded\]/,
    );
    expect(run.output).not.toMatch(/serverless\.yml:1:1: the stack has/);
  }, 120_000);
});

describe("invoke local", () => {
  it("reports what is wrong along with the answer", async () => {
    plant("policies/groups.csv", "g, client:reporting, role:reporter", "g, client:report, role:reporter");
    const args = ["invoke", "local", "-f", "httpAuthorizer", "-p", "events/http/support-lists-orders.json"];
    const run = await runServerless(args, copy);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('"isAuthorized": true');
    expect(run.stdout).not.toContain("client-unknown");
    expect(run.output).toContain("[client-unknown]");
  }, 60_000);
});

describe("claimgate check --service", () => {
  const check = (...args: string[]) => runClaimgate(["check", "--service", ...args], { cwd: copy });

  it.each([["dev"], ["prod"]])(
    "finds nothing in what is shipped, for the stage %s",
    async (stage) => {
      expect(await check("--stage", stage)).toMatchObject({ code: 0, stdout: "0 errors, 0 warnings\n" });
    },
    60_000,
  );

  it("finds what the packaging finds, and exits with 1 where it cannot look", async () => {
    const line = plant("policies/groups.csv", "g, client:reporting,", "g, client:reportin,");
    const { code, stdout } = await check("--format", "github");
    expect(code).toBe(3);
    expect(stdout).toMatch(
      new RegExp(`^::error file=policies/groups\\.csv,line=${line},.*title=client-unknown`, "m"),
    );
    writeFileSync(join(copy, "serverless.yml"), "service: [");
    expect((await check()).code).toBe(1);
  }, 60_000);
});
