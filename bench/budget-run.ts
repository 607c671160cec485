// Every budget on both Nodes, as one table: npm run bench [-- --json FILE] [--node 24]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOptions } from "../test/support/script-options.ts";
import type { MeasuredRatio, TriggerBundle } from "./budgets.ts";
import { type NodeRelease, nodeReleases } from "./node-releases.ts";
import { budgetRows } from "./report/budget-table.ts";
import { addToResults, type BudgetRun, originOf } from "./report/results.ts";

const USAGE = `npm run bench -- [options]

  --node RELEASE  24 or 20.19.0, may be repeated; both by default
  --json FILE     writes the results, or adds them to those of the same file`;

const values = scriptOptions(USAGE, { json: { type: "string" }, node: { type: "string", multiple: true } });

mkdirSync(".esbuild", { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "claimgate-bench-"));
try {
  const runs = nodeReleases(values.node).map(runOn);
  console.log("\nBudgets: ratios in one run, to what docs/performance.md names");
  console.table(budgetRows(runs).map((row) => printed(row.measured, runs, row)));
  if (values.json !== undefined) addToResults(values.json, { budgets: runs });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runOn(node: NodeRelease): BudgetRun {
  console.log(`\nNode ${node.version}`);
  const ratios = [
    ...measured<MeasuredRatio>(node, "bench/decision.ts"),
    ...measured<MeasuredRatio>(node, "bench/bundled.ts", "bench/authorizer.ts"),
    ...measured<MeasuredRatio>(node, "bench/cold.ts"),
  ];
  const triggers = measured<TriggerBundle>(node, "bench/trigger-bundles.ts");
  return { ...originOf(node.version), ratios, triggers };
}

/** Runs a benchmark in a process of its own. @throws Error if it fails: then an answer was wrong */
function measured<Result>({ program }: NodeRelease, ...benchmark: string[]): readonly Result[] {
  const file = join(folder, "result.json");
  const { status } = spawnSync(program, ["--import", "tsx", ...benchmark, "--json", file], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`${benchmark.at(-1)} failed with status ${status}: see above`);
  return JSON.parse(readFileSync(file, "utf8")) as readonly Result[];
}

function printed(
  cells: readonly string[],
  runs: readonly BudgetRun[],
  { what, must, goal, verdict }: ReturnType<typeof budgetRows>[number],
) {
  const columns = runs.map(({ node }, index) => [node, cells[index] ?? ""] as const);
  return { what, ...Object.fromEntries(columns), must, goal, verdict };
}
