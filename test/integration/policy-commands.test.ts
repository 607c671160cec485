import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CommandCase, POLICY_CASES } from "../cli/policy-cases.ts";
import { READING_COMMANDS } from "../cli/reading-commands.ts";
import { jwksBytes, POOL_KEY, tokenOf } from "../support/authorization.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

const folders: string[] = [];

/** A directory with the policies of a case. */
function directoryOf(files: CommandCase["files"], links: CommandCase["links"] = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "claimgate-cli-"));
  folders.push(folder);
  if (files === undefined) {
    cpSync("policies", join(folder, "policies"), { recursive: true });
    return folder;
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the commands about the policy", () => {
  test.each(POLICY_CASES)(
    "$name: claimgate $args",
    async ({ args, files, links, input = "", code, stdout = [], stderr = [], after = {} }) => {
      const cwd = directoryOf(files, links);
      const run = await runClaimgate(args, { cwd, input });
      for (const text of stdout) expect(run.stdout).toContain(text);
      for (const text of stderr) expect(run.stderr).toContain(text);
      expect(run.code).toBe(code);
      for (const [file, text] of Object.entries(after))
        expect(readFileSync(join(cwd, file), "utf8")).toBe(text);
      expect(run.stderr).not.toMatch(/\n {4}at /);
    },
  );

  test.each(READING_COMMANDS)("says which directory it looked for: %s", async (...args) => {
    const run = await runClaimgate([...args, "--policies", "elsewhere"], { cwd: directoryOf(undefined) });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain("the directory `elsewhere` does not exist");
    expect(run.stderr).toContain("[policies_unreadable]");
  });

  test("an access token says who asks; its signature is checked where a key set is given", async () => {
    const cwd = directoryOf(undefined);
    writeFileSync(join(cwd, "token.txt"), `${tokenOf("sam")}\n`);
    writeFileSync(join(cwd, "forged.txt"), `${tokenOf("sam").slice(0, -8)}AAAAAAAA`);
    writeFileSync(join(cwd, "jwks.json"), new Uint8Array(jwksBytes([POOL_KEY])));
    const ask = (...args: readonly string[]) => runClaimgate(["can", ...args, "GET /orders"], { cwd });
    expect(await ask("--token", "token.txt")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("the token was not verified") as string,
    });
    expect(await ask("--token", "token.txt", "--jwks", "jwks.json")).toMatchObject({ code: 0, stderr: "" });
    expect(await ask("--token", "forged.txt", "--jwks", "jwks.json")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("the token is not valid: the signature is invalid") as string,
    });
  });

  test("paths in a monorepo: from where it was called for a person, from the root of the repository for CI", async () => {
    const root = directoryOf({
      "packages/api/policies/roles.csv": "p, role:clerk, orders:read, alow\n",
      "packages/api/policies/groups.yaml": "clerks: { precedence: high }\n",
    });
    mkdirSync(join(root, ".git"));
    const inPackage = { cwd: join(root, "packages/api") };
    const fromRoot = ["--policies", "packages/api/policies"] as const;
    const check = async (format: string, where: "root" | "package") => {
      const args = ["check", "--format", format, ...(where === "root" ? fromRoot : [])];
      return (await runClaimgate(args, where === "root" ? { cwd: root } : inPackage)).stdout;
    };
    const csv = "packages/api/policies/roles.csv";
    for (const where of ["root", "package"] as const) {
      expect(await check("github", where)).toContain(`::error file=${csv},line=1,`);
      expect(await check("sarif", where)).toContain(`"uri": "${csv}"`);
      expect(await check("junit", where)).toContain(`>${csv}:1:29: `);
    }
    expect(await check("pretty", "root")).toContain(`${csv}:1:29: error: `);
    expect(await check("pretty", "package")).toContain("policies/roles.csv:1:29: error: ");
    expect(await check("pretty", "package")).not.toContain("packages/");
    expect(await check("json", "root")).toContain(`"file": "${csv}"`);
    expect(await check("json", "root")).toContain('"file": "packages/api/policies/groups.yaml"');

    writeFileSync(join(root, csv), "p, role:clerk, orders:read, allow\ng2, GET /orders, orders:read\n");
    rmSync(join(root, "packages/api/policies/groups.yaml"));
    mkdirSync(join(root, "packages/api/policies/tests"));
    writeFileSync(
      join(root, "packages/api/policies/tests/a.test.yaml"),
      "principals: { a: { roles: [clerk] } }\nsuites: [{ name: A, routes: [GET /orders] }]\n",
    );
    const run = await runClaimgate(["test", "--format", "junit", "--lcov", "coverage.info"], inPackage);
    expect(run.stdout).toContain('<testsuite name="packages/api/policies/tests/a.test.yaml"');
    expect(readFileSync(join(root, "packages/api/coverage.info"), "utf8")).toContain(`SF:${csv}\n`);
    const asked = await runClaimgate(["can", "role:clerk", "GET /orders", ...fromRoot], { cwd: root });
    expect(asked.stdout).toContain(`${csv}:1  p, role:clerk`);
    writeFileSync(join(root, csv), "P,role:clerk,orders:read,allow\ng2, GET /orders, orders:read\n");
    await runClaimgate(["check", "--fix", ...fromRoot], { cwd: root });
    await runClaimgate(["fmt", ...fromRoot], { cwd: root });
    expect(readFileSync(join(root, csv), "utf8")).toContain("p, role:clerk, orders:read, allow\n");
  });

  test("a revision of git is compared with what is there", async () => {
    const cwd = directoryOf(undefined);
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd });
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    expect(await runClaimgate(["diff", "HEAD"], { cwd })).toMatchObject({
      code: 0,
      stdout: "no difference\n",
    });
    const latin = join(cwd, "policies/latin.csv");
    writeFileSync(latin, Buffer.from("g, group:caf\u00e9, role:customer\n", "latin1"));
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Save as Latin-1");
    rmSync(latin);
    const unread = await runClaimgate(["diff", "HEAD"], { cwd });
    expect(unread.code).toBe(2);
    expect(unread.stdout).toContain("HEAD:policies/latin.csv:1:1: the file is not UTF-8");
    git("reset", "--quiet", "--hard", "HEAD~1");
    writeFileSync(join(cwd, "policies/more.csv"), "p, role:customer, orders:delete, allow\n");
    const run = await runClaimgate(["diff", "HEAD", "--format", "json", "--fail-on", "widening"], { cwd });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      widens: true,
      access: expect.arrayContaining([
        expect.objectContaining({
          subject: "group:customers",
          route: "DELETE /orders/{orderId}",
          widens: true,
        }),
      ]) as unknown,
      rows: [{ kind: "added", file: "policies/more.csv", line: 1 }],
    });
  });

  test("a misspelt branch is told which one was meant", async () => {
    const cwd = directoryOf(undefined);
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd });
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    const misspelt = await runClaimgate(["diff", "mian"], { cwd });
    expect(misspelt).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("did you mean `main`?") as unknown,
    });
    const unknown = await runClaimgate(["diff", "v9"], { cwd });
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("fetch-depth: 0") as unknown });
  });

  test("a pattern that no policy test matches is told which there are", async () => {
    const run = await runClaimgate(["test", "policies/tests/refunds"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("no policy test matches `policies/tests/refunds`");
    expect(run.stderr).toContain("available: policies/tests/orders.test.yaml");
  });

  test("a branch that is named like a directory is meant, or the directory, and never one of them unsaid", async () => {
    const cwd = directoryOf(undefined);
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd });
    git("init", "--quiet", "--initial-branch", "old");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
    cpSync(join(cwd, "policies"), join(cwd, "old"), { recursive: true });
    writeFileSync(join(cwd, "old/more.csv"), "p, role:customer, orders:delete, allow\n");
    const both = await runClaimgate(["diff", "old"], { cwd });
    expect(both).toMatchObject({ code: 1, stdout: "" });
    expect(both.stderr).toContain("`old` is both a directory and a git revision");
    expect(both.stderr).toContain(
      "write `./old` for the directory, or `old^0` for the commit of the revision",
    );
    expect(await runClaimgate(["diff", "old^0"], { cwd })).toMatchObject({
      code: 0,
      stdout: "no difference\n",
    });
    for (const directory of ["./old", "old/", join(cwd, "old")]) {
      expect(await runClaimgate(["diff", directory], { cwd })).toMatchObject({ code: 2 });
    }
  });

  test("a pull request that repairs a policy is told that its base is broken, and where", async () => {
    const cwd = directoryOf(undefined);
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd });
    const roles = join(cwd, "policies/roles.csv");
    const right = readFileSync(roles, "utf8");
    writeFileSync(roles, right.replace("orders:create, allow", "orders:create, alow"));
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Break");
    writeFileSync(roles, right);
    const run = await runClaimgate(["diff", "main", "--format", "json", "--fail-on", "widening"], { cwd });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      before: null,
      complete: false,
      baseFindings: [{ rule: "effect", file: "main:policies/roles.csv", line: 11 }],
    });
  });
});
