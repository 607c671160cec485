import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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
    expect(run.stdout).toMatch(new RegExp(`^access\\.html: ${ROUTES} routes, \\d+ holders, 0 findings\n$`));
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
    });
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
    expect(none.stderr).toContain("required option '-o, --output <file>' not specified");
  });
});
