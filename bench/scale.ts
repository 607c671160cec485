// What commands take by the size of the policy: npm run prepare && npm run bench:scale
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { refuse, scriptOptions, wholeNumber } from "../test/support/script-options.ts";
import { median } from "./measure.ts";
import { costOf } from "./process-cost.ts";
import {
  COMMANDS,
  type CommandName,
  commandsOn,
  type ScaleCommand,
  type ScaleShape,
} from "./scale-commands.ts";

const SIZES = [10, 100, 1_000, 10_000, 100_000];
/** 500 roles x 1,000 routes is what 10,000 rows are. */
const GROUPS: ScaleShape = { name: "10000 groups", rows: 10_000, groups: 10_000 };
/** What is faster is run three times. */
const SLOW_SECONDS = 2;
/** Linear work grows 10 times as the policy does, sorting some more. */
const GROWTH = 12;
/** Shorter times are mostly noise. */
const LEAST_SECONDS = 0.1;

/** One line of the curve; also of the file of `--json`. */
export interface ScaleResult {
  readonly command: CommandName;
  readonly what: string;
  readonly shape: string;
  /** `p` rows; in all there are more. */
  readonly rows: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Peak resident memory, in MB of 10^6 bytes. */
  readonly megabytes: number;
  /** The processor time above that of `--version`, compared with a tenth of the rows; null where it is too short. */
  readonly growth: number | null;
  /** Bytes of standard output; for `compile` and `start` of the file that holds the policy. */
  readonly bytes: number;
}

const USAGE = `npm run prepare && npm run bench:scale -- [options]

  --sizes LIST    numbers of rows from 10, and groups, separated by commas; all by default
  --only LIST     of ${COMMANDS.join(", ")}
  --timeout N     seconds for one command, 600 by default
  --json FILE     writes the curves`;

const values = scriptOptions(USAGE, {
  json: { type: "string" },
  sizes: { type: "string" },
  only: { type: "string" },
  timeout: { type: "string", default: "600" },
});
const sizes = values.sizes?.split(",") ?? [...SIZES.map(String), "groups"];
const wanted = COMMANDS.filter((name) => values.only === undefined || values.only.split(",").includes(name));
const timeout = wholeNumber("timeout", values.timeout, 1);
if (wanted.length === 0 || !sizes.every((size) => size === "groups" || /^[1-9]\d+$/.test(size))) {
  refuse("--sizes or --only has another value", USAGE);
}

const home = resolve(".esbuild", `bench-scale-${process.pid}`);
process.once("exit", () => {
  rmSync(home, { recursive: true, force: true });
});
mkdirSync(home, { recursive: true });
const floor = median(
  [1, 2, 3].map(() => costOf(home, [resolve("dist/claimgate.cjs"), "--version"], 60).cpuSeconds),
);

const shapes = sizes.map(
  (size): ScaleShape => (size === "groups" ? GROUPS : { name: `${size} rows`, rows: Number(size) }),
);
const results: ScaleResult[] = [];
for (const shape of shapes) {
  const folder = join(home, shape.name.replace(" ", "-"));
  mkdirSync(folder);
  const commands = await commandsOn(folder, shape);
  for (const name of wanted) results.push(resultOf(folder, shape, name, commands[name]));
  rmSync(folder, { recursive: true, force: true });
}
const about = {
  date: new Date().toISOString(),
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  node: process.version,
  cpu: cpus()[0]?.model ?? "unknown",
  floorCpuSeconds: rounded(floor),
};
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ ...about, results }, null, 2)}\n`);
console.log(
  `node ${about.node}, ${about.cpu}, commit ${about.commit}; --version takes ${about.floorCpuSeconds} s of processor time`,
);
console.table(results.map(({ what: _, ...result }) => result));
const steep = results.filter(({ growth }) => growth !== null && growth > GROWTH);
for (const { command, shape, growth } of steep) {
  console.log(`${command}, ${shape}: ${growth} times a tenth of the rows, over ${GROWTH}`);
}

/** @throws Error if the command answers wrongly or does not end in time */
function resultOf(folder: string, shape: ScaleShape, name: CommandName, command: ScaleCommand): ScaleResult {
  const { what, args, status, checkAnswer } = command;
  const costs = [];
  do {
    const cost = costOf(folder, args, timeout);
    if (cost.status !== status) {
      throw new Error(
        `${name}, ${shape.name}: status ${cost.status}, expected ${status}: ${cost.errors.slice(0, 500)}`,
      );
    }
    costs.push(cost);
  } while (costs.length < 3 && costs.every(({ seconds }) => seconds < SLOW_SECONDS));
  const output = join(folder, "output.txt");
  checkAnswer(readFileSync(output, "utf8"));
  const written = { compile: "policy.json", start: "start.cjs" }[name as string] ?? "output.txt";
  const cpuSeconds = median(costs.map((cost) => cost.cpuSeconds));
  const tenth = results.find(
    ({ command: other, rows, shape: at }) =>
      other === name && rows * 10 === shape.rows && at === `${rows} rows`,
  );
  const result = {
    command: name,
    what,
    shape: shape.name,
    rows: shape.rows,
    seconds: rounded(median(costs.map(({ seconds }) => seconds))),
    cpuSeconds: rounded(cpuSeconds),
    megabytes: Math.round(median(costs.map(({ megabytes }) => megabytes))),
    growth: shape.groups === undefined ? growthOf(cpuSeconds, tenth?.cpuSeconds) : null,
    bytes: statSync(join(folder, written)).size,
  };
  console.log(`${name}, ${shape.name}: ${result.seconds} s, ${result.megabytes} MB`);
  return result;
}

function growthOf(cpuSeconds: number, tenth: number | undefined): number | null {
  if (tenth === undefined || tenth - floor < LEAST_SECONDS) return null;
  return rounded((cpuSeconds - floor) / (tenth - floor), 1);
}

function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
