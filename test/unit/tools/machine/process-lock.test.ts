import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { takeLock } from "../../../../src/tools/machine/process-lock.ts";

const root = mkdtempSync(join(tmpdir(), "claimgate-lock-"));
afterAll(() => rmSync(root, { recursive: true }));

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(root, "data-"));
  file = join(directory, "running.pid");
});
afterEach(() => jest.restoreAllMocks());

/** A process that runs, and is not this one. */
const RUNNING = process.ppid;

/** The number of a process that has ended. */
function ended(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

test("a lock names its process, and its release leaves nothing", () => {
  const lock = takeLock(file);
  expect(readFileSync(file, "utf8")).toBe(String(process.pid));

  expect(lock).toHaveProperty("release");
  if ("release" in lock) lock.release();
  expect(readdirSync(directory)).toEqual([]);
});

test("a lock of a process that runs stays", () => {
  writeFileSync(file, String(RUNNING));

  expect(takeLock(file)).toEqual({ heldBy: RUNNING });
  expect(readdirSync(directory)).toEqual(["running.pid"]);
});

test("a lock of a process that ended is taken over", () => {
  writeFileSync(file, String(ended()));

  expect(takeLock(file)).toHaveProperty("release");
  expect(readFileSync(file, "utf8")).toBe(String(process.pid));
  expect(readdirSync(directory)).toEqual(["running.pid"]);
});

test("a lock that another process takes over meanwhile is that one's", () => {
  writeFileSync(file, String(ended()));
  const read = fs.readFileSync;
  let times = 0;
  jest.spyOn(fs, "readFileSync").mockImplementation(((...args: Parameters<typeof read>) => {
    const text = read(...args);
    if (args[0] === file && ++times === 1) writeFileSync(file, String(RUNNING));
    return text;
  }) as typeof read);

  expect(takeLock(file)).toEqual({ heldBy: RUNNING });
  expect(read(file, "utf8")).toBe(String(RUNNING));
});

test("while another process takes it over, it is that one's", () => {
  writeFileSync(file, String(ended()));
  writeFileSync(`${file}.takeover`, String(RUNNING));

  expect(takeLock(file)).toEqual({ heldBy: RUNNING });
});

test("a process that ended while it took the lock over blocks nobody", () => {
  writeFileSync(file, String(ended()));
  writeFileSync(`${file}.takeover`, String(ended()));

  expect(takeLock(file)).toHaveProperty("release");
  expect(readdirSync(directory)).toEqual(["running.pid"]);
});

test("of processes that start at once, one gets the lock of a process that ended", async () => {
  const program = join(root, "take.cjs");
  buildSync({
    stdin: {
      contents: `
        import { takeLock } from "./src/tools/machine/process-lock.ts";
        process.stdin.once("data", () => console.log("release" in takeLock(process.argv[2]) ? "mine" : "held"));
        console.log("here");`,
      resolveDir: process.cwd(),
    },
    outfile: program,
    bundle: true,
    platform: "node",
  });
  writeFileSync(file, String(ended()));
  const starts = Array.from({ length: 6 }, () => spawn(process.execPath, [program, file]));
  const said = (child: ChildProcess) => once(child.stdout ?? child, "data").then(String);
  try {
    await Promise.all(starts.map(said));
    const answers = starts.map(said);
    for (const { stdin } of starts) stdin.write("go\n");
    expect((await Promise.all(answers)).filter((answer) => answer === "mine\n")).toHaveLength(1);
  } finally {
    for (const child of starts) child.kill();
  }
});
