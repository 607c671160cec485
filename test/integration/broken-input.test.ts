import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { READING_COMMANDS } from "../cli/reading-commands.ts";
import { tokenOf } from "../support/authorization.ts";
import { claimgateProgram, runClaimgate } from "../support/claimgate-command.ts";

// Deny, error and crash are three different things: nothing here is a stack trace, and nothing is passed over.

let cwd: string;
const policies = () => join(cwd, "policies");
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-broken-"));
  cpSync("policies", policies(), { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const BROKEN: readonly (readonly [string, (folder: string) => void, string])[] = [
  [
    "a CSV that is a directory",
    (folder) => mkdirSync(join(folder, "more.csv")),
    "policies/more.csv:1:1: the file cannot be read: it is a directory",
  ],
  [
    "a link that leads nowhere",
    (folder) => symlinkSync("gone.csv", join(folder, "more.csv")),
    "policies/more.csv:1:1: the file cannot be read: it does not exist",
  ],
  [
    "bytes that are no text",
    (folder) => writeFileSync(join(folder, "more.csv"), new Uint8Array([0x70, 0x2c, 0xff, 0xfe, 0x00])),
    "policies/more.csv:1:1: the file is not UTF-8",
  ],
  [
    "rows in a file that nobody would read",
    (folder) => writeFileSync(join(folder, "More.CSV"), "p, role:support, *, deny\n"),
    "policies/More.CSV:1:1: this file is not read: only names that end in `.csv` are",
  ],
  [
    "a model that is a link to nowhere",
    (folder) => {
      rmSync(join(folder, "model.conf"));
      symlinkSync("gone.conf", join(folder, "model.conf"));
    },
    "policies/model.conf:1:1: the file cannot be read: it does not exist",
  ],
  [
    "an edited model",
    (folder) => writeFileSync(join(folder, "model.conf"), "[matchers]\nm = true\n"),
    "policies/model.conf:1:1: ",
  ],
];

/** What is said of a finding: `check` has it on standard output, the others on standard error. */
const spoken = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) =>
  `${stdout}${stderr}`.replaceAll(" error: ", " ");

describe.each(BROKEN)("%s", (_name, breakIt, said) => {
  test.each(READING_COMMANDS)("claimgate %s", async (...args) => {
    breakIt(policies());
    const run = await runClaimgate(args, { cwd });
    // What cannot be read may not be formatted; a model that says something else does not keep rows from that.
    const formatted = args[0] === "fmt" && run.code === 0;
    if (!formatted) expect(spoken(run)).toContain(said);
    expect(run.code).toBe(formatted ? 0 : 3);
    expect(run.stderr).not.toMatch(/\n {4}at /);
  });
});

test("a file that may not be read is told by its name", () => {
  // The checkout may be where nobody else looks.
  const copy = join(cwd, "command");
  cpSync(dirname(claimgateProgram()), copy, { recursive: true });
  const program = join(copy, basename(claimgateProgram()));
  for (const folder of [cwd, dirname(cwd)]) chmodSync(folder, 0o755);
  chmodSync(join(policies(), "roles.csv"), 0o000);
  // Root may read everything; nobody may not.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const run = spawnSync(process.execPath, [program, "check"], { cwd, encoding: "utf8", ...nobody });
  expect(run).toMatchObject({ status: 3, stderr: "" });
  expect(run.stdout).toContain(
    "policies/roles.csv:1:1: error: the file cannot be read: you have no permission to read it",
  );
});

describe("a file of 50 MB", () => {
  test("that is not text is reported at once", async () => {
    writeFileSync(join(policies(), "more.csv"), Buffer.alloc(50_000_000, 0xfe));
    const run = await runClaimgate(["check"], { cwd });
    expect(run).toMatchObject({ code: 3, stderr: "" });
    expect(run.stdout).toContain("policies/more.csv:1:1: error: the file is not UTF-8");
  });

  test("that is one line is refused by its length, and shown around that place only", async () => {
    writeFileSync(join(policies(), "more.csv"), `p, role:clerk, ${"a".repeat(50_000_000)}, allow\n`);
    const run = await runClaimgate(["check"], { cwd });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("policies/more.csv:1:8193: error: ");
    expect(run.stdout).toContain("[line-too-long]");
    expect(run.stdout.length).toBeLessThan(20_000);
  });

  test("of rows is read whole", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, index) => `p, role:viewer, orders:list, allow, {a${index}}=sub\n`,
    );
    writeFileSync(
      join(policies(), "more.csv"),
      `${"# what these rows are for\n".repeat(2_000_000)}${rows.join("")}`,
    );
    const run = await runClaimgate(["can", "group:support", "GET /orders"], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a pipe, a disk and a terminal", () => {
  /** Runs a line of shell in which `claimgate` is the command. */
  const shell = (line: string) => {
    const script = `set -o pipefail; claimgate() { "${process.execPath}" "${claimgateProgram()}" "$@"; }; ${line}`;
    return spawnSync("bash", ["--norc", "-c", script], { cwd, encoding: "utf8" });
  };

  test("a reader that leaves early does not change the answer", () => {
    writeFileSync(join(policies(), "more.csv"), "nonsense, line\n".repeat(3_000));
    expect(shell("claimgate check --format json | head -1")).toMatchObject({
      status: 3,
      stdout: "{\n",
      stderr: "",
    });
    rmSync(join(policies(), "more.csv"));
    expect(shell("claimgate report -o - | head -1")).toMatchObject({ status: 0, stderr: "" });
    expect(shell("claimgate who-can 'DELETE /orders/{orderId}' | true")).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test.each(["matrix", "check", "--help", "report -o -"])("a full disk is not a success: %s", (command) => {
    const run = shell(`claimgate ${command} >/dev/full`);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(
      /^error: standard output cannot be written: the disk is full \(ENOSPC\) \[file_not_written\]\n$/,
    );
  });

  test.each(["report -o /dev/full", "test --lcov /dev/full"])("nor is one for a file: %s", (command) => {
    const run = shell(`claimgate ${command}`);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/could not be written: the disk is full \(ENOSPC\) \[file_not_written\]/);
  });

  test("without a terminal there is no colour and no progress", () => {
    const run = shell("claimgate check; claimgate test; claimgate matrix");
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).not.toContain("\u001b");
  });
});

describe("a command line that is not understood", () => {
  test.each([
    [["chek"], "did you mean `check`?"],
    [["check", "--polices", "x"], "did you mean `--policies`?"],
    [["matrix", "--format", "xml"], "expected `pretty`, `json`, `markdown`, `csv` or `html`"],
    [["check", "--max-warnings", "few"], "expected a whole number"],
    [["test", "--threshold", "101"], "expected a number from 0 to 100"],
    [["can", "group:support"], "expected two arguments: SUBJECTS, and ROUTE or PERMISSION"],
    [["can", "support", "GET /orders"], "did you mean `group:support` or `role:support`?"],
    [["can", "group:support", "GET /order"], "did you mean `GET /orders`?"],
    [["can", "group:support", "GET /orders", "--claim", "sub"], "write name=value"],
    [["who-can", "orders"], "`orders` is neither a route (`GET /orders`) nor a permission (`orders:read`)"],
    [["diff", "no-such-branch"], "is neither a directory nor a revision that git knows"],
    [["unused", "log.json"], "the option `--since <moment>` is missing"],
    [["report"], "the option `-o, --output <file>` is missing"],
  ] as const)("claimgate %s", async (args, said) => {
    const run = await runClaimgate(args, { cwd });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain(said);
  });
});

/** Each command that is given a file or a directory, with what it expects there. */
const FILES: readonly (readonly [(path: string) => readonly string[], string])[] = [
  [(path) => ["replay", path], "give a file of decision-log lines, plain or gzip, or `-` for standard input"],
  [(path) => ["unused", path, "--since", "7d"], "give a file of decision-log lines, plain or gzip"],
  [(path) => ["can", "--token", path, "GET /orders"], "give a file with only an access token"],
  [(path) => ["explain", "--token", path, "GET /orders"], "give a file with only an access token"],
  [
    (path) => ["can", "--token", "token.txt", "--jwks", path, "GET /orders"],
    "give a file with the JSON of the pool's key set",
  ],
];

describe("a file that is given to a command", () => {
  beforeEach(() => {
    writeFileSync(join(cwd, "token.txt"), tokenOf("sam"));
    mkdirSync(join(cwd, "folder"));
  });

  const cases = FILES.flatMap(([line, expected]) => [
    ["missing.txt", "it does not exist", line, expected] as const,
    ["folder", "it is a directory", line, expected] as const,
    ["token.txt/below", "it is a file, or below a file", line, expected] as const,
  ]);

  test.each(cases.map(([path, why, line, expected]) => [line(path), path, why, expected] as const))(
    "claimgate %j",
    async (args, path, why, expected) => {
      const run = await runClaimgate(args, { cwd });
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toContain(`\`${path}\` cannot be read: ${why} [`);
      expect(run.stderr).toContain(expected);
      expect(run.stderr).not.toMatch(/E[A-Z]{4,}/);
    },
  );

  test.each(READING_COMMANDS)("as the directory of the policy: claimgate %s", async (...args) => {
    const run = await runClaimgate([...args, "--policies", "token.txt"], { cwd });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain(
      "the policy `token.txt` cannot be read: it is a file, or below a file [policies_unreadable]\n  give the directory of the policy with `--policies`",
    );
  });

  test.each([
    [["diff", "token.txt"], "`token.txt` is neither a directory nor a revision that git knows"],
    [["test", "missing.test.yaml"], "no policy test matches `missing.test.yaml`"],
    [["report", "-o", "folder"], "the report could not be written: it is a directory"],
    [["report", "-o", "missing/a.html"], "the report could not be written: the directory does not exist"],
    [["test", "--lcov", "folder"], "the coverage could not be written: it is a directory"],
    [["compile", "-o", "folder"], "folder could not be written: it is a directory"],
    [["compile", "-o", "token.txt/a.json"], "could not be written: a file has the name of a directory"],
    [["check", "--packaged", "missing"], "contains no package of the service"],
  ])("claimgate %j", async (args, said) => {
    const run = await runClaimgate(args, { cwd });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain(said);
    expect(run.stderr).not.toMatch(/E[A-Z]+: /);
  });
});
