import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compilePolicy } from "../../../../src/policy/compile.ts";
import { PolicyError, printFinding } from "../../../../src/policy/finding.ts";
import {
  csvFiles,
  policyTexts,
  readPolicyDirectory,
  stateOf,
} from "../../../../src/tools/machine/policy-files.ts";
import { MODEL } from "../../../support/policy.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-policy-files-"));
const policies = join(folder, "policies");
const SECRET = "top secret line";

beforeEach(() => {
  mkdirSync(join(policies, "restrictions"), { recursive: true });
  mkdirSync(join(folder, "outside"), { recursive: true });
  save("model.conf", MODEL.text);
  save("roles.csv", "p, role:clerk, orders:read, allow\n");
  save("restrictions/trainees.csv", "p, role:trainee, orders:read, deny\n");
  save("../outside/secret.csv", `${SECRET}\n`);
});
afterEach(() => {
  for (const name of ["policies", "outside"]) rmSync(join(folder, name), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, text: string) => writeFileSync(join(policies, name), text);
const link = (name: string, to: string) => symlinkSync(to, join(policies, name));
const names = () => csvFiles(policies).map((path) => path.slice(policies.length + 1));

function findings(): readonly string[] {
  try {
    readPolicyDirectory(policies);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.findings.map(printFinding);
  }
}

const OWN = ["restrictions/trainees.csv", "roles.csv"];

describe("a file of the policy is read once, whatever its names are", () => {
  it.each([
    ["a directory", "current", "restrictions"],
    ["the directory that the link lies in", "loop", "."],
    ["the directory above, in a circle", "restrictions/up", ".."],
    ["a file", "alias.csv", "roles.csv"],
    ["a file, by a name that sorts first", "0.csv", "restrictions/trainees.csv"],
  ])("through a link to %s", (_, at, to) => {
    link(at, to);
    expect(names()).toEqual(OWN);
    expect(findings()).toEqual([]);
  });

  it("through a hard link, under the name that sorts first", () => {
    linkSync(join(policies, "roles.csv"), join(policies, "alias.csv"));
    expect(names()).toEqual(["alias.csv", "restrictions/trainees.csv"]);
  });

  it("also where only the link has a name that is read", () => {
    save("notes.txt", "p, role:clerk, orders:list, allow\n");
    link("notes.csv", "notes.txt");
    expect(names()).toEqual(["notes.csv", ...OWN]);
  });

  it("through a directory that is a link itself", () => {
    symlinkSync("policies", join(folder, "rules"));
    expect(readPolicyDirectory(join(folder, "rules")).rows.map(({ path }) => path)).toEqual([
      "rules/restrictions/trainees.csv",
      "rules/roles.csv",
    ]);
    rmSync(join(folder, "rules"));
  });

  it("mounted as a ConfigMap, whose names are links to a hidden directory", () => {
    mkdirSync(join(policies, "..2026_11_28"));
    save("..2026_11_28/more.csv", "p, role:clerk, orders:list, allow\n");
    link("..data", "..2026_11_28");
    link("more.csv", "..data/more.csv");
    expect(names()).toEqual(["more.csv", ...OWN]);
  });
});

describe("what is not a file of the policy directory is refused by name, and not opened", () => {
  const OUTSIDE = "the file cannot be read: it is a symbolic link to a";

  it.each([
    ["secret.csv", "../outside/secret.csv", "file"],
    ["model.conf", "../outside/secret.csv", "file"],
    ["shared", "../outside", "directory"],
    ["shared.csv", "../outside", "directory"],
  ])("a link that leads out: %s", (at, to, what) => {
    rmSync(join(policies, at), { force: true });
    link(at, to);
    expect(findings()).toEqual([
      `policies/${at}:1:1: ${OUTSIDE} ${what} outside the policy directory; replace the link with a copy of the ` +
        `${what}, or move the ${what} into the policy directory [file-unreadable]`,
    ]);
    expect([...policyTexts(policies).values()].join("")).not.toContain(SECRET);
  });

  it("a named pipe and a socket, without waiting for a writer", async () => {
    execFileSync("mkfifo", [join(policies, "pipe.csv")]);
    const server = createServer().listen(join(policies, "socket.csv"));
    await new Promise((listening) => server.once("listening", listening));
    expect(findings()).toEqual([
      expect.stringContaining(
        "policies/pipe.csv:1:1: the file cannot be read: it is a named pipe; delete it",
      ),
      expect.stringContaining("policies/socket.csv:1:1: the file cannot be read: it is a socket; delete it"),
    ]);
    expect(stateOf(policies).stamp).toContain("pipe.csv it is a named pipe");
    await new Promise((closed) => server.close(closed));
  });

  it("a named pipe in the place of the model", () => {
    rmSync(join(policies, "model.conf"));
    execFileSync("mkfifo", [join(policies, "model.conf")]);
    expect(findings()).toEqual([
      expect.stringContaining("policies/model.conf:1:1: the file cannot be read: it is a named pipe"),
    ]);
  });

  it("a device", () => {
    link("zero.csv", "/dev/zero");
    expect(findings()).toEqual([expect.stringContaining(`policies/zero.csv:1:1: ${OUTSIDE} file outside`)]);
  });
});

describe("a directory without model.conf", () => {
  it("has the model of this version, and the same policy version as with the file", () => {
    const { version } = compilePolicy(readPolicyDirectory(policies));
    rmSync(join(policies, "model.conf"));
    expect(compilePolicy(readPolicyDirectory(policies)).version).toBe(version);
  });

  it("has no finding in the file that does not exist", () => {
    rmSync(policies, { recursive: true });
    mkdirSync(policies);
    const place = (namedFrom: string) => readPolicyDirectory({ directory: policies, namedFrom }).model.path;
    expect(() => compilePolicy(readPolicyDirectory(policies))).toThrow(
      "policies:1:1: the policy has no `p` row",
    );
    expect(place(policies)).toBe(".");
  });
});

describe("what belongs to an editor is nobody's policy", () => {
  it.each([
    ".#roles.csv",
    "._roles.csv",
    ".roles.csv.swp",
    ".~lock.roles.csv#",
    "#roles.csv#",
    "~$roles.csv",
    "roles.csv~",
    "4913",
    ".ipynb_checkpoints/roles-checkpoint.csv",
  ])("%s", (name) => {
    mkdirSync(join(policies, name, ".."), { recursive: true });
    save(name, "\u0000 no row");
    expect(findings()).toEqual([]);
    expect(names()).toEqual(OWN);
  });

  it("Emacs' lock, a link to nowhere", () => {
    const before = stateOf(policies);
    link(".#roles.csv", "somebody@host.123:456");
    expect(findings()).toEqual([]);
    expect(stateOf(policies)).toEqual(before);
  });
});
