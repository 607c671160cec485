import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { claimgateProgram } from "../support/claimgate-command.ts";

// .githooks/pre-commit, in a small repository of its own with the tools of this checkout.

let folder: string;
const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const read = (file: string) => readFileSync(join(folder, file), "utf8");

function commit() {
  const run = spawnSync("git", ["commit", "-q", "-m", "Try the hook"], { cwd: folder, encoding: "utf8" });
  return { code: run.status, said: `${run.stdout}${run.stderr}` };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-hook-"));
  for (const name of ["biome.json", ".gitignore", ".githooks", "policies"]) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
  symlinkSync(dirname(claimgateProgram()), join(folder, "dist"), "dir");
  mkdirSync(join(folder, "src"));
  write(".gitignore", `${read(".gitignore")}node_modules\ndist\n`);
  write("src/sum.ts", "export const sum = (a: number, b: number) => a + b;\n");
  git("init", "-q");
  git("config", "user.name", "A contributor");
  git("config", "user.email", "contributor@example.com");
  git("add", "-A");
  git("commit", "-q", "-m", "Begin");
  git("config", "core.hooksPath", ".githooks");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the hook before a commit", () => {
  it("lets pass what is formatted as staged, and leaves unstaged changes alone", () => {
    write("src/sum.ts", "export const sum = (a: number, b: number) => b + a;\n");
    git("add", "src/sum.ts");
    write("src/sum.ts", "export const sum =    (a,b)=>a");
    write("policies/routes.csv", "unfinished");

    const { code, said } = commit();

    expect(said).not.toContain("pre-commit:");
    expect(code).toBe(0);
    expect(read("src/sum.ts")).toBe("export const sum =    (a,b)=>a");
    expect(read("policies/routes.csv")).toBe("unfinished");
    expect(git("show", "HEAD:src/sum.ts")).toContain("b + a");
  });

  it("refuses what is not formatted as staged, although the file is by now", () => {
    write("src/sum.ts", "export const sum =    (a:number)=>a");
    git("add", "src/sum.ts");
    write("src/sum.ts", "export const sum = (a: number) => a;\n");

    const { code, said } = commit();

    expect(code).toBe(1);
    expect(said).toContain("pre-commit: `npm run format` fixes most of it");
    expect(git("status", "--short")).toBe("MM src/sum.ts\n");
  });

  it("refuses a policy with a mistake, with its place", () => {
    write("policies/routes.csv", `${read("policies/routes.csv")}g2, GET orders, orders:list\n`);
    git("add", "policies");

    const { code, said } = commit();

    expect(code).not.toBe(0);
    expect(said).toContain("policies/routes.csv:");
    expect(said).toContain("route-shape");
  });

  it("is installed by nothing but `git config`", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
    expect(JSON.stringify(scripts)).not.toMatch(/hooksPath|husky|lefthook/);
  });
});
