// What the commands cost, as processes of their own: npm run bench:cli
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createWorkload } from "./decision-workload.ts";
import { median } from "./measure.ts";

const PROGRAM = resolve("dist/claimgate.cjs");
const ROUNDS = 7;
/** Seconds: user time of help, and time on the clock of `check` on 1,000 rows. */
const BUDGETS = { help: 0.15, check: 1 };

const cwd = mkdtempSync(join(tmpdir(), "claimgate-bench-cli-"));
process.once("exit", () => {
  rmSync(cwd, { recursive: true, force: true });
});

interface Side {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly clock: number[];
  readonly user: number[];
}

const side = (name: string, args: readonly string[], code = 0): Side => ({
  name,
  args,
  code,
  clock: [],
  user: [],
});

cpSync("policies", join(cwd, "sample"), { recursive: true });
for (const rows of [1_000, 10_000]) {
  const folder = join(cwd, `rows-${rows}`);
  mkdirSync(folder);
  copyFileSync("policies/model.conf", join(folder, "model.conf"));
  writeFileSync(join(folder, "policy.csv"), createWorkload(rows, 3).csv);
}

const on = (folder: string) => ["--policies", folder];
const sides: readonly Side[] = [
  side("claimgate --help", ["--help"]),
  side("check, sample", ["check", ...on("sample")]),
  side("test, sample", ["test", ...on("sample"), "--coverage", "--threshold", "100"]),
  side("check, 1,000 rows", ["check", ...on("rows-1000")], 3),
  side("can, 1,000 rows", ["can", "role:r1", "a:b", ...on("rows-1000")], 1),
  side("matrix, 1,000 rows", ["matrix", ...on("rows-1000")]),
  side("diff, 1,000 rows", ["diff", "rows-1000", "rows-1000"]),
  side("report, 1,000 rows", ["report", "-o", "report.html", ...on("rows-1000")]),
  side("check, 10,000 rows", ["check", ...on("rows-10000")], 3),
];

/** User time of a child: what the kernel counts for it, taken by the shell that waited for it. */
function run({ name, args, code }: Side): { readonly clock: number; readonly user: number } {
  const started = performance.now();
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
  const { status, stdout } = spawnSync(
    "bash",
    ["--norc", "-c", script, "bash", process.execPath, PROGRAM, ...args],
    {
      cwd,
      encoding: "utf8",
    },
  );
  const clock = (performance.now() - started) / 1_000;
  if (status !== code) throw new Error(`${name} ended with ${status}, expected ${code}`);
  const [, minutes = "0", seconds = "0"] = /\n(\d+)m([\d.]+)s /.exec(stdout) ?? [];
  return { clock, user: Number(minutes) * 60 + Number(seconds) };
}

for (let round = 0; round < ROUNDS; round += 1) {
  for (const one of sides) {
    const { clock, user } = run(one);
    one.clock.push(clock);
    one.user.push(user);
  }
}
for (const { name, clock, user } of sides) {
  console.log(`${name.padEnd(22)} ${median(clock).toFixed(2)} s, ${median(user).toFixed(2)} s of user time`);
}
const [help, , , check] = sides;
const verdict = (what: string, value: number, budget: number) =>
  console.log(`${what}: ${value.toFixed(2)} s, budget ${budget} s: ${value <= budget ? "kept" : "MISSED"}`);
verdict("help, user time", median(help?.user ?? []), BUDGETS.help);
verdict("check of 1,000 rows", median(check?.clock ?? []), BUDGETS.check);
