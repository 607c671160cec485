// claimgate next to other libraries, on both Nodes: npm run bench:peers [-- --json FILE] [--svg FILE] [--node 24]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOptions } from "../../test/support/script-options.ts";
import { type NodeRelease, nodeReleases } from "../node-releases.ts";
import { peerChart } from "../report/peer-chart.ts";
import { peerTables } from "../report/peer-tables.ts";
import { addToResults, type PeerRun } from "../report/results.ts";

const USAGE = `npm run bench:peers -- [options]

  --node RELEASE  24 or 20.19.0, may be repeated; both by default
  --json FILE     writes the results, or adds them to those of the same file
  --svg FILE      draws the chart`;

const values = scriptOptions(USAGE, {
  json: { type: "string" },
  svg: { type: "string" },
  node: { type: "string", multiple: true },
});

const folder = mkdtempSync(join(tmpdir(), "claimgate-bench-"));
try {
  const runs = nodeReleases(values.node).map(runOn);
  for (const run of runs) {
    console.log(`\nNode ${run.node}, ${run.machine}, commit ${run.commit}`);
    for (const [title, table] of Object.entries(peerTables(run))) console.log(`\n${title}\n\n${table}`);
  }
  if (values.json !== undefined) addToResults(values.json, { peers: runs });
  const [newest] = runs;
  if (values.svg !== undefined && newest !== undefined) writeFileSync(values.svg, peerChart(newest));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @throws Error if it fails: then an answer was wrong */
function runOn({ version, program }: NodeRelease): PeerRun {
  console.log(`\nNode ${version}`);
  const out = join(folder, "run.json");
  const measure = ["--import", "tsx", "bench/peers/measure.ts", "--out", out];
  const { status } = spawnSync(program, measure, { stdio: "inherit" });
  if (status !== 0)
    throw new Error(`the comparison on Node ${version} failed with status ${status}: see above`);
  return JSON.parse(readFileSync(out, "utf8")) as PeerRun;
}
