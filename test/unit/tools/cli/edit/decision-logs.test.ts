import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DEFAULT_LOGS, DecisionLogs } from "../../../../../src/tools/cli/edit/decision-logs.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const line = (digest: string, time = NOW - 3_600_000) =>
  `${JSON.stringify({ kind: "decision", time: new Date(time).toISOString(), effect: "allow", subjects: [], inputs: [], determining: [{ at: "a:1", digest }] })}\n`;

let folder: string;
let now: number;
let read: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-logs-"));
  now = NOW;
  read = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logsOf = (patterns: readonly string[] = DEFAULT_LOGS) =>
  new DecisionLogs(
    folder,
    patterns,
    () => now,
    () => {
      read += 1;
    },
  );

describe("the decision logs of a service", () => {
  it("are read in the background: the lens waits for none of them", async () => {
    writeFileSync(join(folder, "decisions.log"), `START\n${line("one")}${line("one")}`);
    writeFileSync(join(folder, "decisions-old.log.gz"), gzipSync(line("two")));
    writeFileSync(join(folder, "notes.log"), line("three"));
    const logs = logsOf();
    expect(logs.logged).toBeUndefined();
    await logs.refresh();
    expect(read).toBe(1);
    const uses = ["one", "two", "three"].map((digest) => logs.logged?.uses.usesOf(digest, now));
    expect(uses).toEqual([2, 1, 0]);
    expect(logs.logged?.isPart).toBe(false);
  });

  it("are read again when one of them changed, and not at every key", async () => {
    const path = join(folder, "decisions.log");
    writeFileSync(path, line("one"));
    const logs = logsOf();
    await logs.refresh();
    appendFileSync(path, line("one"));
    await logs.refresh();
    expect([read, logs.logged?.uses.usesOf("one", now)]).toEqual([1, 1]);
    now += 5_000;
    await logs.refresh();
    expect([read, logs.logged?.uses.usesOf("one", now)]).toEqual([2, 2]);
    now += 5_000;
    await logs.refresh();
    expect(read).toBe(2);
    rmSync(path);
    await logs.refresh();
    expect(logs.logged).toBeUndefined();
  });

  it("are those of the setting, by name or by a pattern for names", async () => {
    writeFileSync(join(folder, "audit-1.txt"), line("one"));
    writeFileSync(join(folder, "audit-2.txt"), line("one"));
    writeFileSync(join(folder, "other"), line("two"));
    const logs = logsOf(["audit-*.txt", join(folder, "other"), "missing/*.log"]);
    await logs.refresh();
    expect(["one", "two"].map((digest) => logs.logged?.uses.usesOf(digest, now))).toEqual([2, 1]);
  });

  it("count in part where a file is longer than what is read of it: the newest lines", async () => {
    const filler = `${"x".repeat(2 ** 20)}\n`;
    writeFileSync(join(folder, "decisions.log"), line("old") + filler.repeat(33) + line("new"));
    const logs = logsOf();
    await logs.refresh();
    expect(["old", "new"].map((digest) => logs.logged?.uses.usesOf(digest, now))).toEqual([0, 1]);
    expect(logs.logged?.isPart).toBe(true);
  });

  it("are bounded when unpacked, too", async () => {
    const filler = `${"x".repeat(2 ** 20)}\n`;
    writeFileSync(
      join(folder, "decisions.log.gz"),
      gzipSync(line("first") + filler.repeat(40) + line("last")),
    );
    const logs = logsOf();
    await logs.refresh();
    expect(["first", "last"].map((digest) => logs.logged?.uses.usesOf(digest, now))).toEqual([1, 0]);
    expect(logs.logged?.isPart).toBe(true);
  });

  it("may be damaged, a pipe or a directory: nothing is counted, and nothing waits", async () => {
    writeFileSync(join(folder, "decisions.log.gz"), Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    execFileSync("mkfifo", [join(folder, "decisions.log")]);
    const logs = logsOf([...DEFAULT_LOGS, "."]);
    await logs.refresh();
    expect(logs.logged).toMatchObject({ isPart: true });
    expect(logs.logged?.uses.decisions(now)).toBe(0);
  });

  it("counts no decision from before the last seven days, nor one of tomorrow", async () => {
    const day = 86_400_000;
    writeFileSync(
      join(folder, "decisions.log"),
      line("one", NOW - 8 * day) + line("one", NOW - 6 * day) + line("one", NOW + 2 * day),
    );
    const logs = logsOf();
    await logs.refresh();
    expect(logs.logged?.uses.usesOf("one", now)).toBe(1);
  });
});
