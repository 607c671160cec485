// What a report takes to write and to read in a browser: npm run prepare && npm run bench:report
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { startBrowser } from "../test/support/chromium.ts";
import { type LargePolicy, largePolicy } from "../test/support/large-policy.ts";
import { median } from "./measure.ts";
import { costOf } from "./process-cost.ts";
import { record } from "./recorded.ts";
import { type Visit, visit } from "./report-visit.ts";

/** Roles, each with a group; routes; `p` rows. */
const SIZES: readonly LargePolicy[] = [
  { roles: 10, routes: 20, rows: 100 },
  { roles: 50, routes: 100, rows: 1_000 },
  { roles: 200, routes: 500, rows: 10_000 },
  { roles: 500, routes: 1_000, rows: 25_000 },
  { roles: 500, routes: 1_000, rows: 100_000 },
  { roles: 5_000, routes: 1_000, rows: 100_000 },
];
const VISITS = 3;
/** MB of the process of the page, the one limit of these numbers. */
const MOST_MB = 300;

interface ReportResult extends LargePolicy, Visit {
  readonly writeSeconds: number;
  readonly writeCpuSeconds: number;
  readonly writeMb: number;
  readonly pageBytes: number;
}

const home = resolve(".esbuild", `bench-report-${process.pid}`);
process.once("exit", () => {
  rmSync(home, { recursive: true, force: true });
});
mkdirSync(home, { recursive: true });
const browser = await startBrowser();
const browserVersion = await browser.version();
await browser.close();
const about = {
  date: new Date().toISOString(),
  commit: execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim(),
  node: process.version,
  browser: browserVersion,
  machine: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores`,
};
console.log(`${about.browser}, Node ${about.node}, ${about.machine}`);
console.log(
  "roles x routes, rows     | write: s, cpu s, MB | page MB | open ms, filter ms, scroll ms | elements | heap, empty, open, most MB",
);
const results: ReportResult[] = [];
for (const size of SIZES) results.push(await resultOf(size));
const opened = Math.max(...results.map(({ openMb }) => openMb));
const most = Math.max(...results.map(({ mostMb }) => mostMb));
console.log(`an opened page takes at most ${opened.toFixed(0)} MB, ${verdict(opened)}`);
console.log(
  `with all that filters and scrolling leave until a collection ${most.toFixed(0)} MB, ${verdict(most)}`,
);
record({ ...about, results });

async function resultOf(size: LargePolicy): Promise<ReportResult> {
  const folder = join(home, `${size.roles}-${size.routes}-${size.rows}`);
  mkdirSync(join(folder, "policies"), { recursive: true });
  copyFileSync("policies/model.conf", join(folder, "policies/model.conf"));
  writeFileSync(join(folder, "policies/policy.csv"), largePolicy(size));
  const written = costOf(folder, [resolve("dist/claimgate.cjs"), "report", "-o", "report.html"], 600);
  const said = readFileSync(written.output, "utf8");
  const expected = `${size.routes.toLocaleString("en-US")} routes, ${(2 * size.roles).toLocaleString("en-US")} subjects`;
  if (written.status !== 0 || !said.includes(expected)) {
    throw new Error(`report ended with ${written.status}, expected ${expected}: ${said}${written.errors}`);
  }
  const file = join(folder, "report.html");
  const visits: Visit[] = [];
  for (let round = 0; round < VISITS; round += 1) visits.push(await visitApart(file, size.routes));
  const result = {
    ...size,
    writeSeconds: written.seconds,
    writeCpuSeconds: written.cpuSeconds,
    writeMb: written.megabytes,
    pageBytes: statSync(file).size,
    ...mediansOf(visits),
  };
  print(result);
  return result;
}

function verdict(megabytes: number): string {
  return `limit ${MOST_MB} MB: ${megabytes <= MOST_MB ? "kept" : "MISSED"}`;
}

/** In a browser of its own: pages from disk may share a process, and with it the garbage of those before. */
async function visitApart(file: string, routes: number): Promise<Visit> {
  const own = await startBrowser();
  try {
    return await visit(own, file, routes);
  } finally {
    await own.close();
  }
}

/** The memory is the worst of all visits. */
function mediansOf(visits: readonly Visit[]): Visit {
  const of = (name: keyof Visit) => median(visits.map((one) => one[name]));
  const worst = (name: keyof Visit) => Math.max(...visits.map((one) => one[name]));
  return {
    ...{ openMs: of("openMs"), filterMs: of("filterMs"), scrollMs: of("scrollMs") },
    ...{ elements: of("elements"), heapMb: of("heapMb"), emptyMb: of("emptyMb") },
    ...{ openMb: worst("openMb"), mostMb: worst("mostMb") },
  };
}

function print(one: ReportResult): void {
  const whole = (...values: readonly number[]) => values.map((value) => value.toFixed(0)).join(", ");
  const cells = [
    `${one.roles} x ${one.routes}, ${one.rows}`.padEnd(24),
    `${one.writeSeconds.toFixed(1)}, ${one.writeCpuSeconds.toFixed(1)}, ${one.writeMb.toFixed(0)}`.padEnd(19),
    (one.pageBytes / 1_000_000).toFixed(2).padStart(7),
    whole(one.openMs, one.filterMs, one.scrollMs).padEnd(30),
    whole(one.elements).padStart(8),
    whole(one.heapMb, one.emptyMb, one.openMb, one.mostMb),
  ];
  console.log(cells.join(" | "));
}
