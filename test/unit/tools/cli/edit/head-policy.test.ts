import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeadPolicy } from "../../../../../src/tools/cli/edit/head-policy.ts";

let folder: string;
let policies: string;
let head: HeadPolicy;
let changed: () => void;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-head-"));
  policies = join(folder, "policies");
  mkdirSync(policies);
  changed = () => {};
  head = new HeadPolicy(policies, () => changed());
});
afterEach(() => {
  head.close();
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
const write = (rows: string) => writeFileSync(join(policies, "roles.csv"), rows);
const commit = () => {
  git("add", "--all");
  git(
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.com",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    "Step",
  );
};
const rowsOf = async () => {
  const found = await head.current();
  return found.kind === "loaded" ? found.side.rows.map(({ text }) => text) : found.why;
};

describe("the policy of HEAD", () => {
  it("is the one of the last commit, whatever the directory has now", async () => {
    git("init", "--quiet");
    write("p, role:clerk, orders:read, allow\n");
    commit();
    write("p, role:clerk, orders:write, allow\n");
    expect(await rowsOf()).toEqual(["p, role:clerk, orders:read, allow"]);
  });

  it("is loaded once for each commit", async () => {
    git("init", "--quiet");
    write("p, role:clerk, orders:read, allow\n");
    commit();
    const [one, two] = [await head.current(), await head.current()];
    expect(two).toBe(one);
    write("p, role:clerk, orders:write, allow\n");
    commit();
    expect(await rowsOf()).toEqual(["p, role:clerk, orders:write, allow"]);
  });

  it("tells of a commit from outside the editor", async () => {
    git("init", "--quiet");
    write("p, role:clerk, orders:read, allow\n");
    commit();
    await head.current();
    const told = new Promise<void>((resolve) => {
      changed = resolve;
    });
    commit();
    await told;
  });

  it("is missing without a repository, without a commit, and where the commit has no policy", async () => {
    expect(await rowsOf()).toBe("the policy is in no git repository");
    git("init", "--quiet");
    expect(await rowsOf()).toBe("there is no commit yet");
    commit();
    expect(await rowsOf()).toBe("HEAD has no policy here");
    write("p, role:clerk\n");
    commit();
    expect(await rowsOf()).toBe("the policy of HEAD does not load");
  });
});
