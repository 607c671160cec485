import type { Screen } from "../../machine/screen.ts";
import { describeCounterexample } from "../../policy-tests/counterexample.ts";
import type { TestResults } from "../../policy-tests/results.ts";
import { counted } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";
import { xml } from "../../text/xml.ts";

interface Shown {
  readonly coverage: boolean;
  readonly threshold: number | undefined;
}

const NOTHING = "the file has no suite and no invariant";

/** A line for each suite and invariant, and the place of each failure. */
export function printResults(screen: Screen, results: TestResults, shown: Shown): void {
  const { files, coverage } = results;
  for (const { file, empty, cases, invariants } of files) {
    screen.line(screen.style("bold", printable(file)));
    if (empty) screen.line(`  ${sign(screen, false)} ${NOTHING}`);
    for (const suite of new Set(cases.map((one) => one.suite))) {
      const own = cases.filter((one) => one.suite === suite);
      const failed = own.filter(({ failure }) => failure !== undefined);
      screen.line(
        `  ${sign(screen, failed.length === 0)} ${printable(suite)}  ${counted(own.length, "decision")}`,
      );
      for (const { line, column, principal, target, failure } of failed) {
        screen.line(`      ${printable(`${file}:${line}:${column}: ${principal} on ${target}: ${failure}`)}`);
      }
    }
    for (const { invariant, counterexample } of invariants) {
      const proven = counterexample === undefined ? "  proven for every token" : "";
      screen.line(`  ${sign(screen, proven !== "")} ${printable(invariant.name)}${proven}`);
      if (counterexample !== undefined) {
        screen.line(
          `      ${printable(`${file}:${invariant.line}:${invariant.column}: ${describeCounterexample(counterexample)}`)}`,
        );
      }
    }
  }
  screen.line();
  if (shown.coverage) {
    for (const { file, line, row, hits } of coverage.rows) {
      if (hits === 0) screen.line(`${file}:${line}: no test needs ${row}`);
    }
    const low = shown.threshold !== undefined && coverage.percent < shown.threshold;
    const below = low ? `, below the threshold of ${shown.threshold} %` : "";
    const text = `${coverage.covered} of ${coverage.total} rows tested (${coverage.percent} %)${below}`;
    screen.line(screen.style(low ? "red" : "green", text));
  }
  const text = `${results.passed} passed, ${results.failed} failed`;
  screen.line(screen.style(results.failed > 0 ? "red" : "green", text));
}

function sign(screen: Screen, passed: boolean): string {
  return passed ? screen.style("green", "ok  ") : screen.style("red", "FAIL");
}

/** One test case per decision or invariant, one suite per file. */
export function junitOf({ files }: TestResults, inRepository: (file: string) => string): string {
  const suites = files.map(({ file, empty, cases, invariants }) => {
    const all = [
      ...(empty ? [{ group: "file", name: file, failure: NOTHING }] : []),
      ...cases.map(({ suite, principal, target, failure }) => ({
        group: suite,
        name: `${principal} on ${target}`,
        failure,
      })),
      ...invariants.map(({ invariant, counterexample }) => ({
        group: "invariants",
        name: invariant.name,
        failure: counterexample === undefined ? undefined : describeCounterexample(counterexample),
      })),
    ];
    const failures = all.filter(({ failure }) => failure !== undefined).length;
    const lines = all.map(({ group, name, failure }) => {
      const head = `    <testcase classname="${xml(group)}" name="${xml(name)}"`;
      return failure === undefined
        ? `${head}/>\n`
        : `${head}><failure message="${xml(failure)}"/></testcase>\n`;
    });
    return `  <testsuite name="${xml(inRepository(file))}" tests="${all.length}" failures="${failures}">\n${lines.join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}
