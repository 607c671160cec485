import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PolicyError } from "../../../../src/policy/finding.ts";
import {
  headOf,
  isRevision,
  readGroupsRevision,
  readPolicyRevision,
} from "../../../../src/tools/machine/git-revision.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";
import { MODEL } from "../../../support/policy.ts";

let folder: string;
let policies: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-revision-"));
  policies = join(folder, "policies");
  mkdirSync(join(policies, "restrictions"), { recursive: true });
  mkdirSync(join(policies, ".hidden"));
  mkdirSync(join(folder, "outside"));
  writeFileSync(join(policies, "model.conf"), MODEL.text);
  writeFileSync(join(policies, "roles.csv"), "p, role:clerk, orders:read, allow\n");
  writeFileSync(join(policies, ".hidden/more.csv"), "p, role:clerk, orders:list, allow\n");
  writeFileSync(join(policies, "restrictions/a.csv"), "p, role:trainee, orders:read, deny\n");
  writeFileSync(join(folder, "outside/secret.csv"), "secret\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const link = (name: string, to: string) => symlinkSync(to, join(policies, name));

function committed(repository = folder): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: repository });
  git("init", "--quiet");
  git("add", "--all", "--force");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Begin");
  return "HEAD";
}

const refused = (repository = folder) => {
  try {
    readPolicyRevision(policies, committed(repository));
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.findings.map(({ rule, file }) => `${file} ${rule}`);
  }
};

describe("a revision of git is read as the directory would be", () => {
  it("with links inside: each file once, under the same name", () => {
    link("current", "restrictions");
    link("restrictions/up", "..");
    link("alias.csv", "roles.csv");
    link("0.csv", "alias.csv");
    link("more.csv", ".hidden/more.csv");
    link(".#roles.csv", "somebody@host.123:456");
    const { model, rows } = readPolicyRevision(policies, committed());
    expect({ model, rows }).toEqual(readPolicyDirectory(policies));
    expect(rows.map(({ path }) => path)).toEqual([
      "policies/more.csv",
      "policies/restrictions/a.csv",
      "policies/roles.csv",
    ]);
  });

  it("without model.conf, with the model of this version", () => {
    rmSync(join(policies, "model.conf"));
    const revision = readPolicyRevision(policies, committed());
    expect(revision).toEqual(readPolicyDirectory(policies));
    expect(revision.model.text).toBe(MODEL.text);
  });

  it("with an empty model.conf, which is an edited one", () => {
    writeFileSync(join(policies, "model.conf"), "");
    expect(readPolicyRevision(policies, committed()).model).toEqual({
      path: "policies/model.conf",
      text: "",
    });
  });

  it.each([
    ["secret.csv", "../outside/secret.csv"],
    ["shared", "../outside"],
    ["elsewhere", "../../elsewhere"],
    ["absolute.csv", "/etc/passwd"],
    ["circle.csv", "circle.csv"],
  ])("with a link that leads out or nowhere, which is refused by name: %s", (at, to) => {
    link(at, to);
    expect(refused()).toEqual([`policies/${at} file-unreadable`]);
  });

  it("with a link next to the rows that leads out, which nothing reads", () => {
    link("README.md", "../outside/secret.csv");
    expect(refused()).toEqual([]);
  });

  it("through a link to the directory, and where it was before it became one", () => {
    writeFileSync(join(policies, "groups.yaml"), "groups: {}\n");
    const before = readPolicyDirectory(policies).rows.map(({ text }) => text);
    const moved = join(folder, "shared");
    committed();
    renameSync(policies, moved);
    symlinkSync("shared", policies, "dir");
    const textsAt = (revision: string) => readPolicyRevision(policies, revision).rows.map(({ text }) => text);
    expect(textsAt("HEAD")).toEqual(before);
    committed();
    expect(textsAt("HEAD")).toEqual(before);
    expect(textsAt("HEAD~1")).toEqual(before);
    expect(readGroupsRevision(policies, "HEAD")?.text).toBe("groups: {}\n");
    expect(readGroupsRevision(policies, "HEAD~1")?.text).toBe("groups: {}\n");
  });

  it("at the top of a repository of its own, also within another one", () => {
    link("current", "restrictions");
    link("alias.csv", "roles.csv");
    writeFileSync(join(policies, "groups.yaml"), "groups: {}\n");
    committed();
    const { model, rows } = readPolicyRevision(policies, committed(policies));
    expect({ model, rows }).toEqual(readPolicyDirectory(policies));
    expect(readGroupsRevision(policies, "HEAD")).toEqual({
      path: "policies/groups.yaml",
      text: "groups: {}\n",
    });
    expect(isRevision(policies, "HEAD")).toBe(true);
    link("shared", "../outside");
    link("secret.csv", "../outside/secret.csv");
    expect(refused(policies)).toEqual([
      "policies/secret.csv file-unreadable",
      "policies/shared file-unreadable",
    ]);
  });

  it("and HEAD is that of the repository of the policy", async () => {
    committed(policies);
    expect(await headOf(policies)).toMatchObject({ gitDirectory: join(realpathSync(policies), ".git") });
  });

  it("says that there is no repository, before it says anything of the history", () => {
    expect(() => readPolicyRevision(policies, "polcies")).toThrow(
      "`polcies` is neither a directory nor a revision that git knows: there is no git repository here",
    );
  });
});
