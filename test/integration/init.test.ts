import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { lintDirectory } from "../../src/tools/checking/lint-directory.ts";
import type { InitJson } from "../../src/tools/cli/init/init-contract.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import { withJwtAuthorizer } from "../support/native-service.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";

const SERVICE = `${withJwtAuthorizer("WebClient")}custom:
  path: /orders # below the domain
functions:
  orders:
    handler: src/orders.handler
    events:
      - httpApi: { method: GET, path: "\${self:custom.path}", authorizer: { name: jwt } }
      - httpApi: { method: DELETE, path: "\${self:custom.path}/{orderId}", authorizer: jwt }
      - httpApi: GET /health
resources:
  Resources:
    UserPool: { Type: AWS::Cognito::UserPool }
    WebClient: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref UserPool } }
`;

let project: ProjectFolder;
let cwd: string;
beforeEach(() => {
  project = projectFolder("-init");
  cwd = project.folder;
  symlinkSync(resolve("node_modules"), join(cwd, "node_modules"), "dir");
  project.write("package.json", '{"devDependencies":{"serverless-esbuild":"1"}}');
  project.write("serverless.yml", SERVICE);
});
afterEach(() => project.remove());

describe("claimgate init", () => {
  test("writes a policy without findings and the lines of the plugin, and keeps the rest of serverless.yml", async () => {
    project.write("serverless.yml", `plugins: [serverless-esbuild]\n${SERVICE}`);
    project.write("orders.js", "const { sub } = event.requestContext.authorizer.jwt.claims;\n");
    const run = await runClaimgate(["init"], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("2 decided by the policy");
    expect(run.stdout).toContain("1 public, without an authorizer: GET /health");
    expect(run.stdout).toContain("    orders.js:1\n");
    expect(run.stdout).not.toContain("check --service`");
    expect(run.stdout).not.toContain("To write yourself");
    expect(project.read("policies/routes.csv")).toContain(
      "g2, GET /orders, orders:list\ng2, DELETE /orders/{orderId}, orders:delete\n",
    );
    expect(project.read("policies/roles.csv")).toContain("p, role:authenticated, orders:delete, allow");
    expect(project.read("policies/model.conf")).toBe(readFileSync("policies/model.conf", "utf8"));
    expect(lintDirectory(join(cwd, "policies"), undefined)).toMatchObject({ errors: [], warnings: [] });
    expect(project.read("serverless.yml")).toBe(
      `plugins: [serverless-esbuild, claimgate/serverless]\n${SERVICE}`
        .replace("authorizer: { name: jwt }", "authorizer: claimgate")
        .replace("authorizer: jwt }", "authorizer: claimgate }")
        .replace(
          "# below the domain\n",
          `# below the domain
  claimgate:
    userPool: UserPool
    appClients:
      web: WebClient
    authorizers:
      - http
    groups: true
`,
        ),
    );
  });

  test("writes tests that need each row of the policy, and fail for a row too much", async () => {
    await runClaimgate(["init"], { cwd });
    expect(await runClaimgate(["test", "--threshold", "100"], { cwd })).toMatchObject({
      code: 0,
      stderr: "",
    });
    project.write("policies/more.csv", "p, role:machine, orders:delete, allow\n");
    const run = await runClaimgate(["test"], { cwd });
    expect(run.code).toBe(4);
    expect(run.stdout).toContain("FAIL no one else reaches anything");
  });

  test("only shows what it would do with --dry-run, as a diff that git applies", async () => {
    const run = await runClaimgate(["init", "--dry-run", "--format", "json"], { cwd });
    const { outcome, diff, files } = JSON.parse(run.stdout) as InitJson;
    expect(outcome).toBe("planned");
    expect(existsSync(join(cwd, "policies"))).toBe(false);
    expect(project.read("serverless.yml")).toBe(SERVICE);
    for (const file of [...files, "serverless.yml"]) expect(diff).toContain(`+++ b/${file}\n`);
  });

  test("says what comes before packaging, and after deploying", async () => {
    const pool = ["--triggers", "--user-pool-id", "eu-west-1_AbCdEfGhI"];
    const elsewhere = await runClaimgate(["init", "--dry-run", ...pool], { cwd });
    expect(elsewhere.stdout).toContain(
      "  npx sls package\n  npx sls deploy\n  npx --no-install claimgate attach --stage dev --user-pool-id eu-west-1_AbCdEfGhI  # gives",
    );
    const file = "UserPool: { Type: AWS::Cognito::UserPool, Properties: '${file(pool.json)}' }";
    project.write("serverless.yml", SERVICE.replace("UserPool: { Type: AWS::Cognito::UserPool }", file));
    project.write("pool.json", '{ "UserPoolName": "shop" }');
    const own = await runClaimgate(["init", "--dry-run", "--triggers"], { cwd });
    expect(own.stdout).toContain(
      "  serverless.yml:23:5: `UserPool.Properties` is not a map of this file\n    Schema:\n      - { Name: claimgate_assigned, AttributeDataType: String, Mutable: true }\n",
    );
    expect(own.stdout).toContain(
      'Next\n  write the lines of "To write yourself", at serverless.yml:23:5\n  npm install',
    );
  });

  test("says a second time what is left of the first, with the lines again", async () => {
    const modules = `plugins: { modules: [serverless-esbuild] }\n${SERVICE}`;
    project.write(
      "serverless.yml",
      modules
        .replace("  path: /orders # below the domain\n", "")
        .replace("custom:\n", "custom: ${file(custom.json)}\n"),
    );
    project.write("custom.json", '{ "path": "/orders" }');
    const first = JSON.parse((await runClaimgate(["init", "--format", "json"], { cwd })).stdout) as InitJson;
    expect(first.byHand.map(({ lines }) => lines[0])).toEqual(["plugins:", "custom:"]);
    const before = project.read("serverless.yml");
    const second = JSON.parse((await runClaimgate(["init", "--format", "json"], { cwd })).stdout) as InitJson;
    expect(second).toMatchObject({ outcome: "half-done", files: [], edited: [], byHand: first.byHand });
    const { stdout } = await runClaimgate(["init"], { cwd });
    expect(stdout).toContain("claimgate is half done: the policy is there, and this is still to write");
    expect(stdout).toContain("until these lines are written, the service cannot be packaged");
    expect(project.read("serverless.yml")).toBe(before);
  });

  test("names the lines that read the context of an authorizer function that it replaces", async () => {
    const functions = "functions:\n  auth: { handler: src/auth.handler }\n";
    const event = "      - http: { method: get, path: plan, authorizer: auth }\n";
    project.write(
      "serverless.yml",
      SERVICE.replace("functions:\n", functions).replace("    events:\n", `    events:\n${event}`),
    );
    project.write(
      "src/plan.js",
      "const { tenantId } = event.requestContext.authorizer;\nreturn event.requestContext.authorizer.sub;\n",
    );
    const replaced = await runClaimgate(["init", "--replace", "auth", "--dry-run"], { cwd });
    expect(replaced.stdout).toContain(
      "To change yourself\n  these lines read the context of the replaced function, which claimgate does not give:\n    src/plan.js:1\n",
    );
    expect(replaced.stdout).not.toContain("src/plan.js:2");
    const kept = await runClaimgate(["init", "--dry-run"], { cwd });
    expect(kept.stdout).not.toContain("src/plan.js");
  });

  test("changes nothing a second time, even before the package is installed", async () => {
    await runClaimgate(["init"], { cwd });
    const before = project.read("serverless.yml");
    const again = await runClaimgate(["init"], { cwd });
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain("claimgate is set up already");
    expect(project.read("serverless.yml")).toBe(before);
  });

  test("refuses options that would change nothing in a service that is set up, with the lines to write", async () => {
    await runClaimgate(["init"], { cwd });
    const before = project.read("serverless.yml");
    for (const [options, fix] of [
      [["--replace", "auth"], "write `authorizer: claimgate` in place of `auth`, and the rows"],
      [["--guard", "GET /health"], "write `authorizer: claimgate` in the event, and the rows"],
      [["--triggers", "--dry-run"], "write `triggers: [preSignUp, "],
      [["--user-pool-id", "eu-west-1_AbCdEfGhI"], "write `userPool: eu-west-1_AbCdEfGhI` below"],
      [["--app-client", "web=1h57"], "write `web: 1h57` below `custom.claimgate.appClients`"],
    ] as const) {
      const { code, stderr } = await runClaimgate(["init", ...options], { cwd });
      expect([options, code]).toEqual([options, 1]);
      expect(stderr).toContain("error: claimgate is set up already, so `--");
      expect(stderr).toContain(fix);
    }
    expect(project.read("serverless.yml")).toBe(before);
    rmSync(join(cwd, "policies"), { recursive: true });
    project.write("serverless.yml", before.replace(/plugins:\n {2}- claimgate.*\n/, ""));
    const { stderr } = await runClaimgate(["init", "--triggers"], { cwd });
    expect(stderr).toContain("so `--triggers` would change nothing");
  });

  test("writes no new policy where one was lost, unless it is told to", async () => {
    await runClaimgate(["init"], { cwd });
    rmSync(join(cwd, "policies"), { recursive: true });
    const again = await runClaimgate(["init"], { cwd });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(
      "serverless.yml is set up for claimgate, and `policies` has no policy [policies_unreadable]\n  restore it from version control",
    );
    expect(existsSync(join(cwd, "policies"))).toBe(false);
  });

  test("overwrites nothing, unless it is told to", async () => {
    await runClaimgate(["init"], { cwd });
    project.write("serverless.yml", SERVICE);
    project.write("policies/roles.csv", "# mine\n");
    rmSync(join(cwd, "policies/groups.csv"));
    const refused = await runClaimgate(["init"], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /these files already exist: .*policies\/roles\.csv.*; nothing was written/,
    );
    expect(refused.stderr).toContain("[file_not_written]");
    expect(project.read("policies/roles.csv")).toBe("# mine\n");
    expect(existsSync(join(cwd, "policies/groups.csv"))).toBe(false);
    expect(project.read("serverless.yml")).toBe(SERVICE);
    const forced = await runClaimgate(["init", "--force", "--format", "json"], { cwd });
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout) as InitJson).toMatchObject({
      outcome: "changed",
      edited: ["serverless.yml"],
      guarded: ["GET /orders", "DELETE /orders/{orderId}"],
      open: ["GET /health"],
      elsewhere: [],
      byHand: [],
      findings: [],
    });
    expect(project.read("policies/roles.csv")).toContain("p, role:authenticated, orders:delete, allow");
  });

  test("says what is missing where there is no service, no route, or nothing to guard", async () => {
    project.write("serverless.yml", SERVICE.replaceAll(/, authorizer: (?:jwt|\{ name: jwt \})/g, ""));
    const open = await runClaimgate(["init"], { cwd });
    expect(open.code).toBe(1);
    expect(open.stderr).toContain("no route of serverless.yml has an authorizer");
    expect(open.stderr).toContain("add `--guard all`");
    const typo = await runClaimgate(["init", "--guard", "GET /order"], { cwd });
    expect(typo.stderr).toContain("did you mean `GET /orders`? ".trim());
    expect(typo.stderr).toContain("[command_usage]");
    project.write("serverless.yml", SERVICE.replace(/issuerUrl: .*/, "issuerUrl: https://example.org/"));
    const foreign = await runClaimgate(["init"], { cwd });
    expect(foreign.stderr).toContain(
      "GET /orders: jwt, its issuer `https://example.org/` is not a Cognito user pool",
    );
    expect(foreign.stderr).toContain("change the authorizer of a route, or add `--guard ROUTE`");
    project.write("serverless.yml", SERVICE.slice(0, SERVICE.indexOf("    events:")));
    const none = await runClaimgate(["init"], { cwd });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("[service_without_routes]");
    expect(existsSync(join(cwd, "policies"))).toBe(false);
    rmSync(join(cwd, "serverless.yml"));
    const missing = await runClaimgate(["init"], { cwd });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain("[service_unresolved]");
  });
});
