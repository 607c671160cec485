// Runs the suites, each in a process of its own, and compares the tables of docs/local-fidelity.md with what they show:
// npm run test:cognito-clients. With --write it writes the tables: npm run docs:cognito. A name runs the suites that
// begin with it, and no more.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { refusedOperations } from "../../src/tools/cognito/operations/refused.ts";
import { collectIn, type Evidence, evidenceIn } from "./support/evidence.ts";
import { FIDELITY_PAGE, fidelityPage } from "./support/fidelity-table.ts";
import { OPERATIONS } from "./support/service-model.ts";

const SUITES = "test/cognito-clients/suites";

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs suites, and counts their tests. */
async function runSuites(files: readonly string[]): Promise<Counts> {
  const counts = { passed: 0, failed: 0 };
  const tests = run({ files: [...files], concurrency: 2 });
  tests.on("test:pass", ({ details }) => {
    if (details.type !== "suite") counts.passed += 1;
  });
  tests.on("test:fail", ({ details }) => {
    if (details.type !== "suite") counts.failed += 1;
  });
  const output = tests.compose(new spec());
  output.pipe(process.stdout);
  await new Promise((resolve) => output.once("end", resolve));
  return counts;
}

/** Whether the page has the tables of this evidence; writes them if asked to. */
function isUpToDate(evidence: readonly Evidence[], write: boolean): boolean {
  const page = readFileSync(FIDELITY_PAGE, "utf8");
  const absent = new Set(Object.keys(refusedOperations));
  const next = fidelityPage(page, [...OPERATIONS.keys()], absent, evidence);
  if (write) writeFileSync(FIDELITY_PAGE, next);
  return write || next === page;
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const chosen = readdirSync(SUITES).filter(
  (file) => names.length === 0 || names.some((name) => file.startsWith(name)),
);
const folder = mkdtempSync(join(tmpdir(), "cognito-clients-"));
try {
  const file = join(folder, "evidence.jsonl");
  writeFileSync(file, "");
  collectIn(file);
  const { passed, failed } = await runSuites(chosen.map((suite) => join(SUITES, suite)));
  process.stdout.write(
    `Tests: ${failed === 0 ? "" : `${failed} failed, `}${passed} passed, ${passed + failed} total\n`,
  );
  if (failed > 0) process.exitCode = 1;
  else if (names.length === 0 && !isUpToDate(evidenceIn(file), process.argv.includes("--write"))) {
    process.stdout.write(`${FIDELITY_PAGE} does not say what these tests show: npm run docs:cognito\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
