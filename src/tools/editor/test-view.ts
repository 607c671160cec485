import { printFinding } from "../../policy/finding.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import { describeCounterexample } from "../policy-tests/counterexample.ts";
import { coverageOf } from "../policy-tests/coverage.ts";
import type { Invariant, Suite, TestFile } from "../policy-tests/policy-test.ts";
import { proveInvariant } from "../policy-tests/prove-invariant.ts";
import { runSuite, type TestCase } from "../policy-tests/run-suites.ts";
import { parseTestFile } from "../policy-tests/test-file.ts";

/** A file, suite or invariant in the test view of an editor. */
export interface TestItem {
  readonly id: string;
  readonly label: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly children: readonly TestItem[];
}

/** The result of an item without children. */
interface TestResult {
  readonly id: string;
  /** `errored`: it could not be run. */
  readonly outcome: "passed" | "failed" | "errored";
  readonly messages: readonly { readonly text: string; readonly file: string; readonly line: number }[];
}

export interface TestRun {
  readonly results: readonly TestResult[];
  /** The rows and how many decisions of what was run each of them determined. */
  readonly coverage: readonly { readonly file: string; readonly line: number; readonly hits: number }[];
}

/** A test file and its text in the editor. */
interface TestText {
  readonly name: string;
  readonly text: string;
}

/** A suite or an invariant. */
type Part = { readonly id: string } & (
  | { readonly kind: "suite"; readonly suite: Suite }
  | { readonly kind: "invariant"; readonly invariant: Invariant }
);

/** The items of test files: below each file its suites and invariants, in their order. */
export function testItems(policy: Policy, files: readonly TestText[]): readonly TestItem[] {
  return files.map(({ name, text }) => ({
    id: name,
    label: name.slice(name.lastIndexOf("/") + 1),
    file: name,
    line: 1,
    children: partsOf(parseTestFile(policy, name, text)).map((part) => {
      const { name: label, line } = part.kind === "suite" ? part.suite : part.invariant;
      return { id: part.id, label, file: name, line, children: [] };
    }),
  }));
}

function partsOf({ file, suites, invariants }: TestFile): readonly Part[] {
  const named = new Map<string, number>();
  const idOf = (kind: string, name: string) => {
    const id = `${file}#${kind}:${name}`;
    const count = named.get(id) ?? 0;
    named.set(id, count + 1);
    return count === 0 ? id : `${id}#${count}`;
  };
  return [
    ...suites.map((suite): Part => ({ id: idOf("suite", suite.name), kind: "suite", suite })),
    ...invariants.map(
      (invariant): Part => ({ id: idOf("invariant", invariant.name), kind: "invariant", invariant }),
    ),
  ];
}

/**
 * Runs items without children, one at each step.
 *
 * @param ids of {@link testItems}; unknown ones are left out
 */
export function* runTests(
  policy: Policy,
  rows: readonly Row[],
  files: readonly TestText[],
  ids: ReadonlySet<string>,
): Generator<undefined, TestRun> {
  const results: TestResult[] = [];
  const cases: TestCase[] = [];
  for (const { name, text } of files) {
    const test = parseTestFile(policy, name, text);
    const parts = partsOf(test);
    if (parts.length === 0 && ids.has(name)) results.push(withoutParts(test));
    for (const part of parts) {
      if (!ids.has(part.id)) continue;
      if (test.findings.length > 0) {
        results.push({ id: part.id, outcome: "errored", messages: findingsOf(test) });
        continue;
      }
      if (part.kind === "suite") {
        const own = runSuite(policy, part.suite);
        cases.push(...own);
        results.push(resultOfSuite(part.id, own));
      } else results.push(resultOfInvariant(policy, part.id, part.invariant));
      yield undefined;
    }
  }
  return { results, coverage: coverageOf(policy, rows, cases).rows };
}

function findingsOf({ findings }: TestFile): TestResult["messages"] {
  return findings.map((finding) => ({ text: printFinding(finding), file: finding.file, line: finding.line }));
}

/** A file that tests nothing fails, as with `claimgate test`. */
function withoutParts(test: TestFile): TestResult {
  const messages = findingsOf(test);
  if (messages.length > 0) return { id: test.file, outcome: "errored", messages };
  const nothing = { text: "the file tests nothing", file: test.file, line: 1 };
  return { id: test.file, outcome: "failed", messages: [nothing] };
}

function resultOfSuite(id: string, cases: readonly TestCase[]): TestResult {
  const messages = cases.flatMap(({ principal, target, failure, file, line }) =>
    failure === undefined ? [] : [{ text: `${principal} ${target}: ${failure}`, file, line }],
  );
  return { id, outcome: messages.length === 0 ? "passed" : "failed", messages };
}

function resultOfInvariant(policy: Policy, id: string, invariant: Invariant): TestResult {
  const counterexample = proveInvariant(policy, invariant);
  if (counterexample === undefined) return { id, outcome: "passed", messages: [] };
  const { file, line } = invariant;
  return { id, outcome: "failed", messages: [{ text: describeCounterexample(counterexample), file, line }] };
}
