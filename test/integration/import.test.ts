import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { modelText } from "../support/casbin-models.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

const MODEL = modelText({ object: "keyMatch2", action: "regexMatch", roles: true, effects: true });
const EXACT = "p, clerk, /orders/:id, (GET)|(PUT), allow\ng, alice, clerk\n";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate import "));
  writeFileSync(join(directory, "model.conf"), MODEL);
});
afterEach(() => rmSync(directory, { recursive: true }));

async function imported(rows: string, ...options: readonly string[]) {
  writeFileSync(join(directory, "policy.csv"), rows);
  const run = await runClaimgate(["import", "casbin", "model.conf", "policy.csv", ...options], {
    cwd: directory,
  });
  return { ...run, files: readdirSync(directory, { recursive: true }).filter((name) => name !== "policies") };
}

const WRITTEN = ["groups.csv", "model.conf", "roles.csv", "routes.csv"].map((name) => `policies/${name}`);

test("a policy that is converted loads, and says who joins which group", async () => {
  const { code, stdout, files } = await imported(EXACT, "--callers", "members");
  expect({ code, files: files.toSorted() }).toEqual({
    code: 0,
    files: ["model.conf", ...WRITTEN, "policy.csv"].toSorted(),
  });
  expect(stdout).toContain("  alice: clerk\n");
  const can = await runClaimgate(["can", "group:clerk", "PUT /orders/{id}"], { cwd: directory });
  expect(can.code).toBe(0);
});

test("a refused row stops everything; --partial leaves it out, unless it may deny", async () => {
  const options = ["--callers", "groups"];
  const refused = await imported(`${EXACT}p, clerk, /a*, GET, allow\n`, ...options);
  expect({ code: refused.code, files: refused.files.length }).toEqual({ code: 3, files: 2 });
  expect(refused.stdout).toContain("policy.csv:3:11: ");
  const denying = await imported(`${EXACT}p, clerk, /a*, GET, deny\n`, ...options, "--partial");
  expect({ code: denying.code, files: denying.files.length }).toEqual({ code: 3, files: 2 });
  const partial = await imported(`${EXACT}p, clerk, /a*, GET, allow\n`, ...options, "--partial");
  expect({ code: partial.code, files: partial.files.length }).toEqual({ code: 3, files: 6 });
});

test("a model that cannot be converted is to be corrected, since --partial would leave nothing", async () => {
  const byPriority = MODEL.replace(/^e = .*$/m, "e = priority(p.eft) || deny");
  writeFileSync(join(directory, "model.conf"), byPriority);
  const { code, stdout } = await imported(EXACT, "--callers", "groups", "--partial");
  expect(code).toBe(3);
  expect(stdout).toMatch(/the first matching row decides/);
  expect(stdout).toMatch(/\n {2}correct these first\n$/);
});

test("an OpenAPI document in which everyone may call everything needs a first row", async () => {
  const document = "openapi: 3.1.0\npaths: { /health: { get: { security: [] } } }\n";
  writeFileSync(join(directory, "openapi.yaml"), document);
  const { code, stdout } = await runClaimgate(["import", "openapi", "openapi.yaml"], { cwd: directory });
  expect(code).toBe(0);
  expect(stdout).toContain("\nNext\n  write the first `p` row: ");
});

test("--service converts for the routes of serverless.yml, and names what they lack", async () => {
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"), "dir");
  const event = (route: string) => `      - httpApi: ${route}`;
  const service = ["service: shop", "provider: { name: aws, runtime: nodejs20.x }", "functions:"];
  const orders = [
    "  orders:",
    "    handler: src/orders.handler",
    "    events:",
    event("GET /orders/{orderId}"),
  ];
  writeFileSync(join(directory, "serverless.yml"), [...service, ...orders].join("\n"));
  const rows =
    "p, clerk, /orders/:id, GET, allow\np, clerk, /orders/export, GET, deny\np, clerk, /x, GET, allow\n";
  const options = ["--callers", "groups", "--service"];
  const refused = await imported(rows, ...options);
  expect(refused).toMatchObject({ code: 3, stderr: "" });
  expect(refused.stdout).toContain("policy.csv:2:11: the API has no route for `GET /orders/export`");
  writeFileSync(
    join(directory, "serverless.yml"),
    [...service, ...orders, event("GET /orders/export")].join("\n"),
  );
  const exact = await imported(rows, ...options);
  expect(exact).toMatchObject({ code: 0, stderr: "" });
  expect(exact.stdout).toContain("2 rows of 3 converted: 2 routes,");
  expect(exact.stdout).toContain("  policy.csv:3:11: the API has no route for what the row is about");
  expect(readFileSync(join(directory, "policies", "routes.csv"), "utf8")).toContain(
    "g2, GET /orders/{orderId}, ",
  );
});

test("--service without a route is an error", async () => {
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"), "dir");
  writeFileSync(
    join(directory, "serverless.yml"),
    "service: shop\nprovider: { name: aws, runtime: nodejs20.x }\n",
  );
  const { code, stderr } = await imported(EXACT, "--callers", "groups", "--service");
  expect(code).toBe(1);
  expect(stderr).toContain("[service_without_routes]");
});

test("existing rows are not mixed with converted ones", async () => {
  mkdirSync(join(directory, "policies"));
  writeFileSync(join(directory, "policies", "more.csv"), "p, role:x, a:b, allow\n");
  const { code, stderr } = await imported(EXACT, "--callers", "groups");
  expect(code).toBe(1);
  expect(stderr).toContain("already has rows: more.csv");
});
