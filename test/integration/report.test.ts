import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runClaimgate } from "../support/claimgate-command.ts";
import { samplePolicy } from "../support/policy.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-report-"));
  cpSync("policies", join(cwd, "shop/policies"), { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const ROUTES = samplePolicy().routes.names.size;
const DATE = { SOURCE_DATE_EPOCH: "1700000000" };
const report = (...args: readonly string[]) =>
  runClaimgate(["report", "--policies", "shop/policies", ...args], { cwd, env: DATE });

describe("claimgate report", () => {
  test("writes a page, and the same one again where the date is given", async () => {
    const run = await report("-o", "access.html");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(
      new RegExp(`^access\\.html: ${ROUTES} routes, \\d+ subjects, 0 findings, 100 % of the rows tested\n$`),
    );
    const page = readFileSync(join(cwd, "access.html"), "utf8");
    expect(page).toContain("shop/policies");
    expect(page).toContain('<time datetime="2023-11-14">');
    expect((await report("-o", "-")).stdout).toBe(page);
  });

  test("says what it wrote to a program", async () => {
    const run = await report("-o", "access.html", "--format", "json");
    expect(JSON.parse(run.stdout)).toEqual({
      file: "access.html",
      bytes: readFileSync(join(cwd, "access.html")).length,
      routes: ROUTES,
      holders: expect.any(Number) as unknown,
      findings: 0,
      coverage: 100,
    });
  });

  test("says what the tests of the policy cover", () => {
    expect(readFileSync(join(cwd, "access.html"), "utf8")).toMatch(/cover (\d+) of \1 rows \(100 %\)/);
  });

  test("needs no tests, and refuses wrong ones rather than counting them", async () => {
    const tests = join(cwd, "shop/policies/tests");
    const kept = readFileSync(join(tests, "orders.test.yaml"), "utf8");
    writeFileSync(join(tests, "orders.test.yaml"), "suites: [{ name: A, routes: [GET /nowhere] }]\n");
    const wrong = await report("-o", "wrong.html");
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toContain("orders.test.yaml:1:30: the policy has no route `GET /nowhere`");
    rmSync(tests, { recursive: true });
    expect((await report("-o", "none.html")).stdout).toContain(" findings, no tests\n");
    expect(readFileSync(join(cwd, "none.html"), "utf8")).not.toContain("Policy tests");
    mkdirSync(tests);
    writeFileSync(join(tests, "orders.test.yaml"), kept);
  });

  test("says why it could not write", async () => {
    mkdirSync(join(cwd, "folder"), { recursive: true });
    for (const file of ["folder", "missing/access.html"]) {
      const run = await report("-o", file);
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toContain("the report could not be written");
      expect(run.stderr).toContain("[file_not_written]");
    }
    const none = await report();
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("the option `-o, --output <file>` is missing");
  });
});
