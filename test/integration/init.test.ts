import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lintDirectory } from "../../src/tools/checking/lint-directory.ts";
import type { InitJson } from "../../src/tools/cli/terminal/json-contract.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

const SERVICE = `service: shop
provider:
  name: aws
  runtime: nodejs20.x
  httpApi:
    authorizers:
      claimgate: { type: request, functionArn: "arn:aws:lambda:us-east-1:111111111111:function:other" }
custom:
  path: /orders
functions:
  orders:
    handler: src/orders.handler
    events:
      - httpApi: { method: GET, path: "\${self:custom.path}", authorizer: { name: claimgate } }
      - httpApi: { method: DELETE, path: "\${self:custom.path}/{orderId}", authorizer: { name: claimgate } }
      - httpApi: GET /health
`;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-init-"));
  symlinkSync(resolve("node_modules"), join(cwd, "node_modules"), "dir");
  writeFileSync(join(cwd, "package.json"), "{}");
  writeFileSync(join(cwd, "serverless.yml"), SERVICE);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(cwd, name), "utf8");

describe("claimgate init", () => {
  test("writes a policy that the linter has nothing against, from the routes as the framework resolves them", async () => {
    const run = await runClaimgate(["init"], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("2 with a permission");
    expect(run.stdout).toContain("1 public, without an authorizer: GET /health");
    expect(run.stdout).not.toContain("Findings of the linter");
    expect(run.stdout).toContain("packaging does not lint it: add `claimgate/serverless` to the plugins");
    expect(read("policies/routes.csv")).toContain(
      "g2, GET /orders, orders:list\ng2, DELETE /orders/{orderId}, orders:delete\n",
    );
    expect(read("policies/model.conf")).toBe(readFileSync("policies/model.conf", "utf8"));
    expect(lintDirectory(join(cwd, "policies"), undefined)).toMatchObject({ errors: [], warnings: [] });
  });

  test("writes tests that need each row of it, and fail for a row too much", async () => {
    await runClaimgate(["init"], { cwd });
    expect(await runClaimgate(["test", "--threshold", "100"], { cwd })).toMatchObject({
      code: 0,
      stderr: "",
    });
    writeFileSync(join(cwd, "policies/more.csv"), "p, role:authenticated, orders:delete, allow\n");
    const run = await runClaimgate(["test"], { cwd });
    expect(run.code).toBe(4);
    expect(run.stdout).toContain("nobody on DELETE /orders/{orderId}: expected deny, found allow");
    expect(run.stdout).toContain("FAIL nobody reaches anything without a role");
  });

  test("overwrites nothing, unless it is told to", async () => {
    await runClaimgate(["init"], { cwd });
    writeFileSync(join(cwd, "policies/roles.csv"), "# mine\n");
    rmSync(join(cwd, "policies/groups.csv"));
    const refused = await runClaimgate(["init"], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /these files already exist: .*policies\/roles\.csv.*; nothing was written/,
    );
    expect(refused.stderr).toContain("[file_not_written]");
    expect(read("policies/roles.csv")).toBe("# mine\n");
    expect(existsSync(join(cwd, "policies/groups.csv"))).toBe(false);
    const forced = await runClaimgate(["init", "--force", "--format", "json"], { cwd });
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout) as InitJson).toMatchObject({
      guarded: ["GET /orders", "DELETE /orders/{orderId}"],
      open: ["GET /health"],
      elsewhere: [],
      unguarded: [],
      findings: [],
    });
    expect(read("policies/roles.csv")).toContain("p, role:admin, orders:delete, allow");
  });

  test("says what is missing where there is no service, or no route", async () => {
    writeFileSync(join(cwd, "serverless.yml"), SERVICE.slice(0, SERVICE.indexOf("    events:")));
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
